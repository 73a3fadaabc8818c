// operators.h: the launches of operators.mlu, for the C++ half that PyTorch calls. Pointers are of device memory.
#ifndef SAMPLES_PYTORCH_OP_OPERATORS_H
#define SAMPLES_PYTORCH_OP_OPERATORS_H

#include <cnrt.h>

#include <cstdint>

enum class Element { Float, Half };

// y = (a - b)^exponent
void powerDifference(Element type, void *y, const void *a, const void *b, int exponent, int64_t count,
                     cnrtQueue_t queue);
// da = dy * exponent * (a - b)^(exponent - 1), db = -da
void powerDifferenceBackward(Element type, void *da, void *db, const void *dy, const void *a, const void *b,
                             int exponent, int64_t count, cnrtQueue_t queue);
// y = 1 / (1 + exp(-x))
void sigmoid(Element type, void *y, const void *x, int64_t count, cnrtQueue_t queue);
// dx = dy * y * (1 - y), from the result of the forward operator
void sigmoidBackward(Element type, void *dx, const void *dy, const void *y, int64_t count, cnrtQueue_t queue);

#endif // SAMPLES_PYTORCH_OP_OPERATORS_H
