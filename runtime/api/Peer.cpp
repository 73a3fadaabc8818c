// Peer.cpp: copies between devices. Every simulated card reaches every other one, through the host.
#include "runtime/core/Api.h"
#include "runtime/include/cnrt.h"

using namespace cnrt;

static Status checkPeers(Runtime &runtime, int first, int second) {
  Status status = runtime.checkOrdinal(first);
  return status.ok() ? runtime.checkOrdinal(second) : status;
}

// The program names the devices; the pointers must agree.
static Status preparePeer(Runtime &runtime, void *dst, int dstDevice, const void *src, int srcDevice, size_t bytes,
                          Executor::Work &work) {
  if (Status status = checkPeers(runtime, dstDevice, srcDevice); !status.ok())
    return status;
  if (Status status = runtime.prepareCopy(dst, src, bytes, cnrtMemcpyPeerToPeer, work); !status.ok() || bytes == 0)
    return status;
  struct {
    const char *role;
    const void *pointer;
    int device;
  } sides[] = {{"the destination", dst, dstDevice}, {"the source", src, srcDevice}};
  for (auto &side : sides) {
    cnrtPointerAttributes_t attributes;
    if (Status status = runtime.pointerAttributes(attributes, side.pointer); !status.ok())
      return status;
    if (attributes.device != side.device)
      return failure(cnrtErrorArgsInvalid, "%s lies on device %d, but device %d was given for it", side.role,
                     attributes.device, side.device);
  }
  return success();
}

cnrtRet_t cnrt::copyPeerCall(const char *name, void *dst, int dstDevice, const void *src, int srcDevice, size_t bytes) {
  return queueCall(name, nullptr, [&](Runtime &runtime, const QueuePtr &queue) {
    Executor::Work work;
    Status status = preparePeer(runtime, dst, dstDevice, src, srcDevice, bytes, work);
    return status.ok() ? runtime.executor.run(queue, std::move(work)) : status;
  });
}

cnrtRet_t cnrtMemcpyPeer(void *dst, int dstDevice, void *src, int srcDevice, size_t bytes) {
  return copyPeerCall("cnrtMemcpyPeer", dst, dstDevice, src, srcDevice, bytes);
}

cnrtRet_t cnrtMemcpyPeerAsync(void *dst, int dstDevice, void *src, int srcDevice, size_t bytes, cnrtQueue_t handle) {
  return queueCall("cnrtMemcpyPeerAsync", handle, [&](Runtime &runtime, const QueuePtr &queue) {
    Executor::Work work;
    Status status = preparePeer(runtime, dst, dstDevice, src, srcDevice, bytes, work);
    return status.ok() ? runtime.executor.submit(queue, named("cnrtMemcpyPeerAsync", std::move(work))) : status;
  });
}

cnrtRet_t cnrt::peerAccessCall(const char *name, int *answer, int device, int peer) {
  return deviceCall(name, [&](Runtime &runtime) {
    Status status = checkPeers(runtime, device, peer);
    return status.ok() ? put(answer, device != peer ? 1 : 0) : status;
  });
}

cnrtRet_t cnrtGetPeerAccessibility(unsigned int *answer, int device, int peer) {
  return peerAccessCall("cnrtGetPeerAccessibility", reinterpret_cast<int *>(answer), device, peer);
}
