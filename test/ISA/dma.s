# Copies and fills: destination space, then source space.
# RUN: %dlp-as %s -o %t.o
# RUN: %dlp-objdump --no-source %t.o | FileCheck %s

# CHECK: 284240000018b53f ld.nram.gdram a0, a1, a2
ld.nram.gdram a0, a1, a2

# CHECK: 28424c000018b53f ld.async.nram.gdram a0, a1, a2
ld.async.nram.gdram a0, a1, a2

# CHECK: 2882440f7358b53f ld.2d.wram.gdram a0, a1, a2, a3, a4, a5
ld.2d.wram.gdram a0, a1, a2, a3, a4, a5

# CHECK: 09426c000358b53f st.async.4d.gdram.nram a0, a1, a2, a3
st.async.4d.gdram.nram a0, a1, a2, a3

# CHECK: 08c270000018b53f mv.sram.nram a0, a1, a2
mv.sram.nram a0, a1, a2

# CHECK: 294288000018b53f cp.gdram.gdram a0, a1, a2
cp.gdram.gdram a0, a1, a2

# CHECK: 0002a0000358b53f dma a0, a1, a2, a3
dma a0, a1, a2, a3

# CHECK: 0002b20f7358b53f dma.async.2d a0, a1, a2, a3, a4, a5, a6
dma.async.2d a0, a1, a2, a3, a4, a5, a6

# CHECK: 18c2b8000358b53f mv.cluster.sram.sram a0, a1, a2, a3
mv.cluster.sram.sram a0, a1, a2, a3

# CHECK: 0c82c0000018b53f set.b32.nram a0, a1, a2
set.b32.nram a0, a1, a2

# CHECK: 1c02cc007358b53f set.async.2d.b8.sram a0, a1, a2, a3, a4
set.async.2d.b8.sram a0, a1, a2, a3, a4

# CHECK: 2c42d0000018b53f setx.b16.gdram a0, a1, a2
setx.b16.gdram a0, a1, a2
