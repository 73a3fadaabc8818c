"""Every scalar instruction of the simulator against QEMU, on edge operands.

    scalar.py <ScalarOps.inc> <output folder> <dlp-as> <dlp-run> <clang> <npy.py>

The list of instructions is the simulator's own table: each row gets a block of assembly that runs it on all pairs (or
triples) of edge operands, in every rounding mode, and stores results and exception flags. The same blocks become a
Linux program for qemu-riscv64 and a kernel for dlp-run; what they leave in memory must be equal. Instructions newer
than Debian's QEMU, or wrong in it, are compared with functions of this file instead. A row without a block is an error.
"""
import itertools
import os
import random
import re
import struct
import subprocess
import sys
from fractions import Fraction

MARCH = "rv64gc_zfh_zfbfmin_zba_zbb_zbs_zicond"
QEMU_CPU = "rv64,Zfh=true,zba=true,zbb=true,zbs=true"
# Rows that end a program or the task instead of giving a result; other tests run them.
NO_RESULT = {"ecall", "ebreak"}
NEWER_THAN_QEMU = {"czero.eqz", "czero.nez", "fcvt.bf16.s", "fcvt.s.bf16"}
# QEMU 7.2 counts the zeros of the upper word when the lower one is 0.
WRONG_IN_QEMU = {"ctzw"}

rng = random.Random(20261121)
INTS = [0, 1, 2, 3, 0x1f, 0x3f, 0x7f, 0x80, 0xff, 0x8000, 0xffff, 2**31 - 1, 2**31, 2**32 - 1, 2**32, 2**63 - 1, 2**63,
        2**64 - 1, 2**64 - 2, 2**64 - 2**31, 0x5555555555555555, 0x123456789abcdef0] + [rng.getrandbits(64) for _ in range(3)]
SMALL_INTS = [0, 1, 2**64 - 1, 2**31 - 1, 2**31, 2**63, 0x123456789abcdef0]

FORMATS = {"S": (8, 23, 32), "D": (11, 52, 64), "H": (5, 10, 16)}


def box(bits, width):
    return bits | (2**64 - 2**width)


