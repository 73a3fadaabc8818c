// DriverCalls.h: what the files of the driver API share.
#ifndef OPENBANG_RUNTIME_CORE_DRIVERCALLS_H
#define OPENBANG_RUNTIME_CORE_DRIVERCALLS_H

#include "runtime/core/Api.h"
#include "runtime/include/cn_api.h"

namespace cnrt {

// Both APIs number their results alike; a code only cnrt.h has is an invalid value in cn_api.h.
CNresult result(cnrtRet_t code);

// A made-up identity that tells the cards of a process apart: 8-4-4-4-12 digits.
std::string uuidOf(int device);

} // namespace cnrt

#endif // OPENBANG_RUNTIME_CORE_DRIVERCALLS_H
