// Handlers.h: one function per instruction row, `uint64_t exec<Row>(Exec &, const <Row>Ops &, Variant)`. The value goes
// to the row's result register. Rows of Sync.td and Debug.td are defined in simulator/core.
#ifndef OPENBANG_SIMULATOR_INSNS_HANDLERS_H
#define OPENBANG_SIMULATOR_INSNS_HANDLERS_H

#include "codegen/isa/Insn.h"
#include "simulator/core/Exec.h"

namespace dlp {

#define DLP_HANDLER(ID, CAMEL) uint64_t exec##CAMEL(Exec &x, const CAMEL##Ops &ops, Variant v);
#include "codegen/isa/Handlers.inc"
#undef DLP_HANDLER

} // namespace dlp

#endif // OPENBANG_SIMULATOR_INSNS_HANDLERS_H
