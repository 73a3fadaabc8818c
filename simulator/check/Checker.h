// Checker.h: the observer behind `bang check`.
#ifndef OPENBANG_SIMULATOR_CHECK_CHECKER_H
#define OPENBANG_SIMULATOR_CHECK_CHECKER_H

#include "simulator/check/Options.h"
#include "simulator/core/Observer.h"

#include <memory>

namespace dlp::check {

class CheckObserver : public Observer {
public:
  // The program ends, by itself or stopped by a signal: reports what is left and the summary. Returns the number of
  // findings, hints not counted.
  virtual uint64_t finish(bool stopped = false) = 0;
};

std::unique_ptr<CheckObserver> makeChecker(const Options &options);

} // namespace dlp::check

#endif // OPENBANG_SIMULATOR_CHECK_CHECKER_H
