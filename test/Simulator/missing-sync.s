# Without its sync, a load comes too late for the work that needs it, in every run.
# RUN: sed 's/^  SYNC/  sync.io/' %s > %t.good.s && sed 's/^  SYNC/  sync.move/' %s > %t.bad.s
# RUN: %dlp-as --link --kernel 'k(ptr, ptr)' %t.good.s -o %t.good.elf
# RUN: %dlp-as --link --kernel 'k(ptr, ptr)' %t.bad.s -o %t.bad.elf
# RUN: %python %S/Inputs/npy.py write %t.in.npy int32 4 'i + 1'
# RUN: %dlp-run %t.good.elf k --arg in:%t.in.npy --arg out:%t.out.npy:shape=4:dtype=int32
# RUN: %python %S/Inputs/npy.py print %t.out.npy | FileCheck %s --check-prefix=GOOD
# GOOD: int32 (4,): 1 2 3 4
# RUN: %dlp-run %t.bad.elf k --arg in:%t.in.npy --arg out:%t.out.npy:shape=4:dtype=int32
# RUN: %python %S/Inputs/npy.py print %t.out.npy | FileCheck %s --check-prefix=BAD
# What NRAM holds before anything is written.
# BAD: int32 (4,): 2145091547 2145091547 2145091547 2145091547
  .text
  .globl k
k:
  ld s0, 0(a0)
  ld s1, 8(a0)
  li t0, 0x200000
  li t1, 0x200100
  li t2, 16
  ld.async.nram.gdram t0, s0, t2
  SYNC
  mv.nram.nram t1, t0, t2
  st.gdram.nram s1, t1, t2
  exit