def float_edges(kind):
    """Bit patterns, boxed as registers hold them, and some that are not boxed."""
    exponent, fraction, width = FORMATS[kind]
    one = (2**(exponent - 1) - 1) << fraction
    inf = (2**exponent - 1) << fraction
    sign = 1 << (width - 1)

    def power(n):
        return one + (n << fraction)
    values = [0, 1, 2**fraction - 1, 2**fraction, 2**fraction + 1, one, one + 1, one - 1, power(1), power(-1),
              one + 2**(fraction - 1), power(1) + 2**(fraction - 2), inf - 1, inf, one + one // 5,
              inf | 1, inf | 2**(fraction - 1), inf | 2**(fraction - 1) | 1]
    limits = [7, 8, 15] + ([16, 31, 32, 63, 64, -24, -25, -14] if kind != "H" else [11, -14 // 2])
    values += [power(n) for n in limits] + [power(n) - 1 for n in limits if n > 0]
    if kind == "D":
        values += [power(n) for n in (127, 128, -126, -149, -150)] + [power(128) - 2**29, power(16) - 2**41]
    if kind == "S":
        values += [0x477ff000, 0x477fefff, 0x33000000, 0x33000001, 0x387fe000]
    values = sorted(set(values))
    values += [v | sign for v in values]
    values = [box(v, width) for v in values]
    if kind != "D":
        values += [one, 2**64 - 2**33 | one]
    return values


EDGES = {kind: float_edges(kind) for kind in FORMATS}
# Triples are many: a third of the values, chosen for variety.
FEW = {kind: [values[i] for i in range(0, len(values), max(1, len(values) // 13))] for kind, values in EDGES.items()}
FEW["D"] = FEW["D"][:14]


class Program:
    """Assembly of blocks, the operand table they read, and how many words they write."""

    def __init__(self):
        self.lines, self.table, self.words, self.blocks, self.label = [], [], 0, [], 0

    def operands(self, values):
        """Offset of the values in the table."""
        at = len(self.table)
        for i in range(len(self.table) - len(values) + 1):
            if self.table[i:i + len(values)] == values:
                return i * 8
        self.table += values
        return at * 8

    def new_label(self):
        self.label += 1
        return f"L{self.label}"

    def emit(self, text):
        self.lines += text.strip("\n").split("\n")

    def store(self, *registers):
        for register in registers:
            self.emit(f"  sd {register}, 0(s11)\n  addi s11, s11, 8")

    def block(self, name, tables, body, results):
        """Loops over the product of tables: `body` finds operands in t0, t1, t2 and leaves results in registers."""
        count = 1
        for values in tables:
            count *= len(values)
        self.blocks.append((name, self.words, len(results), tables))
        self.words += count * len(results)
        loops = []
        for depth, values in enumerate(tables):
            here = self.new_label()
            loops.append(here)
            self.emit(f"  li s{2 + depth}, {self.operands(values)}\n  add s{2 + depth}, s{2 + depth}, s10\n"
                      f"  li s{5 + depth}, {len(values)}\n{here}:\n  ld t{depth}, 0(s{2 + depth})")
        # The inner registers may be changed by the body: outer operands are loaded again.
        for depth in range(len(tables) - 1):
            self.emit(f"  ld t{depth}, 0(s{2 + depth})")
        self.emit(body)
        self.store(*results)
        for depth in reversed(range(len(tables))):
            self.emit(f"  addi s{2 + depth}, s{2 + depth}, 8\n  addi s{5 + depth}, s{5 + depth}, -1\n"
                      f"  bnez s{5 + depth}, {loops[depth]}")


def word(match, rd=0, rs1=0, rs2=0, rs3=0, rm=0):
    return f"  .4byte {match | rd << 7 | rm << 12 | rs1 << 15 | rs2 << 20 | rs3 << 27:#x}"


T0, T1, T2, T3 = 5, 6, 7, 28
MODES = [(mode, None) for mode in range(5)] + [(7, 2), (7, 3)]
FROM_BITS = {"S": "fmv.w.x", "D": "fmv.d.x", "H": "fmv.h.x"}


def load_float(register, source):
    # Whole registers, so that badly boxed values arrive as they are.
    return f"  fmv.d.x {register}, {source}\n"


def float_rows(program, name, match, kind, types):
    """`types`: of rd and of the sources."""
    to, source = types
    edges = EDGES.get(source)
    rounds = kind in ("F1", "F2", "F3", "FToX", "XToF")
    for rm, frm in MODES if rounds else [(None, None)]:
        setup = f"  fsrmi {frm}\n" if frm is not None else ""
        clear = "  fsflags zero\n"
        read = "  frflags t5\n" + ("  fsrmi 0\n" if frm is not None else "")
        mode = 0 if rm is None else rm
        title = name if rm is None else f"{name} rm={rm}" + (f" frm={frm}" if frm is not None else "")
        if kind == "F3":
            few = FEW[source]
            code = "".join(load_float(f, t) for f, t in (("fa0", "t0"), ("fa1", "t1"), ("fa2", "t2")))
            code += setup + clear + word(match, 13, 10, 11, 12, mode) + "\n" + read + "  fmv.x.d t4, fa3"
            program.block(title, [few, few, few], code, ["t4", "t5"])
        elif kind in ("F2", "F2Exact", "FCompare"):
            code = load_float("fa0", "t0") + load_float("fa1", "t1") + setup + clear
            rd = 29 if kind == "FCompare" else 13
            code += word(match, rd, 10, 11, 0, mode if rounds else 0) + "\n" + read
            code += "" if kind == "FCompare" else "  fmv.x.d t4, fa3"
            program.block(title, [edges, edges], code, ["t4", "t5"])
        elif kind == "F1":
            code = load_float("fa0", "t0") + setup + clear + word(match, 13, 10, 0, 0, mode) + "\n" + read + "  fmv.x.d t4, fa3"
            program.block(title, [edges], code, ["t4", "t5"])
        elif kind in ("FToX", "FToXExact"):
            code = load_float("fa0", "t0") + setup + clear + word(match, 29, 10, 0, 0, mode) + "\n" + read
            program.block(title, [edges], code, ["t4", "t5"])
        elif kind in ("XToF", "XToFExact"):
            code = setup + clear + word(match, 13, T0, 0, 0, mode) + "\n" + read + "  fmv.x.d t4, fa3"
            program.block(title, [INTS + [2**k + d for k in (11, 24, 53) for d in (-1, 0, 1, 3)]], code, ["t4", "t5"])


def integer_row(program, name, match, mask, kind):
    if kind == "R":
        program.block(name, [INTS, INTS], word(match, 29, T0, T1), ["t4"])
        program.block(name + " rd=rs1", [SMALL_INTS, SMALL_INTS], word(match, T0, T0, T1), ["t0"])
        program.block(name + " x0", [SMALL_INTS, SMALL_INTS], word(match, 0, T0, T1) + "\n  mv t4, zero", ["t4"])
    elif kind == "Unary":
        program.block(name, [INTS], word(match, 29, T0), ["t4"])
    elif kind == "I":
        for imm in (0, 1, -1, 5, 2047, -2048, 0x555):
            program.block(f"{name} {imm}", [INTS], word(match | (imm & 0xfff) << 20, 29, T0), ["t4"])
    elif kind == "Shift":
        for amount in range(64 if not mask >> 25 & 1 else 32):
            program.block(f"{name} {amount}", [INTS], word(match | amount << 20, 29, T0), ["t4"])
    elif kind == "U":
        for imm in (0, 1, 0x7ffff, 0x80000, 0xfffff):
            code = word(match | imm << 12, 29)
            if name == "auipc":
                code += "\n  auipc t5, 0\n  sub t4, t4, t5"
            program.block(f"{name} {imm}", [[0]], code, ["t4"])
    elif kind == "B":
        program.block(name, [INTS, INTS], f"  li t4, 1\n  {name} t0, t1, 1f\n  li t4, 0\n1:", ["t4"])
        program.block(name + " back", [SMALL_INTS, SMALL_INTS],
                      f"  li t4, 1\n  j 2f\n1: addi t4, t4, 1\n  j 3f\n2: {name} t0, t1, 1b\n3:", ["t4"])
    elif kind == "J":
        program.block(name, [[0]], "  auipc t5, 0\n  jal t4, 1f\n  li t5, 0\n1: sub t4, t4, t5", ["t4"])
    elif name == "jalr":
        program.block(name, [[0, 1, 4, 5]], "  auipc t5, 0\n  add t3, t5, t0\n  jalr t4, 17(t3)\n  nop\n"
                      "  j 1f\n  j 1f\n1: sub t4, t4, t5", ["t4"])
    elif kind == "Load":
        at = program.operands(INTS) + 64
        for offset in (0, 8, -8, 5 if name in ("lb", "lbu") else 16):
            program.block(f"{name} {offset}", [[0, 8, 24, 48, 72]],
                          f"  li t3, {at}\n  add t3, t3, s10\n  add t3, t3, t0\n" + word(match | (offset & 0xfff) << 20, 29, T3), ["t4"])
    elif kind == "Store":
        for offset in (0, 8, -8):
            imm = (offset & 0xfe0) << 20 | (offset & 0x1f) << 7
            program.block(f"{name} {offset}", [INTS], "  li t4, -1\n  sd t4, 8(s9)\n  sd t4, 16(s9)\n  sd zero, 24(s9)\n  addi t3, s9, 16\n"
                          + word(match | imm, 0, T3, T0) + f"\n  ld t4, {16 + offset}(s9)", ["t4"])
    elif kind == "Atomic":
        if name.startswith("lr"):
            program.block(name, [INTS], "  sd t0, 0(s9)\n" + word(match, 29, 25), ["t4"])
        elif name.startswith("sc"):
            lr = name.replace("sc", "lr")
            program.block(name, [INTS, SMALL_INTS], f"  sd t0, 0(s9)\n  {lr} t3, (s9)\n" + word(match, 29, 25, T1) + "\n  ld t5, 0(s9)",
                          ["t4", "t5"])
            program.block(name + " without lr", [SMALL_INTS], f"  sd t0, 0(s9)\n  {lr} t3, (s9)\n  {name} t3, t0, (s9)\n"
                          + word(match, 29, 25, T1) + "\n  snez t4, t4", ["t4"])
        else:
            program.block(name, [INTS, INTS], "  sd t0, 0(s9)\n" + word(match, 29, 25, T1) + "\n  ld t5, 0(s9)", ["t4", "t5"])
    elif kind in ("Csr", "CsrImm"):
        values = [0, 1, 5, 0x1f, 0x77, 0xff] if kind == "Csr" else [0]
        for number in (1, 2, 3):
            for imm in (0, 1, 9, 31) if kind == "CsrImm" else (T0, 0):
                program.block(f"{name} {number} {imm}", [values],
                              "  li t3, 0x35\n  csrw fcsr, t3\n" + word(match | number << 20, 29, imm)
                              + "\n  csrr t5, fcsr\n  csrw fcsr, zero", ["t4", "t5"])
    elif kind == "FLoad":
        at = program.operands(INTS)
        program.block(name, [[8 * i for i in range(len(INTS))]], f"  li t3, {at}\n  add t3, t3, s10\n  add t3, t3, t0\n"
                      + word(match, 10, T3) + "\n  fmv.x.d t4, fa0", ["t4"])
    elif kind == "FStore":
        program.block(name, [INTS], "  li t4, -1\n  sd t4, 0(s9)\n  fmv.d.x fa0, t0\n" + word(match, 0, 25, 10) + "\n  ld t4, 0(s9)", ["t4"])
    elif kind == "None":
        program.block(name, [[0]], word(match) + "\n  li t4, 1", ["t4"])
    else:
        raise SystemExit(f"scalar.py: the format '{kind}' of '{name}' has no block; add one to integer_row()")


COMPRESSED = (
    [f"c.li t4, {i}" for i in range(-32, 32)] + [f"c.addi t4, {i}" for i in range(-32, 32) if i]
    + [f"c.addiw t4, {i}" for i in range(-32, 32)]
    + [f"c.lui t4, {i}" for i in (*range(1, 32), *range(0xfffe0, 0x100000))]
    + [f"c.{op} {r}, {i}" for op, r in (("slli", "t4"), ("srli", "a4"), ("srai", "a4")) for i in range(1, 64)]
    + [f"c.andi a4, {i}" for i in range(-32, 32)] + ["c.mv t4, t1", "c.add t4, t1"]
    + [f"c.{op} a4, a5" for op in ("sub", "xor", "or", "and", "subw", "addw")]
    + [f"c.lw a4, {i}(a3)" for i in range(0, 128, 4)] + [f"c.ld a4, {i}(a3)" for i in range(0, 256, 8)]
    + [f"c.fld fa4, {i}(a3)" for i in range(0, 256, 8)]
    + [f"c.lwsp t4, {i}(sp)" for i in range(0, 256, 4)] + [f"c.ldsp t4, {i}(sp)" for i in range(0, 512, 8)]
    + [f"c.fldsp fa4, {i}(sp)" for i in range(0, 512, 8)]
    + [f"c.addi4spn a4, sp, {i}" for i in range(4, 1024, 4)]
    + [f"c.addi16sp sp, {i}" for i in range(-512, 512, 16) if i])
COMPRESSED_STORES = (
    [f"c.sw a4, {i}(a3)" for i in range(0, 128, 4)] + [f"c.sd a4, {i}(a3)" for i in range(0, 256, 8)]
    + [f"c.fsd fa4, {i}(a3)" for i in range(0, 256, 8)] + [f"c.swsp t1, {i}(sp)" for i in range(0, 256, 4)]
    + [f"c.sdsp t1, {i}(sp)" for i in range(0, 512, 8)] + [f"c.fsdsp fa4, {i}(sp)" for i in range(0, 512, 8)])


def rvc(text):
    return f"  .option push\n  .option rvc\n  {text}\n  .option pop\n"


def compressed_rows(program):
    """sp and a3 point into the table (loads) or the scratch memory (stores); all else comes from operands."""
    pairs = [[0x123456789abcdef0, 2**64 - 5], [0xf, 0x7fffffff80000001]]
    at = program.operands(INTS)
    program.operands([rng.getrandbits(64) for _ in range(64)])  # what loads at large offsets find
    setup = (f"  mv t6, sp\n  li a3, {at}\n  add a3, a3, s10\n  mv sp, a3\n  mv t4, t0\n  mv a4, t0\n  mv a5, t1\n"
             "  fmv.d.x fa4, t1\n")
    for text in COMPRESSED:
        result = "fa4" if "fld" in text else re.match(r"\S+ (\w+)", text)[1]
        code = setup + rvc(text)
        code += f"  fmv.x.d a4, {result}\n" if result == "fa4" else f"  mv a4, {result}\n"
        code += "  sub a4, a4, a3\n" if "4spn" in text or "16sp" in text else ""
        program.block(text, pairs, code + "  mv sp, t6", ["a4"])
    for text in COMPRESSED_STORES:
        offset = int(re.search(r"(\d+)\(", text)[1]) // 8 * 8
        code = setup + f"  mv a3, s9\n  mv sp, s9\n  sd zero, {offset}(s9)\n{rvc(text)}  ld a4, {offset}(s9)\n  mv sp, t6"
        program.block(text, pairs, code, ["a4"])
    for op, want in (("beqz", "c.beqz a4, 1f"), ("bnez", "c.bnez a4, 1f"), ("j", "c.j 1f")):
        program.block("c." + op, [[0, 1, 2**63]], f"  mv a4, t0\n  li t4, 1\n{rvc(want)}  li t4, 0\n1:", ["t4"])
    program.block("c.jr", [[0]], f"  lla t3, 1f\n  li t4, 1\n{rvc('c.jr t3')}  li t4, 0\n1:", ["t4"])
    program.block("c.jalr", [[0]], f"  mv t6, ra\n  lla t3, 1f\n{rvc('c.jalr t3')}1: sub t4, ra, t3\n  mv ra, t6", ["t4"])
    program.block("c.nop", [[0]], rvc("c.nop") + "  li t4, 1", ["t4"])


def rows(path):
    text = open(path).read()
    for macro, _, name, match, mask, kind in re.findall(
            r'DLP_(SCALAR|FLOAT)\((\w+), "([^"]+)", (0x\w+), (0x\w+), (\w+)\)', text):
        yield macro == "FLOAT", name, int(match, 16), int(mask, 16), kind


def build(path):
    common, newer = Program(), Program()
    for program in (common, newer):
        program.operands(INTS)
    for is_float, name, match, mask, kind in rows(path):
        if name in NO_RESULT:
            continue
        program = newer if name in NEWER_THAN_QEMU | WRONG_IN_QEMU else common
        if is_float:
            for bits, letter in enumerate("SDH"):
                float_rows(program, f"{name}.{letter.lower()}", match | bits << 25, kind, (letter, letter))
        elif kind in ("F1", "F2", "F3"):
            letter = {"s": "S", "d": "D", "h": "H", "bf16": "H"}[name.split(".")[-1]]
            float_rows(program, name, match, kind, (letter, letter))
        else:
            integer_row(program, name, match, mask, kind)
    compressed_rows(common)
    return common, newer


# The same blocks in two frames. s10: operand table, s11: where results go, s9: 1 KiB of scratch memory.
LINUX = """
  .globl _start
_start:
  lla s10, table
  lla s11, results
  lla s9, scratch
  call blocks
  lla a1, results
  sub a2, s11, a1
1:
  li a0, 1
  li a7, 64
  ecall
  add a1, a1, a0
  sub a2, a2, a0
  bgtz a2, 1b
  li a0, 0
  li a7, 93
  ecall
"""
KERNEL = """
  .globl k
k:
  ld s10, 0(a0)
  ld s11, 8(a0)
  ld s9, 16(a0)
  call blocks
  exit
"""


def body(program):
    text = "  .option push\n  .option norelax\n  .option norvc\nblocks:\n  addi sp, sp, -16\n  sd ra, 0(sp)\n"
    # Long loops need far branches: the assembler relaxes `bnez` to a jump by itself.
    return text + "\n".join(program.lines) + "\n  ld ra, 0(sp)\n  addi sp, sp, 16\n  ret\n  .option pop\n"


def write_npy(path, values):
    header = str({"descr": "<u8", "fortran_order": False, "shape": (len(values),)})
    header += " " * ((-len(header) - 11) % 64) + "\n"
    with open(path, "wb") as f:
        f.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode() + struct.pack(f"<{len(values)}Q", *values))


def read_npy(path):
    data = open(path, "rb").read()
    start = 10 + struct.unpack("<H", data[8:10])[0]
    return list(struct.unpack(f"<{(len(data) - start) // 8}Q", data[start:]))


def on_simulator(program, folder, name, dlp_as, dlp_run):
    base = os.path.join(folder, name)
    with open(base + ".s", "w") as f:
        f.write("  .text\n" + KERNEL + body(program))
    subprocess.run([dlp_as, "--link", "--kernel", "k(ptr,ptr,ptr)", base + ".s", "-o", base + ".elf"], check=True)
    write_npy(base + ".in.npy", program.table)
    subprocess.run([dlp_run, base + ".elf", "k", "--arg", f"in:{base}.in.npy", "--arg",
                    f"out:{base}.out.npy:shape={program.words}:dtype=uint64", "--arg",
                    f"out:{base}.scratch.npy:shape=128:dtype=uint64"], check=True, stdout=subprocess.DEVNULL)
    return read_npy(base + ".out.npy")


def on_qemu(program, folder, clang):
    base = os.path.join(folder, "linux")
    with open(base + ".s", "w") as f:
        f.write("  .text\n" + LINUX + body(program) + "  .data\n  .balign 16\ntable:\n")
        f.writelines(f"  .8byte {value:#x}\n" for value in program.table)
        f.write(f"  .bss\n  .balign 16\nscratch: .zero 1024\nresults: .zero {program.words * 8 + 64}\n")
    subprocess.run([clang, "--target=riscv64-unknown-linux-gnu", f"-march={MARCH}", "-nostdlib", "-static", "-fuse-ld=lld",
                    base + ".s", "-o", base], check=True)
    output = subprocess.run(["qemu-riscv64", "-cpu", QEMU_CPU, base], check=True, stdout=subprocess.PIPE).stdout
    return list(struct.unpack(f"<{len(output) // 8}Q", output))


def round_to_bfloat(bits, mode):
    """fcvt.bf16.s on an unboxed float: (bits, flags)."""
    sign, magnitude = bits >> 31, bits & 0x7fffffff
    if magnitude > 0x7f800000:
        return 0x7fc0, 0 if bits & 0x400000 else 0x10
    if magnitude == 0x7f800000:
        return bits >> 16, 0
    exponent = max(magnitude >> 23, 1)
    value = Fraction(magnitude & 0x7fffff | (0x800000 if magnitude >> 23 else 0)) * Fraction(2) ** (exponent - 150)
    down = magnitude >> 16
    rest = magnitude & 0xffff
    up = {0: rest > 0x8000 or (rest == 0x8000 and down & 1), 1: False, 2: sign and rest, 3: not sign and rest, 4: rest >= 0x8000}[mode]
    result = down + bool(up)
    flags = 1 if rest else 0
    if result >= 0x7f80:
        flags |= 4
    # Tininess after rounding: would a result of unbounded exponent be below the smallest normal number?
    if rest and value < Fraction(2) ** -126:
        ulp = Fraction(2) ** -134 if value >= Fraction(2) ** -127 else Fraction(0)
        scaled = value / ulp if ulp else Fraction(0)
        part = scaled - int(scaled)
        rounds_up = {0: part > Fraction(1, 2) or (part == Fraction(1, 2) and int(scaled) & 1), 1: False, 2: sign and part,
                     3: not sign and part, 4: part >= Fraction(1, 2)}[mode]
        if not (ulp and (int(scaled) + bool(rounds_up)) * ulp >= Fraction(2) ** -126):
            flags |= 2
    return sign << 15 | result, flags


def newer_result(name, operands):
    """What the words of a block say for one set of operands."""
    if name.startswith("czero"):
        a, b = operands
        zero = b == 0 if "eqz" in name else b != 0
        return [0 if zero and " x0" not in name else a if " x0" not in name else 0]
    bits = operands[0]
    if name == "ctzw":
        low = bits & 0xffffffff
        return [(low & -low).bit_length() - 1 if low else 32]
    boxed = bits & 0xffffffff if bits >> 32 == 0xffffffff else 0x7fc00000
    fields = dict(f.split("=") for f in name.split()[1:])
    mode = int(fields["frm"] if "frm" in fields else fields["rm"])
    if name.startswith("fcvt.bf16.s"):
        result, flags = round_to_bfloat(boxed, mode)
        return [box(result, 16), flags]
    half = bits & 0xffff if bits >> 16 == 2**48 - 1 else 0x7fc0
    if half & 0x7fff > 0x7f80:
        return [box(0x7fc00000, 32), 0 if half & 0x40 else 0x10]
    return [box(half << 16, 32), 0]


def expected_newer(program):
    words = []
    for name, _, _, tables in program.blocks:
        for operands in itertools.product(*tables):
            words += newer_result(name, operands)
    return words


def compare(program, got, want, oracle):
    wrong = 0
    for name, start, width, tables in program.blocks:
        for i, operands in enumerate(itertools.product(*tables)):
            at = start + i * width
            if got[at:at + width] != want[at:at + width]:
                wrong += 1
                if wrong <= 20:
                    shown = " ".join(f"{v:#x}" for v in operands)
                    print(f"{name} of {shown}: simulator {[hex(v) for v in got[at:at + width]]}, "
                          f"{oracle} {[hex(v) for v in want[at:at + width]]}")
    return wrong


def main():
    table, folder, dlp_as, dlp_run, clang = sys.argv[1:6]
    os.makedirs(folder, exist_ok=True)
    common, newer = build(table)
    wrong = compare(common, on_simulator(common, folder, "common", dlp_as, dlp_run), on_qemu(common, folder, clang), "QEMU")
    wrong += compare(newer, on_simulator(newer, folder, "newer", dlp_as, dlp_run), expected_newer(newer), "definition")
    names = {block[0].split()[0] for program in (common, newer) for block in program.blocks}
    print(f"{len(names)} instructions, {common.words + newer.words} results, {wrong} wrong")
    sys.exit(bool(wrong))


main()
