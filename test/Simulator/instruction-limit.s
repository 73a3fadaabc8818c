# BANG_MAX_INSTRUCTIONS stops a kernel that does not end.
# RUN: %dlp-as --link --kernel 'k()' %s -o %t.elf
# RUN: env BANG_MAX_INSTRUCTIONS=100000 not %dlp-run %t.elf k 2>&1 | FileCheck %s
# CHECK: kernel fault: instruction limit reached
# CHECK-NEXT: what {{ *}}the launch ran 100000 instructions, the limit of BANG_MAX_INSTRUCTIONS
# RUN: env BANG_MAX_INSTRUCTIONS=soon not %dlp-run %t.elf k 2>&1 | FileCheck %s --check-prefix=BAD
# BAD: dlp-run: BANG_MAX_INSTRUCTIONS is 'soon', expected a whole number above zero
  .text
  .globl k
k:
  j k
