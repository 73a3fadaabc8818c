// scalar.c: one hash per group of scalar operations, over operands that sit at the edges. Compiled for the host, it
// prints the hashes; on the device, entry.s calls `compute`. NaNs are made canonical: hosts differ in them.
typedef unsigned long long u64;
typedef long long i64;
typedef unsigned int u32;
typedef int i32;
typedef unsigned short u16;
typedef short i16;
typedef unsigned char u8;
typedef signed char i8;

enum { kGroups = 24 };

static u64 hash(u64 h, u64 v) {
  h ^= v;
  h *= 0x100000001b3ull;
  return h ^ (h >> 29);
}

static const u64 words[] = {0, 1, 2, 3, 7, 31, 32, 63, 64, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff,
                            0x80000000, 0xffffffff, 0x100000000, 0x123456789abcdef0, 0x7fffffffffffffff,
                            0x8000000000000000, 0xfffffffffffffffe, 0xffffffffffffffff, 0xff00ff0000ffff00};
static const u64 doubles[] = {0, 0x8000000000000000, 0x3ff0000000000000, 0xbff0000000000000, 0x3fe0000000000000,
                              0x4008000000000000, 0x3fb999999999999a, 0x7fefffffffffffff, 0x0010000000000000,
                              0x0000000000000001, 0x7ff0000000000000, 0xfff0000000000000, 0x7ff8000000000000,
                              0x400921fb54442d18, 0x41dfffffffc00000, 0xc3e0000000000000, 0x3e7ad7f29abcaf48};
static const u32 floats[] = {0,          0x80000000, 0x3f800000, 0xbf800000, 0x3f000000, 0x40400000,
                             0x3dcccccd, 0x7f7fffff, 0x00800000, 0x00000001, 0x7f800000, 0xff800000,
                             0x7fc00000, 0x40490fdb, 0x4effffff, 0x33d6bf95, 0x477fe000, 0x387fc000};
static const u16 halves[] = {0,      0x8000, 0x3c00, 0xbc00, 0x3800, 0x4200, 0x2e66, 0x7bff, 0x0400,
                             0x0001, 0x7c00, 0xfc00, 0x7e00, 0x4248, 0x3555, 0x6400, 0xe400, 0x03ff};
#define COUNT(a) (sizeof(a) / sizeof *(a))

static double asDouble(u64 v) { double d; __builtin_memcpy(&d, &v, 8); return d; }
static float asFloat(u32 v) { float f; __builtin_memcpy(&f, &v, 4); return f; }
static _Float16 asHalf(u16 v) { _Float16 h; __builtin_memcpy(&h, &v, 2); return h; }
static u64 ofDouble(double d) { u64 v; __builtin_memcpy(&v, &d, 8); return d != d ? 0x7ff8000000000000 : v; }
static u64 ofFloat(float f) { u32 v; __builtin_memcpy(&v, &f, 4); return f != f ? 0x7fc00000 : v; }
static u64 ofHalf(_Float16 h) { u16 v; __builtin_memcpy(&v, &h, 2); return h != h ? 0x7e00 : v; }

#define BOTH(TABLE, ...)                                                                                               \
  for (u64 i = 0; i < COUNT(TABLE); ++i)                                                                               \
    for (u64 j = 0; j < COUNT(TABLE); ++j) {                                                                           \
      __VA_ARGS__                                                                                                      \
    }
#define ADD(v) h = hash(h, (u64)(v))

