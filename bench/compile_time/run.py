#!/usr/bin/env python3
"""How long bangcc takes, compared with Clang on the host half of the same files.

Usage: run.py [--build DIR] [--runs N] [--limit RATIO]
       run.py [--build DIR] --real DIR [--top N] [--arch A] [-I DIR]... [-D NAME]...

Compiles each file of samples/vector_add with `bangcc -O2 -c`, and its host twin (the same file without kernels, launches
turned into calls) with `clang++-22 -O2 -c`. The two take turns, so that a busy machine slows both. Prints the median of the ratios of
the runs. With --limit the exit code is 1 when it is above.

With --real the largest .mlu files below a folder are compiled instead, one line for each: seconds and peak memory of
`bangcc -O2 -c` (host and device half) and of `clang++-22 -O2 -c` on the preprocessed host half of the same file.
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


def measured(command):
    """Seconds and peak memory in MB of a command; None when it fails."""
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    return (time.perf_counter() - start, usage.ru_maxrss / 1024) if child.returncode == 0 else None


def compare_real(args, bangcc):
    files = [os.path.join(folder, name) for folder, _, names in os.walk(args.real) for name in names
             if name.endswith(".mlu")]
    files = sorted(files, key=os.path.getsize, reverse=True)[:args.top]
    if not files:
        sys.exit(f"no .mlu file below {args.real}")
    flags = ["-w", "-std=c++17"] + [f"-I{i}" for i in args.include] + [f"-D{d}" for d in args.define]
    print(f"{'file':44} {'lines':>6} {'bangcc -O2 -c':>20} {'clang++-22, host half':>22} {'ratio':>6}")
    failed = 0
    with tempfile.TemporaryDirectory() as scratch:
        output, twin = os.path.join(scratch, "out.o"), os.path.join(scratch, "host.cu")
        for file in files:
            with open(file, encoding="utf-8", errors="replace") as source:
                lines = sum(1 for _ in source)
            ours = measured([bangcc, "-O2", f"--bang-mlu-arch={args.arch}", *flags, "-c", file, "-o", output])
            measured([bangcc, "-E", "--bang-host-only", *flags, file, "-o", twin])
            theirs = measured(["clang++-22", "-x", "cuda", "--cuda-host-only", "-nocudainc", "-nocudalib", "-Xclang",
                               "-target-sdk-version=12.9", "-std=c++17", "-w", "-O2", "-c", twin, "-o", output])
            failed += ours is None
            cells = [f"{m[0]:8.1f} s {m[1]:6.0f} MB" if m else "fails" for m in (ours, theirs)]
            ratio = f"{ours[0] / theirs[0]:6.1f}" if ours and theirs else ""
            print(f"{os.path.basename(file):44} {lines:6} {cells[0]:>20} {cells[1]:>22} {ratio:>6}", flush=True)
    sys.exit(1 if failed else 0)


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--build", default=os.path.join(ROOT, "build", "release"), help="build tree with bin/bangcc")
    options.add_argument("--runs", type=int, default=9, help="runs; the first is not counted")
    options.add_argument("--limit", type=float, help="fail when the ratio is above")
    options.add_argument("--real", metavar="DIR", help="compile the largest .mlu files below this folder")
    options.add_argument("--top", type=int, default=10, help="how many of them, default 10")
    options.add_argument("--arch", default="mtp_372", help="for --real, default mtp_372")
    options.add_argument("-I", dest="include", action="append", default=[], metavar="DIR")
    options.add_argument("-D", dest="define", action="append", default=[], metavar="NAME")
    args = options.parse_args()
    if args.runs < 2:
        options.error("--runs must be at least 2: the first is not counted")
    bangcc = os.path.join(args.build, "bin", "bangcc")
    if not os.access(bangcc, os.X_OK):
        sys.exit(f"no bangcc in {args.build}/bin; build it or say --build DIR")

    if args.real:
        compare_real(args, bangcc)

    sample = os.path.join(ROOT, "samples", "vector_add")
    sources = sorted(name for name in os.listdir(sample) if name.endswith(".mlu"))
    with tempfile.TemporaryDirectory() as folder:
        scratch = os.path.join(folder, "vector_add")
        os.mkdir(scratch)
        os.symlink(os.path.join(ROOT, "samples", "common"), os.path.join(folder, "common"))
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
