# Conversions carry destination, source and rounding.
# RUN: %dlp-as %s -o %t.o
# RUN: %dlp-objdump --no-source %t.o | FileCheck %s

# CHECK: 184180007358b53f vcvt.f16.f32 a0, a1, a2, a3, a4
vcvt.f16.f32 a0, a1, a2, a3, a4

# CHECK: 099580007358b53f vcvt.i8.f16.rd a0, a1, a2, a3, a4
vcvt.i8.f16.rd a0, a1, a2, a3, a4

# CHECK: 38d980007358b53f vcvt.f32.i16.rn a0, a1, a2, a3, a4
vcvt.f32.i16.rn a0, a1, a2, a3, a4

# CHECK: 1a85860f7358b53f vcvt.2d.u8.f32.tz a0, a1, a2, a3, a4, a5, a6
vcvt.2d.u8.f32.tz a0, a1, a2, a3, a4, a5, a6