__attribute__((noinline)) static u64 integers(int group) {
  u64 h = 14695981039346656037ull;
  BOTH(words, {
    u64 a = words[i], b = words[j];
    i64 sa = (i64)a, sb = (i64)b;
    u32 wa = (u32)a, wb = (u32)b;
    i32 swa = (i32)wa, swb = (i32)wb;
    u64 n = b & 63, m = b & 31;
    switch (group) {
    case 0: ADD(a + b); ADD(a - b); ADD(a ^ b); ADD(a | b); ADD(a & b); ADD(a & ~b); ADD(a | ~b); ADD(~(a ^ b)); break;
    case 1: ADD(a << n); ADD(a >> n); ADD(sa >> n); ADD(wa << m); ADD(wa >> m); ADD((i64)(swa >> m)); break;
    case 2: ADD(a < b); ADD(sa < sb); ADD(wa < wb); ADD(swa < swb); ADD(a == b); ADD(sa >= sb); break;
    case 3: ADD(a * b); ADD(((unsigned __int128)a * b) >> 64); ADD(((__int128)sa * sb) >> 64);
            ADD(((__int128)sa * (__int128)b) >> 64); ADD((i64)(i32)(wa * wb)); break;
    case 4: if (b) { ADD(a / b); ADD(a % b); if (!(a == 1ull << 63 && sb == -1)) { ADD(sa / sb); ADD(sa % sb); } } break;
    case 5: if (wb) { ADD(wa / wb); ADD(wa % wb); if (!(wa == 1u << 31 && swb == -1)) { ADD((i64)(swa / swb));
            ADD((i64)(swa % swb)); } } break;
    case 6: ADD((wa + (u64)0) + b); ADD((a << 1) + b); ADD((a << 2) + b); ADD((a << 3) + b); ADD(((u64)wa << 1) + b);
            ADD(((u64)wa << 3) + b); ADD((u64)wa << 5); break;
    case 7: ADD(__builtin_popcountll(a)); ADD(__builtin_popcount(wa)); ADD(a ? __builtin_clzll(a) : 64);
            ADD(a ? __builtin_ctzll(a) : 64); ADD(wa ? __builtin_clz(wa) : 32); ADD(wa ? __builtin_ctz(wa) : 32); break;
    case 8: ADD(a << n | a >> (-n & 63)); ADD(a >> n | a << (-n & 63)); ADD((u32)(wa << m | wa >> (-m & 31)));
            ADD((u32)(wa >> m | wa << (-m & 31))); ADD(__builtin_bswap64(a)); ADD(__builtin_bswap32(wa)); break;
    case 9: ADD(sa < sb ? a : b); ADD(a < b ? a : b); ADD(sa > sb ? a : b); ADD(a > b ? a : b); break;
    case 10: ADD((i64)(i8)a); ADD((i64)(i16)a); ADD((i64)swa); ADD((u8)a); ADD((u16)a); ADD(wa); break;
    case 11: ADD(a & ~(1ull << n)); ADD(a >> n & 1); ADD(a ^ 1ull << n); ADD(a | 1ull << n); ADD(b ? a : 0);
             ADD(b ? 0 : a); break;
    }
  })
  return h;
}

