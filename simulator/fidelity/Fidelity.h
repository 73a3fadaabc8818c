// Fidelity.h: the observer behind `bang run --fidelity`: which builtins a run used, how close each is to a card, and
// whether what the host copied back or a kernel printed depends on one that is not exact.
#ifndef OPENBANG_SIMULATOR_FIDELITY_FIDELITY_H
#define OPENBANG_SIMULATOR_FIDELITY_FIDELITY_H

#include "simulator/core/Observer.h"

#include <memory>
#include <string>

namespace dlp::fidelity {

class FidelityObserver : public Observer {
public:
  // What was seen so far, as lines a user reads.
  virtual std::string report() const = 0;
};

std::unique_ptr<FidelityObserver> makeFidelityObserver();

} // namespace dlp::fidelity

#endif // OPENBANG_SIMULATOR_FIDELITY_FIDELITY_H
