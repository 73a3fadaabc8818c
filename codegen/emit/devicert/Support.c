// Support.c: what generated scalar code may call and no library for the core defines.

// Reached through std::abort or a call of a pure virtual function: the kernel stops with a fault.
_Noreturn void abort(void) { __builtin_trap(); }
_Noreturn void __cxa_pure_virtual(void) { __builtin_trap(); }
_Noreturn void __cxa_deleted_virtual(void) { __builtin_trap(); }

// lgamma() notes the sign here. Cores must not see each other's, so it lies in the first bytes of LDRAM
// (kLdramRuntimeBytes), not among the device variables.
__attribute__((section(".bss.ldram.runtime"))) int __signgam;
extern int signgam __attribute__((alias("__signgam")));