__attribute__((noinline)) static u64 reals(int group) {
  u64 h = 14695981039346656037ull;
  switch (group) {
  case 12: BOTH(doubles, { double a = asDouble(doubles[i]); double b = asDouble(doubles[j]);
             ADD(ofDouble(a + b)); ADD(ofDouble(a - b)); ADD(ofDouble(a * b)); ADD(ofDouble(a / b)); }) break;
  case 13: BOTH(floats, { float a = asFloat(floats[i]); float b = asFloat(floats[j]);
             ADD(ofFloat(a + b)); ADD(ofFloat(a - b)); ADD(ofFloat(a * b)); ADD(ofFloat(a / b)); }) break;
  case 14: BOTH(halves, { _Float16 a = asHalf(halves[i]); _Float16 b = asHalf(halves[j]);
             ADD(ofHalf(a + b)); ADD(ofHalf(a - b)); ADD(ofHalf(a * b)); ADD(ofHalf(a / b)); }) break;
  case 15: BOTH(doubles, { double a = asDouble(doubles[i]); double b = asDouble(doubles[j]);
             for (u64 k = 0; k < COUNT(doubles); ++k) { double c = asDouble(doubles[k]);
               ADD(ofDouble(__builtin_fma(a, b, c))); ADD(ofDouble(__builtin_fma(-a, b, -c))); } }) break;
  case 16: BOTH(floats, { float a = asFloat(floats[i]); float b = asFloat(floats[j]);
             for (u64 k = 0; k < COUNT(floats); ++k) { float c = asFloat(floats[k]);
               ADD(ofFloat(__builtin_fmaf(a, b, c))); ADD(ofFloat(__builtin_fmaf(a, -b, c))); } }) break;
  case 17: for (u64 i = 0; i < COUNT(doubles); ++i) { double a = asDouble(doubles[i]); ADD(ofDouble(__builtin_sqrt(a)));
             ADD(ofFloat((float)a)); ADD(ofHalf((_Float16)a)); ADD(ofDouble(__builtin_fabs(a))); ADD(ofDouble(-a)); }
           for (u64 i = 0; i < COUNT(floats); ++i) { float a = asFloat(floats[i]); ADD(ofFloat(__builtin_sqrtf(a)));
             ADD(ofDouble(a)); ADD(ofHalf((_Float16)a)); ADD(ofFloat(__builtin_copysignf(a, -1.0f))); }
           for (u64 i = 0; i < COUNT(halves); ++i) { _Float16 a = asHalf(halves[i]); ADD(ofFloat(a)); ADD(ofDouble(a)); }
           break;
  case 18: BOTH(doubles, { double a = asDouble(doubles[i]); double b = asDouble(doubles[j]);
             ADD(a < b); ADD(a <= b); ADD(a == b); ADD(a != b); ADD(a > b); ADD(a >= b); }) break;
  case 19: BOTH(floats, { float a = asFloat(floats[i]); float b = asFloat(floats[j]);
             ADD(a < b); ADD(a <= b); ADD(a == b); ADD(a != b); ADD(!(a > b)); ADD(!(a >= b)); }) break;
  case 20: BOTH(halves, { _Float16 a = asHalf(halves[i]); _Float16 b = asHalf(halves[j]);
             ADD(a < b); ADD(a <= b); ADD(a == b); ADD(a != b); }) break;
  case 21: for (u64 i = 0; i < COUNT(words); ++i) { u64 a = words[i]; ADD(ofDouble((double)a));
             ADD(ofDouble((double)(i64)a)); ADD(ofDouble((double)(u32)a)); ADD(ofDouble((double)(i32)a));
             ADD(ofFloat((float)a)); ADD(ofFloat((float)(i64)a)); ADD(ofFloat((float)(u32)a));
             ADD(ofFloat((float)(i32)a)); ADD(ofHalf((_Float16)(i16)a)); } break;
  case 22: for (i32 k = -2000; k <= 2000; ++k) { double a = k * 0.37; float f = (float)a; ADD((i64)a); ADD((i32)a);
             ADD((i64)f); ADD((i32)f); ADD((i64)(_Float16)f); if (k >= 0) { ADD((u64)a); ADD((u32)f); }
             ADD(ofDouble(__builtin_fmin(a, f))); ADD(ofDouble(__builtin_fmax(a, f))); } break;
  case 23: { u8 bytes[64]; for (u64 i = 0; i < 64; ++i) bytes[i] = (u8)(i * 37 + 11);
             for (u64 i = 0; i < 56; ++i) { i64 d; i32 w; i16 s; __builtin_memcpy(&d, bytes + i, 8);
               __builtin_memcpy(&w, bytes + i, 4); __builtin_memcpy(&s, bytes + i, 2);
               ADD(d); ADD((i64)w); ADD((u32)w); ADD((i64)s); ADD((u16)s); ADD((i64)(i8)bytes[i]);
               __builtin_memcpy(bytes + (i * 7) % 56, &d, 8); } } break;
  }
  return h;
}

void compute(u64 *out) {
  for (int g = 0; g < kGroups; ++g)
    out[g] = g < 12 ? integers(g) : reals(g);
}

#ifndef __riscv
int printf(const char *, ...);
int main(void) {
  u64 out[kGroups];
  compute(out);
  printf("uint64 (%d,):", kGroups);
  for (int g = 0; g < kGroups; ++g)
    printf(" %llu", out[g]);
  printf("\n");
  return 0;
}
#endif
