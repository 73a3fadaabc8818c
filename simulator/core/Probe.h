// Probe.h: finds out what memory an asynchronous instruction will touch, for observers, without doing its work.
//
// The handler itself is asked: it runs with memory of its own to write to. So what is announced is what happens, for
// every row there is.
#ifndef OPENBANG_SIMULATOR_CORE_PROBE_H
#define OPENBANG_SIMULATOR_CORE_PROBE_H

#include "simulator/core/Observer.h"

namespace dlp {

// Tells the core's observer the pieces of `instruction`. One that would fault is told up to the fault.
void announcePieces(Core &core, const Instruction &instruction);

} // namespace dlp

#endif // OPENBANG_SIMULATOR_CORE_PROBE_H
