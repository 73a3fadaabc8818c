// Quadrant.h: reduction of large angles, of which few bits are left below a quarter turn.
#ifndef OPENBANG_SIMULATOR_NUMERIC_QUADRANT_H
#define OPENBANG_SIMULATOR_NUMERIC_QUADRANT_H

#include <cstdint>

namespace dlp {

// From here on an angle in f32 is a multiple of 4.
inline constexpr double kLargeAngle = 0x1p25;

// x = n pi / 2 + r with |r| <= pi / 4, for a finite x of at least kLargeAngle: returns r, adds n to `quadrant`.
double reduceLargeAngle(float x, int64_t &quadrant);

} // namespace dlp

#endif // OPENBANG_SIMULATOR_NUMERIC_QUADRANT_H
