// linux.cpp: the programs of programs.h as one Linux program without a C library, for qemu-riscv64.
// linux <0..5> <times>: prints the checksum; `times` 0 measures what starting costs.
#include "programs.h"

alignas(64) static Byte work[kWorkBytes];

static long systemCall(long number, long a, long b, long c) {
  register long a0 __asm__("a0") = a, a1 __asm__("a1") = b, a2 __asm__("a2") = c, a7 __asm__("a7") = number;
  __asm__ volatile("ecall" : "+r"(a0) : "r"(a1), "r"(a2), "r"(a7) : "memory");
  return a0;
}

extern "C" [[noreturn]] void begin(long *stack) {
  const char *const *args = (const char *const *)(stack + 1);
  const unsigned which = unsigned(args[1][0] - '0');
  Long result = 0;
  for (int times = args[2][0] - '0'; times > 0; --times)
    result = runProgram(which, work);
  char text[24];
  int at = sizeof text;
  text[--at] = '\n';
  do
    text[--at] = char('0' + result % 10);
  while (result /= 10);
  systemCall(64, 1, long(text + at), long(sizeof text) - at);
  systemCall(93, 0, 0, 0);
  __builtin_unreachable();
}

__asm__(".globl _start\n_start:\n  mv a0, sp\n  call begin\n");
