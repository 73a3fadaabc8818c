// Executor.cpp: the device thread and its queues.
#include "runtime/core/Executor.h"

#include "runtime/core/Report.h"

#include <algorithm>
#include <new>
#include <utility>

namespace cnrt {

Executor::Executor() : thread([this] { loop(); }) {}

Executor::~Executor() { stop(); }

size_t Executor::stop() {
  size_t dropped = 0;
  {
    std::lock_guard lock(mutex);
    if (stopping)
      return 0;
    stopping = true;
    // Nobody waits any more when a program ends; callers of other threads get an answer all the same.
    for (std::deque<Command> *list : {&urgent, &queued}) {
      for (Command &command : *list) {
        dropped += command.work && command.queue && !command.done;
        finish(command, failure(cnrtErrorIllegalState, "the program is ending"));
      }
      list->clear();
    }
  }
  wake.notify_all();
  progress.notify_all();
  thread.join();
  return dropped;
}

void Executor::loop() {
  std::unique_lock lock(mutex);
  while (true) {
    wake.wait(lock, [this] { return stopping || !urgent.empty() || !queued.empty(); });
    if (stopping)
      return;
    std::deque<Command> &list = urgent.empty() ? queued : urgent;
    Command command = std::move(list.front());
    list.pop_front();
    Status status;
    if (command.callback) {
      auto stop = stopped.find(command.queue->device);
      Status seen = command.queue->fault.ok() && stop != stopped.end() ? stop->second.status : command.queue->fault;
      lock.unlock();
      command.callback(seen);
      command.callback = nullptr;
      lock.lock();
    } else if (command.queue && !command.queue->fault.ok()) {
      if (command.result)
        status = takeFault(*command.queue);
    } else if (command.queue && command.work && stopped.contains(command.queue->device)) {
      status = command.result ? firstOf(success(), command.queue->device)
                              : Status{stopped.at(command.queue->device).status.code, {}, true};
    } else if (command.work) {
      lock.unlock();
      try {
        status = command.work();
      } catch (const std::bad_alloc &) {
        status = failure(cnrtErrorSysNoMem, "the host has no memory left for this call");
      }
      // What the work held (images, buffers) must be gone before a waiting caller goes on.
      command.work = nullptr;
      if (!status.ok() && !command.result)
        reportFault(status);
      lock.lock();
    }
    finish(command, std::move(status));
    progress.notify_all();
  }
}

// Requires the lock.
void Executor::finish(Command &command, Status status) {
  if (command.notifier) {
    ++command.notifier->reached;
    std::optional<std::chrono::nanoseconds> time;
    if (deviceClock && command.queue && command.queue->device != kNoDevice)
      time = deviceClock(command.queue->device);
    command.notifier->at = time ? std::chrono::steady_clock::time_point(*time) : std::chrono::steady_clock::now();
  }
  if (command.queue && command.queue->device != kNoDevice && isKernelFault(status))
    stopped.try_emplace(command.queue->device,
                        Stop{failure(status.code, "a kernel stopped the device with a fault; new work or "
                                                  "cnrtDeviceReset puts it back into service"),
                             command.result != nullptr});
  if (command.result) {
    *command.result = std::move(status);
  } else if (!status.ok() && command.queue && command.queue->fault.ok()) {
    command.queue->fault = std::move(status);
    faulted.push_back(command.queue);
  }
  if (command.done)
    *command.done = true;
  if (command.queue) {
    ++command.queue->completed;
    ++completed;
  }
}

// Requires the lock. The fault itself is returned once, with its message; afterwards the device's state.
Status Executor::takeFault(cnrtQueue &queue) {
  std::erase_if(faulted, [&](const QueuePtr &other) { return other.get() == &queue; });
  Status fault = std::exchange(queue.fault, success());
  return firstOf(std::move(fault), queue.device);
}

// Requires the lock. What a call that waits returns: a queue's fault, else why the device stands still, else success.
// That sentence is told once.
Status Executor::firstOf(Status fault, int device) {
  auto it = stopped.find(device);
  if (it == stopped.end())
    return fault;
  it->second.returned = true;
  return fault.ok() ? std::exchange(it->second.status, Status{it->second.status.code, {}, true}) : fault;
}

void Executor::restart(int device) {
  std::lock_guard lock(mutex);
  stopped.erase(device);
}

// Requires the lock.
Status Executor::enqueue(Command command, bool isUrgent) {
  if (stopping)
    return failure(cnrtErrorIllegalState, "the program is ending");
  if (command.queue) {
    auto stop = stopped.find(command.queue->device);
    if (command.work && stop != stopped.end() && stop->second.returned)
      stopped.erase(stop);
    ++command.queue->submitted;
    ++submitted;
  }
  (isUrgent ? urgent : queued).push_back(std::move(command));
  wake.notify_one();
  return success();
}

Status Executor::enqueueAndWait(Command command, bool isUrgent) {
  Status result;
  bool done = false;
  command.result = &result;
  command.done = &done;
  std::unique_lock lock(mutex);
  if (Status status = enqueue(std::move(command), isUrgent); !status.ok())
    return status;
  progress.wait(lock, [&] { return done; });
  return result;
}

Status Executor::submit(const QueuePtr &queue, Work work) {
  std::lock_guard lock(mutex);
  if (queue->recording) {
    queue->recording->works.push_back(std::move(work));
    return success();
  }
  return enqueue({.queue = queue, .work = std::move(work)}, false);
}

Status Executor::submitCallback(const QueuePtr &queue, std::function<void(const Status &)> callback) {
  std::lock_guard lock(mutex);
  if (queue->recording) {
    queue->recording->works.push_back([callback] { return callback(success()), success(); });
    return success();
  }
  return enqueue({.queue = queue, .callback = std::move(callback)}, false);
}

Status Executor::run(const QueuePtr &queue, Work work) {
  {
    std::lock_guard lock(mutex);
    if (queue->recording)
      return refuseCaptured(*queue);
  }
  return enqueueAndWait({.queue = queue, .work = std::move(work)}, false);
}

Status Executor::runNow(Work work) { return enqueueAndWait({.work = std::move(work)}, true); }

Status Executor::wait(const QueuePtr &queue) {
  std::unique_lock lock(mutex);
  if (queue->recording)
    return refuseCaptured(*queue);
  uint64_t target = queue->submitted;
  progress.wait(lock, [&] { return queue->completed >= target; });
  return takeFault(*queue);
}

Status Executor::waitAll(int device) {
  std::unique_lock lock(mutex);
  uint64_t target = submitted;
  progress.wait(lock, [&] { return completed >= target; });
  Status first;
  std::erase_if(faulted, [&](const QueuePtr &queue) {
    if (queue->device != device)
      return false;
    Status fault = std::exchange(queue->fault, success());
    if (first.ok())
      first = std::move(fault);
    return true;
  });
  return firstOf(std::move(first), device);
}

bool Executor::isBusy(const QueuePtr &queue) {
  std::lock_guard lock(mutex);
  return queue->completed < queue->submitted;
}

Status Executor::place(const NotifierPtr &notifier, const QueuePtr &queue) {
  std::lock_guard lock(mutex);
  notifier->recording = queue->recording;
  if (queue->recording)
    return success();
  if (Status status = enqueue({.queue = queue, .notifier = notifier}, false); !status.ok())
    return status;
  ++notifier->placed;
  notifier->queue = queue;
  return success();
}

Status Executor::query(const NotifierPtr &notifier) {
  std::lock_guard lock(mutex);
  return notifier->reached < notifier->placed ? quiet(cnrtErrorNotReady) : success();
}

Status Executor::wait(const NotifierPtr &notifier) {
  std::unique_lock lock(mutex);
  uint64_t target = notifier->placed;
  progress.wait(lock, [&] { return notifier->reached >= target; });
  return notifier->queue ? takeFault(*notifier->queue) : success();
}

Status Executor::elapsed(const NotifierPtr &start, const NotifierPtr &end, std::chrono::nanoseconds &time) {
  std::lock_guard lock(mutex);
  for (const NotifierPtr &notifier : {start, end}) {
    const char *which = notifier == start ? "start" : "end";
    if (notifier->flags & (CNRT_NOTIFIER_DISABLE_TIMING_SW | CNRT_NOTIFIER_DISABLE_TIMING_ALL))
      return failure(cnrtErrorOpsNotPermitted,
                     "the %s notifier was created without timing; create it with CNRT_NOTIFIER_DEFAULT", which);
    if (notifier->placed == 0)
      return failure(cnrtErrorArgsInvalid, "the %s notifier was never placed in a queue; call cnrtPlaceNotifier first",
                     which);
    if (notifier->reached < notifier->placed)
      return quiet(cnrtErrorNotReady);
  }
  time = end->at - start->at;
  return success();
}

} // namespace cnrt
