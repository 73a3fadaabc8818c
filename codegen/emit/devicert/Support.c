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
