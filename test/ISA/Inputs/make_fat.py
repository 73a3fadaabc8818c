"""make_fat.py OUTPUT (ARCH IMAGE)...: writes a fat object (codegen/object/ImageFormat.h), independently of the C++ writer."""
import struct
import sys


def checksum(data):
    value = 0xCBF29CE484222325
    for byte in data:
        value = ((value ^ byte) * 0x100000001B3) & (2**64 - 1)
    return value


def main():
    output, rest = sys.argv[1], sys.argv[2:]
    images = [(int(arch), open(path, "rb").read()) for arch, path in zip(rest[::2], rest[1::2])]
    offset = 24 + 32 * len(images)
    entries, body = b"", b""
    for arch, data in images:
        padding = -offset % 16
        body += bytes(padding) + data
        offset += padding
        entries += struct.pack("<IIQQQ", arch, 0, offset, len(data), checksum(data))
        offset += len(data)
    with open(output, "wb") as file:
        file.write(b"BANGFAT1" + struct.pack("<IIQ", len(images), 0, offset) + entries + body)


main()
