# Layouts: the mode says which.
# RUN: %dlp-as %s -o %t.o
# RUN: %dlp-objdump --no-source %t.o | FileCheck %s

# CHECK: 0485e8000358b53f vturn.b32.r90 a0, a1, a2, a3
vturn.b32.r90 a0, a1, a2, a3

# CHECK: 0411e8000358b53f vturn.b8.mirror a0, a1, a2, a3
vturn.b8.mirror a0, a1, a2, a3

# CHECK: 0445ec0f7358b53f vorder.b16.nchw a0, a1, a2, a3, a4, a5
vorder.b16.nchw a0, a1, a2, a3, a4, a5

# CHECK: 0481f0000358b53f vpad.b32 a0, a1, a2, a3
vpad.b32 a0, a1, a2, a3

# CHECK: 0401f4000358b53f vmaskmove.b8 a0, a1, a2, a3
vmaskmove.b8 a0, a1, a2, a3

# CHECK: 0541f8000018b53f vtile.b256 a0, a1, a2
vtile.b256 a0, a1, a2

# CHECK: 0001fc000018b53f vtile.3d a0, a1, a2
vtile.3d a0, a1, a2

# CHECK: 00cdd8000018b53f pindex.f32.nan_max a0, a1, a2
pindex.f32.nan_max a0, a1, a2

# CHECK: 0049dc000018b53f pvindex.f16.min a0, a1, a2
pvindex.f16.min a0, a1, a2

# CHECK: 0097e0000358b53f pback.bf16.avg a0, a1, a2, a3
pback.bf16.avg a0, a1, a2, a3

# CHECK: 00c3e4000018b53f pput.f32 a0, a1, a2
pput.f32 a0, a1, a2
