// Interrupt.h: Ctrl-C while a kernel runs: the launch ends with a fault that says where each core was.
#ifndef OPENBANG_SIMULATOR_CORE_INTERRUPT_H
#define OPENBANG_SIMULATOR_CORE_INTERRUPT_H

namespace dlp {

// From now on SIGINT and SIGTERM stop running kernels, unless the program around us handles or ignores them itself. A
// later second one, or one while no kernel runs, ends the process as always.
void stopKernelsAtSignals();

// The signal that asked running kernels to stop; 0: none.
int interruptingSignal();

// Ends the process by that signal, once everything is told. Output of the C library is written.
[[noreturn]] void endBySignal();

// A launch is running while one of these lives.
class Interruptible {
public:
  Interruptible();
  ~Interruptible();
  Interruptible(const Interruptible &) = delete;
  Interruptible &operator=(const Interruptible &) = delete;
};

} // namespace dlp

#endif // OPENBANG_SIMULATOR_CORE_INTERRUPT_H
