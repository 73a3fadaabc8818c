# Vector registers in memory.
# RUN: %dlp-as %s -o %t.o
# RUN: %dlp-objdump --no-source %t.o | FileCheck %s

# CHECK: 00c7e8000358b53f vv.f32.add a0, a1, a2, a3
vv.f32.add a0, a1, a2, a3

# CHECK: 0317e8000358b53f vv.u32.trixor a0, a1, a2, a3
vv.u32.trixor a0, a1, a2, a3

# CHECK: 0043ec000018b53f vv.index.f16 a0, a1, a2
vv.index.f16 a0, a1, a2

# CHECK: 0003f0000018b53f vv.move a0, a1, a2
vv.move a0, a1, a2
