// bang_device_functions_decls.h: a header some sources name; what they want from it is in bang.h.
#ifndef OPENBANG_COMPAT_BANG_DEVICE_FUNCTIONS_DECLS_H
#define OPENBANG_COMPAT_BANG_DEVICE_FUNCTIONS_DECLS_H

#include "bang.h"

#endif  // OPENBANG_COMPAT_BANG_DEVICE_FUNCTIONS_DECLS_H
