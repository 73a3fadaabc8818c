# What cannot become an image.
# RUN: rm -f %t.elf %t.out
# RUN: not %dlp-as --link %s -o %t.elf 2>&1 | FileCheck %s --check-prefix=KERNEL
# RUN: not %dlp-as --link --kernel 'k(float)' %s -o %t.elf 2>&1 | FileCheck %s --check-prefix=TYPE
# RUN: not %dlp-as --link --kernel 'k(ptr' %s -o %t.elf 2>&1 | FileCheck %s --check-prefix=PAREN
# RUN: not %dlp-as --link --kernel missing %s -o %t.elf 2>&1 | FileCheck %s --check-prefix=MISSING
# RUN: not ls %t.elf
# RUN: printf '.section .nram,"aw"\n.word 1\n' | not %dlp-as -o %t.o 2>&1 | FileCheck %s --check-prefix=BYTES
# RUN: not %dlp-as --arch mtp_1 %s -o %t.o 2>&1 | FileCheck %s --check-prefix=ARCH
# RUN: not %dlp-as --layout x.ld %s -o %t.o 2>&1 | FileCheck %s --check-prefix=LAYOUT
# RUN: not %dlp-as %t.nowhere.s 2>&1 | FileCheck %s --check-prefix=INPUT

# KERNEL: hand-written-errors.s: error: an image needs at least one kernel: name its label with --kernel
# TYPE: error: unknown parameter type 'float'; there are ptr, i8, i16, i32, i64, f16, bf16, f32 and f64
# PAREN: error: the parameter list in 'k(ptr' has no closing parenthesis
# MISSING: error: 'missing' is used by device code{{.*}} but has no device definition
# BYTES: <stdin>: error: section '.nram' holds bytes, but nothing loads on-chip memory: declare it '.section .nram,"aw",@nobits'
# ARCH: error: unknown arch 'mtp_1'; known are
# LAYOUT: error: --layout says where sections are linked: use it together with --link
# INPUT: error: cannot read '{{.*}}.nowhere.s': {{[Nn]}}o such file or directory
k:
  exit
