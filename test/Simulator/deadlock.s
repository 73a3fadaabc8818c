# The memory core leaves before a barrier that counts it: the launch ends with who waits where.
# RUN: %dlp-as --link --kernel 'k()' %s -o %t.elf
# RUN: not %dlp-run %t.elf k --dim 4 --type union1 2>&1 | FileCheck %s
# RUN: %dlp-run %t.elf k --dim 4 --type block
# CHECK: kernel fault: deadlock
# CHECK-NEXT: what {{ *}}every core waits and none can go on; at barrier.all ({{.*}}): core 0 of cluster 0, core 1 of cluster 0, core 2 of cluster 0, core 3 of cluster 0; already at the end of the kernel: memory core of cluster 0
# CHECK: instruction barrier.all (pc
  .text
  .globl k
k:
  csrr t0, 0xcc8
  li t1, 0x80
  beq t0, t1, 1f
  barrier.all
1:
  exit
