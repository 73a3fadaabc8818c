# Atomic operations: the element type, then the operation as the mode.
# RUN: %dlp-as %s -o %t.o
# RUN: %dlp-objdump --no-source %t.o | FileCheck %s

# CHECK: 00c60c0f7358b53f atom.f32.add a0, a1, a2, a3, a4, a5
atom.f32.add a0, a1, a2, a3, a4, a5

# CHECK: 02f6100f7358b53f atom.async.u16.exch a0, a1, a2, a3, a4, a5
atom.async.u16.exch a0, a1, a2, a3, a4, a5

# CHECK: 020a14000358b53f atom.3d.i32.max a0, a1, a2, a3
atom.3d.i32.max a0, a1, a2, a3

# CHECK: 009e18000358b53f atom.async.3d.bf16.number_min a0, a1, a2, a3
atom.async.3d.bf16.number_min a0, a1, a2, a3

# CHECK: 022a1e0f7358b53f atom.at.i32.xor a0, a1, a2, a3, a4, a5, a6
atom.at.i32.xor a0, a1, a2, a3, a4, a5, a6
