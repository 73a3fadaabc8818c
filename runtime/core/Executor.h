// Executor.h: the device thread: it runs queued work in the order in which it was submitted.
//
// One thread serves all queues of all devices. Submission order is an order that respects every queue and every wait
// for a notifier (a notifier can only be waited for after it was placed), so no queue ever has to be blocked, and a
// program with one host thread runs the same way every time.
//
// A failure of queued work stays in its queue until a call that waits for the queue takes it; until then the work
// behind it in the same queue is dropped, because it would compute on results that do not exist. A kernel's fault stops
// its whole device: what was submitted before the program knew is dropped, and every call that waits returns the
// fault's code. Work submitted after a call has returned it, or a reset, puts the device back into service (chosen:
// cards ask for the reset; a program that tests several kernels here goes on with the next one).
#ifndef OPENBANG_RUNTIME_CORE_EXECUTOR_H
#define OPENBANG_RUNTIME_CORE_EXECUTOR_H

#include "runtime/core/Status.h"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace cnrt {
struct Recording;
}

// The API's queue and notifier. All fields belong to the executor and are guarded by its mutex.
struct cnrtQueue {
  int device = 0; // kNoDevice: work of the runtime itself, done in any case
  int priority = 0;
  uint64_t submitted = 0, completed = 0;
  cnrt::Status fault;                         // of its work, not yet taken by the program
  std::shared_ptr<cnrt::Recording> recording; // while it is captured
};

struct cnrtNotifier {
  int device = 0;
  unsigned int flags = 0;
  uint64_t placed = 0, reached = 0;         // how often
  std::chrono::steady_clock::time_point at; // last time it was reached
  std::shared_ptr<cnrtQueue> queue;         // where it was placed last
  std::weak_ptr<cnrt::Recording> recording; // of the queue, if it was captured then
};

namespace cnrt {

inline constexpr int kNoDevice = -1;

using QueuePtr = std::shared_ptr<cnrtQueue>;
using NotifierPtr = std::shared_ptr<cnrtNotifier>;

// What is submitted to captured queues, in this order.
struct Recording {
  std::vector<std::function<Status()>> works;
  uint64_t id = 0;
  cnrtQueueCaptureMode_t mode = cnrtQueueCaptureModeGlobal;
  std::thread::id thread;          // that began it
  std::weak_ptr<cnrtQueue> origin; // where it began
  std::vector<QueuePtr> queues;    // all that are captured
  bool broken = false;
};

class Executor {
public:
  using Work = std::function<Status()>;

  // The clock of a device that has one; set before the first work.
  std::function<std::optional<std::chrono::nanoseconds>(int device)> deviceClock;

  Executor();
  ~Executor();

  // Queues work and returns. A failure is written to stderr when it happens and becomes the queue's fault.
  Status submit(const QueuePtr &queue, Work work);
  // Queues a call that happens even behind failed work; it gets the queue's fault and leaves it there.
  Status submitCallback(const QueuePtr &queue, std::function<void(const Status &)> callback);
  // Queues work and waits for it. Returns the queue's fault, if it has one, instead of doing the work.
  Status run(const QueuePtr &queue, Work work);
  // Does work as the next thing, before everything queued, and waits for it.
  Status runNow(Work work);

  // Waits for everything submitted to the queue so far and takes its fault.
  Status wait(const QueuePtr &queue);
  // Waits for all queues; takes every fault of this device's queues and returns the first.
  Status waitAll(int device);
  // Is work left? Takes no fault.
  bool isBusy(const QueuePtr &queue);

  Status place(const NotifierPtr &notifier, const QueuePtr &queue);
  Status query(const NotifierPtr &notifier);
  Status wait(const NotifierPtr &notifier);
  // Time between the two, both reached.
  Status elapsed(const NotifierPtr &start, const NotifierPtr &end, std::chrono::nanoseconds &time);

  // Capture (Capture.cpp). While a queue is captured, what is submitted to it is recorded, and calls that would wait
  // for it fail and break the capture.
  Status beginCapture(const QueuePtr &queue, cnrtQueueCaptureMode_t mode);
  Status endCapture(const QueuePtr &queue, std::vector<Work> &works);
  cnrtQueueCaptureStatus_t captureStatus(const QueuePtr &queue, uint64_t &id);
  // A queue waits for a notifier: work placed behind a captured one is captured, too.
  Status follow(const QueuePtr &queue, const NotifierPtr &notifier);

  // Puts a device back into service that a kernel's fault stopped.
  void restart(int device);

  // Ends the thread after the work it is doing. Returns how much work is dropped. Later submissions fail.
  size_t stop();

private:
  struct Command {
    QueuePtr queue = {}; // null: urgent, in no queue
    Work work = {};
    std::function<void(const Status &)> callback = {};
    NotifierPtr notifier = {}; // reached by this command
    Status *result = nullptr;  // of a waiting caller
    bool *done = nullptr;
  };

  void loop();
  void finish(Command &command, Status status);
  Status enqueue(Command command, bool urgent);
  Status enqueueAndWait(Command command, bool urgent);
  Status takeFault(cnrtQueue &queue);
  Status refuseCaptured(cnrtQueue &queue);
  Status firstOf(Status fault, int device);

  std::mutex mutex;
  std::condition_variable wake, progress;
  std::deque<Command> urgent, queued;
  std::vector<QueuePtr> faulted; // in the order of their faults
  struct Stop {
    Status status;
    bool returned = false; // the program knows
  };
  std::map<int, Stop> stopped; // devices that a kernel's fault stopped
  uint64_t submitted = 0, completed = 0;
  bool stopping = false;
  std::thread thread;
};

} // namespace cnrt

#endif // OPENBANG_RUNTIME_CORE_EXECUTOR_H
