// Support.c: what generated scalar code may call and no library for the core defines.

// Reached through std::abort or a call of a pure virtual function: the kernel stops with a fault.
_Noreturn void abort(void) { __builtin_trap(); }
_Noreturn void __cxa_pure_virtual(void) { __builtin_trap(); }
_Noreturn void __cxa_deleted_virtual(void) { __builtin_trap(); }

// A virtual destructor comes with a second form that frees the object. A core has no heap, so nobody may call it:
// operator delete(void *, unsigned long).
_Noreturn void _ZdlPvm(void *object, unsigned long bytes) {
  (void)object, (void)bytes;
  __builtin_trap();
}

// Virtual tables point to descriptions of their classes, and these to the virtual tables of std::type_info's classes.
// Nothing on the device reads them (typeid and dynamic_cast are refused).
const void *const _ZTVN10__cxxabiv117__class_type_infoE[3] = {0};
const void *const _ZTVN10__cxxabiv120__si_class_type_infoE[3] = {0};
const void *const _ZTVN10__cxxabiv121__vmi_class_type_infoE[3] = {0};

// lgamma() notes the sign here. Cores must not see each other's, so it lies in the first bytes of LDRAM
// (kLdramRuntimeBytes), not among the device variables.
__attribute__((section(".bss.ldram.runtime"))) int __signgam;
extern int signgam __attribute__((alias("__signgam")));

// A core has no calendar: its clock counts instructions, one is a nanosecond.
struct timeval {
  long tv_sec, tv_usec;
};
int gettimeofday(struct timeval *tv, void *zone) {
  unsigned long time;
  (void)zone;
  __asm__ volatile("rdtime %0" : "=r"(time));
  tv->tv_sec = time / 1000000000;
  tv->tv_usec = time / 1000 % 1000000;
  return 0;
}

/* Words where both sides lie alike, bytes around them. */
void *memcpy(void *restrict to, const void *restrict from, unsigned long bytes) {
  typedef unsigned long __attribute__((may_alias)) Word;
  unsigned char *t = to;
  const unsigned char *f = from;
  if ((((unsigned long)t ^ (unsigned long)f) & 7) == 0) {
    for (; bytes && ((unsigned long)t & 7); --bytes)
      *t++ = *f++;
    for (; bytes >= 32; bytes -= 32, t += 32, f += 32) {
      const Word a = ((const Word *)f)[0], b = ((const Word *)f)[1], c = ((const Word *)f)[2], d = ((const Word *)f)[3];
      ((Word *)t)[0] = a;
      ((Word *)t)[1] = b;
      ((Word *)t)[2] = c;
      ((Word *)t)[3] = d;
    }
    for (; bytes >= 8; bytes -= 8, t += 8, f += 8)
      *(Word *)t = *(const Word *)f;
  }
  for (; bytes; --bytes)
    *t++ = *f++;
  return to;
}
