# The whole road of a hand-written kernel: a ping-pong of asynchronous copies over 16 tasks, then the checks of a launch.
# RUN: %dlp-as --link --kernel 'vadd(ptr, ptr, ptr, i32)' %s -o %t.elf
# RUN: %python %S/Inputs/npy.py write %t.a.npy float32 1024 i
# RUN: %python %S/Inputs/npy.py write %t.b.npy float32 1024 '2 * i + 1'
# RUN: %dlp-run %t.elf vadd --dim 16,1,1 --type union4 --arg in:%t.a.npy --arg in:%t.b.npy \
# RUN:   --arg out:%t.c.npy:shape=1024:dtype=float32 --arg i32:1024 --stats 2>&1 | FileCheck %s --check-prefix=STATS
# RUN: %python %S/Inputs/npy.py print %t.c.npy | FileCheck %s
# STATS: vadd on mlu370-x8: {{[0-9]+}} instructions, {{.*}} ms on the host
# CHECK: float32 (1024,): 1.0 4.0 7.0 10.0
# CHECK-SAME: 3067.0 3070.0{{$}}

# RUN: not %dlp-run %t.elf vadd --dim 10 --type union4 --arg in:%t.a.npy --arg in:%t.b.npy \
# RUN:   --arg out:%t.d.npy:shape=1024:dtype=float32 --arg i32:1024 2>&1 | FileCheck %s --check-prefix=DIM
# DIM: dlp-run: kernel vadd is launched as UNION4 with dimension x = 10, expected a multiple of 16 (4 clusters of 4 cores)

# A result that is too short: a fault, exit code 1, and no file.
# RUN: not %dlp-run %t.elf vadd --dim 16 --type union4 --arg in:%t.a.npy --arg in:%t.b.npy \
# RUN:   --arg out:%t.d.npy:shape=1000:dtype=float32 --arg i32:1024 2>&1 | FileCheck %s --check-prefix=FAULT
# RUN: not ls %t.d.npy
# FAULT: kernel fault: access out of bounds
# FAULT-NEXT: what {{.*}}st.gdram.nram: dst: 256 bytes at 0x{{[0-9a-f]+}} reach 96 bytes past the end of the allocation of 4000 bytes
# FAULT: kernel {{ *}}vadd
# FAULT-NEXT: task {{ *}}15 on cluster 3, core 3
# FAULT-NEXT: instruction st.gdram.nram {{.*}} (pc 0x{{.*}}, io queue)
# FAULT-NEXT: memory {{ *}}GDRAM 0x{{.*}}, 256 bytes

# RUN: not %dlp-run %t.elf vadd --arg in:%t.a.npy 2>&1 | FileCheck %s --check-prefix=COUNT
# COUNT: dlp-run: kernel vadd takes 4 parameters (pointer, pointer, pointer, 4 bytes), but 1 --arg options are given
# RUN: not %dlp-run %t.elf vadd --arg in:%t.a.npy --arg in:%t.b.npy --arg null --arg in:%t.a.npy 2>&1 | FileCheck %s --check-prefix=KIND
# KIND: parameter 4 of kernel vadd is a value of 4 bytes, no pointer
# RUN: not %dlp-run %t.elf vadd --machine mlu270 --arg null --arg null --arg null --arg i32:0 2>&1 | FileCheck %s --check-prefix=ARCH
# ARCH: dlp-run: this program is compiled for arch 372, but machine mlu270 runs arch 270;
# RUN: not %dlp-run %t.elf vsub 2>&1 | FileCheck %s --check-prefix=NAME
# NAME: dlp-run: no kernel is called 'vsub', expected one of: vadd
# RUN: %dlp-run %t.elf --list-kernels | FileCheck %s --check-prefix=LIST
# LIST: arch 372, 1 kernel
# LIST: vadd
# LIST: parameters  pointer(8 bytes) pointer(8 bytes) pointer(8 bytes) value(4 bytes)
  .text
  .globl vadd
vadd:
  csrr t0, 0xcc8
  li t1, 0x80
  beq t0, t1, done
  ld s0, 0(a0)
  ld s1, 8(a0)
  ld s2, 16(a0)
  lw s3, 24(a0)
  csrr t0, 0xcc4
  divu s3, s3, t0
  slli s4, s3, 2
  csrr t0, 0xcc0
  mul t0, t0, s4
  add s0, s0, t0
  add s1, s1, t0
  add s2, s2, t0
  li t0, 0x200000
  add t1, t0, s4
  ld.async.nram.gdram t0, s0, s4
  ld.async.nram.gdram t1, s1, s4
  sync.io
  vadd.f32 t0, t0, t1, s3
  st.gdram.nram s2, t0, s4
done:
  exit
