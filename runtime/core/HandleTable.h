// HandleTable.h: the live objects behind the API's handles, so that a stale handle is an error and not a crash.
#ifndef OPENBANG_RUNTIME_CORE_HANDLETABLE_H
#define OPENBANG_RUNTIME_CORE_HANDLETABLE_H

#include <memory>
#include <mutex>
#include <unordered_map>

namespace cnrt {

template <class T> class HandleTable {
public:
  T *add(std::shared_ptr<T> object) {
    std::lock_guard lock(mutex);
    T *handle = object.get();
    objects.emplace(handle, std::move(object));
    return handle;
  }
  // Null: the handle is not alive.
  std::shared_ptr<T> find(T *handle) const {
    std::lock_guard lock(mutex);
    auto it = objects.find(handle);
    return it == objects.end() ? nullptr : it->second;
  }
  std::shared_ptr<T> remove(T *handle) {
    std::lock_guard lock(mutex);
    auto node = objects.extract(handle);
    return node ? std::move(node.mapped()) : nullptr;
  }
  void removeDevice(int device) {
    std::lock_guard lock(mutex);
    std::erase_if(objects, [&](const auto &entry) { return entry.second->device == device; });
  }

private:
  mutable std::mutex mutex;
  std::unordered_map<T *, std::shared_ptr<T>> objects;
};

} // namespace cnrt

#endif // OPENBANG_RUNTIME_CORE_HANDLETABLE_H
