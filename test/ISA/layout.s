# Elements that change their place.
# RUN: %dlp-as %s -o %t.o
# RUN: %dlp-objdump --no-source %t.o | FileCheck %s

# CHECK: 0441e0000358b53f vtrans.b16 a0, a1, a2, a3
vtrans.b16 a0, a1, a2, a3

# CHECK: 0481e40f7358b53f vlanes.b32 a0, a1, a2, a3, a4, a5
vlanes.b32 a0, a1, a2, a3, a4, a5
