"""npy.py write FILE VALUES... | npy.py show FILE: a .npy file of 32-bit floats, without numpy."""
import struct
import sys


def write(path, values):
    header = b"{'descr': '<f4', 'fortran_order': False, 'shape': (%d,), }" % len(values)
    header += b" " * (-(len(header) + 11) % 64) + b"\n"
    with open(path, "wb") as file:
        file.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header)
        file.write(struct.pack("<%df" % len(values), *values))


def show(path):
    data = open(path, "rb").read()
    body = data[10 + struct.unpack_from("<H", data, 8)[0]:]
    print(" ".join("%g" % value for value in struct.unpack("<%df" % (len(body) // 4), body)))


if sys.argv[1] == "write":
    write(sys.argv[2], [float(value) for value in sys.argv[3:]])
else:
    show(sys.argv[2])
