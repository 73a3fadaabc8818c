// TaskTopo.cpp: recorded work of queues: topologies, and entities that do it again.
#include "runtime/core/Api.h"
#include "runtime/core/HandleTable.h"
#include "runtime/include/cnrt.h"

#include <algorithm>

using namespace cnrt;

using Works = std::vector<Executor::Work>;

struct cnrtTaskTopo {
  int device = 0;
  Works works;
};

struct cnrtTaskTopoEntity {
  int device = 0;
  std::shared_ptr<const Works> works; // invoked entities may be destroyed before their work is done
};

// Never destroyed: a program may end while others still use them.
static HandleTable<cnrtTaskTopo> &topologies() {
  static auto &table = *new HandleTable<cnrtTaskTopo>;
  return table;
}
static HandleTable<cnrtTaskTopoEntity> &entities() {
  static auto &table = *new HandleTable<cnrtTaskTopoEntity>;
  return table;
}

static Status dead(const char *what) {
  return failure(cnrtErrorInvalidResourceHandle, "this is no %s, or it was destroyed", what);
}

cnrtRet_t cnrtQueueBeginCapture(cnrtQueue_t handle, cnrtQueueCaptureMode_t mode) {
  return queueCall("cnrtQueueBeginCapture", handle, [&](Runtime &runtime, const QueuePtr &queue) -> Status {
    if (mode < cnrtQueueCaptureModeGlobal || mode > cnrtQueueCaptureModeRelaxed)
      return failure(cnrtErrorArgsInvalid, "capture mode %d is unknown, expected one of cnrtQueueCaptureMode_t",
                     static_cast<int>(mode));
    return runtime.executor.beginCapture(queue, mode);
  });
}

cnrtRet_t cnrtQueueEndCapture(cnrtQueue_t handle, cnrtTaskTopo_t *topology) {
  return queueCall("cnrtQueueEndCapture", handle, [&](Runtime &runtime, const QueuePtr &queue) -> Status {
    if (Status status = needsPlace(topology); !status.ok())
      return status;
    *topology = nullptr;
    auto made = std::make_shared<cnrtTaskTopo>();
    made->device = queue->device;
    Status status = runtime.executor.endCapture(queue, made->works);
    if (status.ok())
      *topology = topologies().add(std::move(made));
    return status;
  });
}

cnrtRet_t cnrtQueueIsCapturing(cnrtQueue_t handle, cnrtQueueCaptureStatus_t *status) {
  return queueCall("cnrtQueueIsCapturing", handle, [&](Runtime &runtime, const QueuePtr &queue) {
    uint64_t id = 0;
    return put(status, runtime.executor.captureStatus(queue, id));
  });
}

cnrtRet_t cnrtQueueGetCaptureInfo(cnrtQueue_t handle, cnrtQueueCaptureStatus_t *status, uint64_t *id,
                                  cnrtTaskTopo_t *topology, const cnrtTaskTopoNode_t **dependencies,
                                  size_t *numDependencies) {
  return queueCall("cnrtQueueGetCaptureInfo", handle, [&](Runtime &runtime, const QueuePtr &queue) {
    uint64_t number = 0;
    cnrtQueueCaptureStatus_t now = runtime.executor.captureStatus(queue, number);
    if (id)
      *id = number;
    if (topology)
      *topology = nullptr;
    if (dependencies)
      *dependencies = nullptr;
    if (numDependencies)
      *numDependencies = 0;
    return put(status, now);
  });
}

cnrtRet_t cnrtTaskTopoGetNodes(cnrtTaskTopo_t handle, cnrtTaskTopoNode_t *nodes, size_t *numNodes) {
  return hostCall("cnrtTaskTopoGetNodes", [&]() -> Status {
    std::shared_ptr<cnrtTaskTopo> topology = topologies().find(handle);
    if (!topology)
      return dead("topology");
    if (Status status = needsPlace(numNodes); !status.ok())
      return status;
    size_t count = topology->works.size();
    for (size_t i = 0; nodes && i < std::min(count, *numNodes); ++i)
      nodes[i] = reinterpret_cast<cnrtTaskTopoNode_t>(&topology->works[i]);
    *numNodes = count;
    return success();
  });
}

cnrtRet_t cnrtTaskTopoInstantiate(cnrtTaskTopoEntity_t *entity, cnrtTaskTopo_t handle, cnrtTaskTopoNode_t *errorNode,
                                  char *log, size_t logBytes) {
  return hostCall("cnrtTaskTopoInstantiate", [&]() -> Status {
    std::shared_ptr<cnrtTaskTopo> topology = topologies().find(handle);
    if (!topology)
      return dead("topology");
    if (Status status = needsPlace(entity); !status.ok())
      return status;
    // Recorded work was checked when it was submitted.
    if (errorNode)
      *errorNode = nullptr;
    if (log && logBytes)
      *log = 0;
    auto made = std::make_shared<cnrtTaskTopoEntity>();
    made->device = topology->device;
    made->works = std::make_shared<const Works>(topology->works);
    *entity = entities().add(std::move(made));
    return success();
  });
}

cnrtRet_t cnrtTaskTopoDestroy(cnrtTaskTopo_t topology) {
  return hostCall("cnrtTaskTopoDestroy", [&] { return topologies().remove(topology) ? success() : dead("topology"); });
}

cnrtRet_t cnrtTaskTopoEntityInvoke(cnrtTaskTopoEntity_t handle, cnrtQueue_t queueHandle) {
  return queueCall("cnrtTaskTopoEntityInvoke", queueHandle, [&](Runtime &runtime, const QueuePtr &queue) -> Status {
    std::shared_ptr<cnrtTaskTopoEntity> entity = entities().find(handle);
    if (!entity)
      return dead("entity of a topology");
    for (const Executor::Work &work : *entity->works)
      if (Status status = runtime.executor.submit(queue, work); !status.ok())
        return status;
    return success();
  });
}

cnrtRet_t cnrtTaskTopoEntityDestroy(cnrtTaskTopoEntity_t entity) {
  return hostCall("cnrtTaskTopoEntityDestroy",
                  [&] { return entities().remove(entity) ? success() : dead("entity of a topology"); });
}
