// Wide.h: DLP_WIDE compiles a function twice on x86-64, for every host and for hosts with AVX2; the loader picks one.
// Both give the same bits: contraction to fused operations is off, and no sum is reordered.
#ifndef OPENBANG_SIMULATOR_NUMERIC_WIDE_H
#define OPENBANG_SIMULATOR_NUMERIC_WIDE_H

#if defined(__x86_64__) && defined(__ELF__)
#define DLP_WIDE __attribute__((target_clones("default", "avx2")))
#else
#define DLP_WIDE
#endif

#endif // OPENBANG_SIMULATOR_NUMERIC_WIDE_H
