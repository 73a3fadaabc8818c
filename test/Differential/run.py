#!/usr/bin/env python3
"""Differential test: random programs must do the same on the simulated card and, as C++, on the host.

usage: run.py --bin DIR --clang CLANG --kind kernels|c --out DIR [--seed S] [--count N] [--batch N] [-O LEVEL]...
              [--host-flag FLAG]

Prints the seed, each mismatch by program, and counts. The same seed gives the same programs; a longer run is a larger
--count or another --seed.
"""
import argparse
import os
import random
import subprocess
import sys

import random_c
import random_kernel

HERE = os.path.dirname(os.path.abspath(__file__))
INPUTS = os.path.join(HERE, "Inputs")


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def execute(command):
    run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
    return run.returncode, run.stdout


def batch(options, kind, seed, first, count):
    """Generates, compiles and runs some programs; gives their number of mismatches at each level."""
    names = [f"p{first + k}" for k in range(count)]
    bodies = [kind.program(random.Random(f"{seed}/{name}"), name) for name in names]
    shape = kind.SHAPE
    stem = os.path.join(options.out, f"{options.kind}-{seed}-{first}")
    write(f"{stem}.inc", "\n".join(bodies))
    write(f"{stem}-host.cpp", f'#include "host_bang.h"\n#include "{stem}.inc"\n')
    parts = ", ".join(f"{{'{f}', {size}}}" for f, size in shape["parts"])
    table = "\n".join(
        f'    {{"{n}", host::{n}, [](void *o, const void *i, int n) {{ {n}<<<cnrtDim3_t{{1, 1, 1}}, cnrtFuncTypeBlock, '
        f'nullptr>>>(o, i, n); }}}},' for n in names)
    externs = "\n".join(f'void {n}(void *, const void *, int) __asm__("{n}");' for n in names)
    write(f"{stem}.mlu", f"""#include "device_bang.h"
#include "{stem}.inc"

#include <cmath>
#include "compare.h"

namespace host {{
{externs}
}}

int main() {{
  return compareAll({{
{table}
  }}, {{{parts}}}, {shape['floats']}, {shape['ints']}, {shape['runs']});
}}
""")
    host = [options.clang, "-std=c++17", "-O1", "-w", "-ffp-contract=off", "-Xclang", "-ffloat16-excess-precision=none",
            "-fno-strict-aliasing", "-I", INPUTS, *options.host_flag, "-c", f"{stem}-host.cpp", "-o", f"{stem}-host.o"]
    status, text = execute(host)
    if status:
        sys.exit(f"seed {seed}: the host does not compile {stem}.inc\n{text}")
    wrong = 0
    for level in options.O:
        status, text = execute([os.path.join(options.bin, "bangcc"), f"-O{level}", "-w", "-I", INPUTS, f"{stem}.mlu",
                                f"{stem}-host.o", "-o", f"{stem}-O{level}"])
        if status:
            print(f"seed {seed}: {stem}.mlu does not compile at -O{level}\n{text}")
            wrong += 1
            continue
        status, text = execute([f"{stem}-O{level}"])
        found = [line for line in text.splitlines() if line.startswith("MISMATCH")]
        for line in found:
            print(f"seed {seed} -O{level}: {line} ({stem}.inc)")
        if status and not found:
            print(f"seed {seed} -O{level}: {stem} ended with status {status}\n{text}")
            found = [text]
        wrong += len(found)
    return wrong


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", required=True)
    parser.add_argument("--clang", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--kind", choices=("kernels", "c"), required=True)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--batch", type=int, default=50)
    parser.add_argument("-O", action="append")
    parser.add_argument("--host-flag", action="append", default=[])
    options = parser.parse_args()
    options.O = options.O or ["0", "2"]
    os.makedirs(options.out, exist_ok=True)
    kind = random_kernel if options.kind == "kernels" else random_c
    wrong = 0
    for first in range(0, options.count, options.batch):
        wrong += batch(options, kind, options.seed, first, min(options.batch, options.count - first))
    levels = ", ".join(f"-O{level}" for level in options.O)
    print(f"seed {options.seed}: {options.count} {options.kind} programs at {levels}: {wrong} mismatches")
    sys.exit(1 if wrong or not options.count else 0)


main()
