// programs.h: six small programs for the scalar unit, compiled into a kernel (scalar.mlu) and into a Linux program for
// QEMU (linux.cpp). Each works in `work` and returns a checksum, which must be equal on both.
#ifndef OPENBANG_BENCH_SIMULATOR_PROGRAMS_H
#define OPENBANG_BENCH_SIMULATOR_PROGRAMS_H

#ifndef BENCH_FUNC
#define BENCH_FUNC static inline
#endif

typedef unsigned char Byte;
typedef unsigned int Word;
typedef unsigned long long Long;

inline constexpr unsigned kPrograms = 6;
inline constexpr unsigned kWorkBytes = 1 << 20;
#define BENCH_NAMES {"sieve", "integer matmul", "float matmul", "quicksort and crc", "vector add", "axpy matmul"}

BENCH_FUNC Word nextRandom(Word &state) { return state = state * 1664525u + 1013904223u; }

BENCH_FUNC Long sieve(Byte *work) {
  const Word n = 200000;
  Long count = 0;
  for (int round = 0; round < 6; ++round) {
    count = 0;
    for (Word i = 0; i < n; ++i)
      work[i] = 1;
    for (Word i = 2; i < n; ++i)
      if (work[i]) {
        ++count;
        for (Word j = 2 * i; j < n; j += i)
          work[j] = 0;
      }
  }
  return count;
}

template <class T> BENCH_FUNC Long matmul(Byte *work) {
  const int n = 120;
  T *a = (T *)work, *b = a + n * n, *c = b + n * n;
  Word state = 1;
  for (int i = 0; i < 2 * n * n; ++i)
    a[i] = T(int(nextRandom(state) >> 24) - 128);
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < n; ++j) {
      T sum = 0;
      for (int k = 0; k < n; ++k)
        sum += a[i * n + k] * b[k * n + j];
      c[i * n + j] = sum;
    }
  Long sum = 0;
  for (int i = 0; i < n * n; ++i)
    sum = sum * 31 + Long((long long)c[i]);
  return sum;
}

BENCH_FUNC void quicksort(Word *a, int n) {
  int stack[64], top = 0;
  stack[top++] = 0;
  stack[top++] = n - 1;
  while (top) {
    int high = stack[--top], low = stack[--top];
    while (low < high) {
      Word pivot = a[(low + high) / 2];
      int i = low, j = high;
      while (i <= j) {
        while (a[i] < pivot)
          ++i;
        while (a[j] > pivot)
          --j;
        if (i <= j) {
          Word t = a[i];
          a[i++] = a[j];
          a[j--] = t;
        }
      }
      // The longer part waits on the stack, so that 64 entries always suffice.
      if (j - low > high - i) {
        stack[top++] = low;
        stack[top++] = j;
        low = i;
      } else {
        stack[top++] = i;
        stack[top++] = high;
        high = j;
      }
    }
  }
}

BENCH_FUNC Long sortAndCrc(Byte *work) {
  const int n = 60000;
  Word *a = (Word *)work, state = 7;
  for (int i = 0; i < n; ++i)
    a[i] = nextRandom(state);
  quicksort(a, n);
  Word crc = ~0u;
  for (int i = 0; i < n; ++i) {
    crc ^= a[i];
    for (int bit = 0; bit < 32; ++bit)
      crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
  }
  return crc;
}

BENCH_FUNC Long vectorAdd(Byte *work) {
  const int n = 60000;
  float *a = (float *)work, *b = a + n, *c = b + n;
  for (int i = 0; i < n; ++i) {
    a[i] = float(i);
    b[i] = float(n - i);
  }
  for (int round = 0; round < 40; ++round)
    for (int i = 0; i < n; ++i)
      c[i] = a[i] + b[i] * 0.5f;
  Long sum = 0;
  for (int i = 0; i < n; ++i)
    sum += Long(c[i]);
  return sum;
}

BENCH_FUNC Long axpyMatmul(Byte *work) {
  const int n = 120;
  float *a = (float *)work, *b = a + n * n, *c = b + n * n;
  Word state = 3;
  for (int i = 0; i < 2 * n * n; ++i)
    a[i] = float(int(nextRandom(state) >> 28) - 8);
  for (int i = 0; i < n * n; ++i)
    c[i] = 0;
  for (int i = 0; i < n; ++i)
    for (int k = 0; k < n; ++k) {
      const float factor = a[i * n + k];
      for (int j = 0; j < n; ++j)
        c[i * n + j] += factor * b[k * n + j];
    }
  Long sum = 0;
  for (int i = 0; i < n * n; ++i)
    sum = sum * 31 + Long((long long)c[i]);
  return sum;
}

BENCH_FUNC Long runProgram(unsigned which, Byte *work) {
  switch (which) {
  case 0:
    return sieve(work);
  case 1:
    return matmul<int>(work);
  case 2:
    return matmul<float>(work);
  case 3:
    return sortAndCrc(work);
  case 4:
    return vectorAdd(work);
  default:
    return axpyMatmul(work);
  }
}

#endif // OPENBANG_BENCH_SIMULATOR_PROGRAMS_H
