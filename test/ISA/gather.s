# Scattered copies, tables and locks.
# RUN: %dlp-as %s -o %t.o
# RUN: %dlp-objdump --no-source %t.o | FileCheck %s

# CHECK: 0302220f7358b53f gather.u32 a0, a1, a2, a3, a4, a5, a6
gather.u32 a0, a1, a2, a3, a4, a5, a6

# CHECK: 0282260f7358b53f gather.async.u8 a0, a1, a2, a3, a4, a5, a6
gather.async.u8 a0, a1, a2, a3, a4, a5, a6

# CHECK: 02c22a0f7358b53f scatter.u16 a0, a1, a2, a3, a4, a5, a6
scatter.u16 a0, a1, a2, a3, a4, a5, a6

# CHECK: 03022e0f7358b53f scatter.async.u32 a0, a1, a2, a3, a4, a5, a6
scatter.async.u32 a0, a1, a2, a3, a4, a5, a6

# CHECK: 648230007358b53f vlut.b32.u32 a0, a1, a2, a3, a4
vlut.b32.u32 a0, a1, a2, a3, a4

# CHECK: 544230007358b53f vlut.b16.u8 a0, a1, a2, a3, a4
vlut.b16.u8 a0, a1, a2, a3, a4

# CHECK: 000234000000b53f lock a0, a1
lock a0, a1

# CHECK: 000238000000b53f unlock a0, a1
unlock a0, a1
