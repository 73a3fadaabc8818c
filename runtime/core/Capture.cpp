// Capture.cpp: queues whose work is recorded instead of done. Since the device works in the order of submission, a
// recording is a list, and doing it again is submitting the list.
#include "runtime/core/Executor.h"

namespace cnrt {

// Requires the lock.
Status Executor::refuseCaptured(cnrtQueue &queue) {
  queue.recording->broken = true;
  return failure(cnrtErrorQueueCaptureUnsupported,
                 "the queue is captured and does nothing until cnrtQueueEndCapture; wait for it afterwards");
}

Status Executor::beginCapture(const QueuePtr &queue, cnrtQueueCaptureMode_t mode) {
  static uint64_t captures = 0;
  std::lock_guard lock(mutex);
  if (queue->recording)
    return failure(cnrtErrorIllegalState, "the queue is captured already; end that capture first");
  queue->recording = std::make_shared<Recording>();
  queue->recording->id = ++captures;
  queue->recording->mode = mode;
  queue->recording->thread = std::this_thread::get_id();
  queue->recording->origin = queue;
  queue->recording->queues.push_back(queue);
  return success();
}

Status Executor::endCapture(const QueuePtr &queue, std::vector<Work> &works) {
  std::lock_guard lock(mutex);
  std::shared_ptr<Recording> recording = queue->recording;
  if (!recording)
    return failure(cnrtErrorIllegalState, "the queue is not captured; call cnrtQueueBeginCapture first");
  if (recording->origin.lock() != queue)
    return failure(cnrtErrorIllegalState, "the capture began with another queue, which must end it");
  if (recording->mode != cnrtQueueCaptureModeRelaxed && recording->thread != std::this_thread::get_id())
    return failure(cnrtErrorQueueCaptureWrongThread,
                   "the capture began in another thread; end it there, or begin with cnrtQueueCaptureModeRelaxed");
  for (const QueuePtr &captured : recording->queues)
    captured->recording = nullptr;
  recording->queues.clear();
  if (recording->broken)
    return failure(cnrtErrorQueueCaptureInvalidated,
                   "a call that waits came while the queue was captured; record only work that is submitted");
  works = std::move(recording->works);
  return success();
}

cnrtQueueCaptureStatus_t Executor::captureStatus(const QueuePtr &queue, uint64_t &id) {
  std::lock_guard lock(mutex);
  if (!queue->recording)
    return cnrtQueueCaptureStatusNone;
  id = queue->recording->id;
  return queue->recording->broken ? cnrtQueueCaptureStatusInvalidated : cnrtQueueCaptureStatusActive;
}

Status Executor::follow(const QueuePtr &queue, const NotifierPtr &notifier) {
  std::lock_guard lock(mutex);
  std::shared_ptr<Recording> recording = notifier->recording.lock();
  if (!recording || recording->queues.empty() || queue->recording == recording)
    return success();
  if (queue->recording) {
    queue->recording->broken = recording->broken = true;
    return failure(cnrtErrorQueueCaptureMerged, "the queue and the notifier belong to two captures");
  }
  queue->recording = recording;
  recording->queues.push_back(queue);
  return success();
}

} // namespace cnrt
