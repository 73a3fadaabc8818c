# What a kernel says to the host, and how it ends.
# RUN: %dlp-as %s -o %t.o
# RUN: %dlp-objdump --no-source %t.o | FileCheck %s

# CHECK: 000340000358b53f print a0, a1, a2, a3
print a0, a1, a2, a3

# CHECK: 000344000358b53f assert.fail a0, a1, a2, a3
assert.fail a0, a1, a2, a3

# CHECK: 000348000000053f trap a0
trap a0

# CHECK: 00034c000000003f exit
exit
