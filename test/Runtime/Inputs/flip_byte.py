"""flip_byte.py IN OUT: copies a program and changes one byte in the middle of its first device image."""
import struct
import sys

data = bytearray(open(sys.argv[1], "rb").read())
start = data.index(b"BANGFAT1")
offset, size = struct.unpack_from("<QQ", data, start + 24 + 8)  # codegen/object/ImageFormat.h: FatHeader, FatEntry
data[start + offset + size // 2] ^= 0x10
open(sys.argv[2], "wb").write(data)
