// Pipeline.h: cycles of the scalar unit.
#ifndef OPENBANG_SIMULATOR_TIMING_PIPELINE_H
#define OPENBANG_SIMULATOR_TIMING_PIPELINE_H

#include "codegen/isa/AddressMap.h"
#include "simulator/core/Decode.h"
#include "simulator/timing/Parameters.h"

namespace dlp::timing {

// One instruction that finds its operands in NRAM and does not jump.
uint32_t scalarCost(const Op &op, const Parameters &p);
// What a load or store in another memory costs more.
uint32_t scalarAccessCost(Space space, bool write, const Parameters &p);

} // namespace dlp::timing

#endif // OPENBANG_SIMULATOR_TIMING_PIPELINE_H
