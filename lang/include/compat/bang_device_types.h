// bang_device_types.h: a header some sources name; what they want from it is in bang.h.
#ifndef OPENBANG_COMPAT_BANG_DEVICE_TYPES_H
#define OPENBANG_COMPAT_BANG_DEVICE_TYPES_H

#include "bang.h"

#endif  // OPENBANG_COMPAT_BANG_DEVICE_TYPES_H
