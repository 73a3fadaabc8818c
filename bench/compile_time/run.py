#!/usr/bin/env python3
"""How long bangcc takes, compared with Clang on the host half of the same files.

Usage: run.py [--build DIR] [--runs N] [--limit RATIO]

Compiles each file of samples/vector_add with `bangcc -O2 -c`, and its host twin (the same file without kernels, launches
turned into calls) with `clang++-22 -O2 -c`. The two take turns, so that a busy machine slows both. Prints the median of the ratios of
the runs. With --limit the exit code is 1 when it is above.
"""
import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time

GOAL = 3.0  # bangcc compiles host and device code, so 2 would be the same speed for each half
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def host_twin(text):
    """The host half of a .mlu file as C++: kernels become declarations, launches calls."""
    text = re.sub(r"^__mlu_global__ ([^{]*?) \{.*?^\}$", r"\1;", text, flags=re.M | re.S)
    text = re.sub(r"^__mlu_func__ .*$", "", text, flags=re.M)  # device functions of the sample stand on one line
    text = re.sub(r"<<<.*?>>>", "", text, flags=re.S)
    left = re.search(r"__mlu_\w+|__bang_\w+|__nram__", text)
    if left:
        sys.exit(f"the host twin still contains {left.group(0)}; adapt host_twin() to the sample")
    return text


def seconds(command):
    start = time.perf_counter()
    run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if run.returncode:
        sys.exit(f"{' '.join(command)}\n{run.stdout}")
    return time.perf_counter() - start


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--build", default=os.path.join(ROOT, "build", "release"), help="build tree with bin/bangcc")
    options.add_argument("--runs", type=int, default=9, help="runs; the first is not counted")
    options.add_argument("--limit", type=float, help="fail when the ratio is above")
    args = options.parse_args()
    if args.runs < 2:
        options.error("--runs must be at least 2: the first is not counted")
    bangcc = os.path.join(args.build, "bin", "bangcc")
    if not os.access(bangcc, os.X_OK):
        sys.exit(f"no bangcc in {args.build}/bin; build it or say --build DIR")

    sample = os.path.join(ROOT, "samples", "vector_add")
    sources = sorted(name for name in os.listdir(sample) if name.endswith(".mlu"))
    with tempfile.TemporaryDirectory() as scratch:
        for name in os.listdir(sample):
            if name.endswith((".mlu", ".h")):
                with open(os.path.join(sample, name), encoding="utf-8") as source:
                    twin = host_twin(source.read())
                with open(os.path.join(scratch, name.replace(".mlu", ".cpp")), "w", encoding="utf-8") as file:
                    file.write(twin)
        with open(os.path.join(scratch, "bang.h"), "w", encoding="utf-8") as file:
            file.write("// The host twin needs nothing of the device half.\n")
        output = os.path.join(scratch, "out.o")
        include = os.path.join(ROOT, "runtime", "include")
        pairs = []
        for _ in range(args.runs):
            ours = sum(seconds([bangcc, "-O2", "-c", os.path.join(sample, name), "-o", output]) for name in sources)
            clang = sum(seconds(["clang++-22", "-std=c++17", "-O2", "-I", scratch, "-I", include, "-c",
                                 os.path.join(scratch, name.replace(".mlu", ".cpp")), "-o", output]) for name in sources)
            pairs.append((ours, clang))
    pairs = pairs[1:]
    ratio = statistics.median(ours / clang for ours, clang in pairs)
    print(f"{len(sources)} files, {len(pairs)} runs, medians: bangcc {statistics.median(p[0] for p in pairs):.2f} s, "
          f"clang++-22 (host half only) {statistics.median(p[1] for p in pairs):.2f} s")
    print(f"ratio {ratio:.2f}, goal at most {GOAL:.2f}")
    sys.exit(1 if args.limit is not None and ratio > args.limit else 0)


if __name__ == "__main__":
    main()
