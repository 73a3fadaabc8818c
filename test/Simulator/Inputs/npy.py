"""Writes and prints .npy files for tests, without NumPy.

npy.py write <file> <dtype> <shape> <expression of i>     npy.py write a.npy float32 4,2 'i * 0.5'
npy.py print <file>                                       float32 (4, 2): 0.0 0.5 1.0 ...
"""
import ast
import math
import struct
import sys

CODES = {"float32": ("<f4", "f"), "float16": ("<f2", "e"), "float64": ("<f8", "d"), "int8": ("|i1", "b"),
         "int16": ("<i2", "h"), "int32": ("<i4", "i"), "int64": ("<i8", "q"), "uint8": ("|u1", "B"),
         "uint16": ("<u2", "H"), "uint32": ("<u4", "I"), "uint64": ("<u8", "Q"), "bool": ("|b1", "?")}


def write(path, dtype, shape, expression):
    descr, code = CODES[dtype]
    dims = tuple(int(n) for n in shape.split(",") if n)
    count = math.prod(dims)
    values = [eval(expression, {"i": i, "math": math}) for i in range(count)]
    header = str({"descr": descr, "fortran_order": False, "shape": dims})
    header += " " * ((-len(header) - 11) % 64) + "\n"
    with open(path, "wb") as f:
        f.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode())
        f.write(struct.pack(f"<{count}{code}", *values))


def show(path):
    data = open(path, "rb").read()
    length = struct.unpack("<H", data[8:10])[0]
    header = ast.literal_eval(data[10:10 + length].decode())
    dtype, code = next((name, c) for name, (descr, c) in CODES.items() if descr == header["descr"])
    count = math.prod(header["shape"])
    values = struct.unpack(f"<{count}{code}", data[10 + length:])
    print(f"{dtype} {header['shape']}:", *values)


if sys.argv[1] == "write":
    write(*sys.argv[2:])
else:
    show(sys.argv[2])
