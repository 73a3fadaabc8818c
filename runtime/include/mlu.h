// mlu.h: what first-generation BANG C sources include: the language (under bangcc) and the host API.
#ifndef OPENBANG_MLU_H
#define OPENBANG_MLU_H

#ifdef __BANG__
#include "bang.h"
#endif
#include "cnrt.h"

#endif // OPENBANG_MLU_H
