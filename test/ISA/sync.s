# Waiting for queues and for other cores.
# RUN: %dlp-as %s -o %t.o
# RUN: %dlp-objdump --no-source %t.o | FileCheck %s

# CHECK: 000300000000003f sync
sync

# CHECK: 000304000000003f sync.io
sync.io

# CHECK: 000308000000003f sync.move
sync.move

# CHECK: 00030c000000003f sync.compute
sync.compute

# CHECK: 000310000000b53f sync.mask a0, a1
sync.mask a0, a1

# CHECK: 000320000000003f barrier.cluster
barrier.cluster

# CHECK: 000324000000003f barrier.all
barrier.all

# CHECK: 000328000000003f barrier.cluster.ipu
barrier.cluster.ipu

# CHECK: 00032c000000003f barrier.all.ipu
barrier.all.ipu

# CHECK: 000330000000b53f barrier.local a0, a1
barrier.local a0, a1

# CHECK: 000334000000b53f barrier.global a0, a1
barrier.global a0, a1
