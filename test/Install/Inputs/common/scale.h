// scale.h: shared by a kernel and the C++ that calls it.
#ifndef SCALE_H
#define SCALE_H
#ifndef FACTOR
#define FACTOR 2.0f
#endif
constexpr int kCount = 256;
void scale(float *data);  // on the default device
#endif
