#!/usr/bin/env python3
"""Runs programs many times, on different numbers of host threads, under different tools, and with scalar code interpreted
or translated, and compares what they do.

usage: run.py --bin DIR --out DIR [--runs N] (--random COUNT [--seed S] | --source FILE.mlu ARGUMENT...)

What a program prints must be the same byte for byte every time; so must, where a run counts them, the instructions of
each launch. --random makes kernels with the generator of test/Differential and a program that prints checksums of all
memory they wrote; its tasks also race on purpose. Runs take turns through the ways of WAYS, so a number of runs that
covers each is the least; scripts/check --long asks for 100 (OPENBANG_LONG in the environment).
"""
import argparse
import os
import random
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
DIFFERENTIAL = os.path.join(os.path.dirname(HERE), "Differential")
sys.path.insert(0, DIFFERENTIAL)
import random_kernel  # noqa: E402

# Host threads, tool, whether a debugger's interface is attached (a core file is asked for, which never comes), and
# whether scalar code is translated.
WAYS = [("1", "stats", False, "0"), ("2", "stats", False, "0"), ("4", "stats", False, "eager"),
        ("7", "stats", False, "1"), ("2", "check:skip=race,report=/dev/null", False, "1"), ("2", "fidelity", False, "1"),
        ("2", "stats", True, "1"), ("2", "", False, "eager")]
HOST_TIME = re.compile(r"\b[\d.]+ ms\b")  # which samples print
COUNTED = re.compile(r"^bang: kernel .* instructions \d+", re.MULTILINE)

PROGRAM = """#include "device_bang.h"
#undef KERNEL
#define KERNEL static __mlu_device__ __attribute__((noinline))
#include "{stem}.inc"

#include <cnrt.h>
#include <cstdio>
#include <vector>

constexpr int kTasks = 24, kInput = {inputs}, kOutput = {outputs}, kCells = 64;

// Beside its own part of `out`, each task changes cells of `shared` that other tasks change too, and prints.
#define RUN(NAME)                                                                                                      \\
  __mlu_global__ void run_##NAME(char *out, const char *in, int *shared) {{                                             \\
    if (__is_mpu())                                                                                                    \\
      return;                                                                                                          \\
    NAME(out + taskId * kOutput, in, 1 + taskId % 64);                                                                 \\
    for (int i = 0; i < 200; ++i)                                                                                      \\
      shared[i % kCells] = shared[(i + taskId) % kCells] * 3 + taskId;                                                 \\
    if (taskId % 8 == 3)                                                                                               \\
      __bang_printf(#NAME " task %d sees %d\\n", int(taskId), shared[0]);                                              \\
    __sync_all_ipu();                                                                                                  \\
    shared[taskId % kCells] += shared[(taskId + 1) % kCells];                                                          \\
  }}
{runs}

static unsigned long sum(const std::vector<unsigned char> &bytes) {{
  unsigned long hash = 14695981039346656037ul;
  for (unsigned char byte : bytes)
    hash = (hash ^ byte) * 1099511628211ul;
  return hash;
}}

int main() {{
  std::vector<unsigned char> input(kInput), out(kTasks * kOutput), cells(kCells * sizeof(int));
  for (int i = 0; i < kInput; ++i)
    input[i] = i % 4 == 3 ? 0x3f : (i * 2654435761u) >> 24;
  char *deviceIn, *deviceOut;
  int *deviceCells;
  CNRT_CHECK(cnrtMalloc((void **)&deviceIn, input.size()));
  CNRT_CHECK(cnrtMalloc((void **)&deviceOut, out.size()));
  CNRT_CHECK(cnrtMalloc((void **)&deviceCells, cells.size()));
  CNRT_CHECK(cnrtMemcpy(deviceIn, input.data(), input.size(), cnrtMemcpyHostToDev));
  using Kernel = void (*)(char *, const char *, int *);
  const Kernel kernels[] = {{{table}}};
  for (Kernel kernel : kernels)
    for (cnrtFunctionType_t type : {{cnrtFuncTypeBlock, cnrtFuncTypeUnion1, cnrtFuncTypeUnion2}}) {{
      CNRT_CHECK(cnrtMemset(deviceOut, 0, out.size()));
      CNRT_CHECK(cnrtMemset(deviceCells, 1, cells.size()));
      const cnrtDim3_t dim = {{kTasks, 1, 1}};
      kernel<<<dim, type, nullptr>>>(deviceOut, deviceIn, deviceCells);
      CNRT_CHECK(cnrtQueueSync(nullptr));
      CNRT_CHECK(cnrtMemcpy(out.data(), deviceOut, out.size(), cnrtMemcpyDevToHost));
      CNRT_CHECK(cnrtMemcpy(cells.data(), deviceCells, cells.size(), cnrtMemcpyDevToHost));
      printf("%016lx %016lx\\n", sum(out), sum(cells));
    }}
  CNRT_CHECK(cnrtFree(deviceIn));
  CNRT_CHECK(cnrtFree(deviceOut));
  CNRT_CHECK(cnrtFree(deviceCells));
}}
"""


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def generate(options):
    names = [f"d{k}" for k in range(options.random)]
    stem = os.path.join(options.out, f"random-{options.seed}")
    write(f"{stem}.inc", "\n".join(random_kernel.program(random.Random(f"{options.seed}/{n}"), n) for n in names))
    outputs = sum(size for _, size in random_kernel.PARTS)
    inputs = random_kernel.SHAPE["floats"] + random_kernel.SHAPE["ints"]
    write(f"{stem}.mlu", PROGRAM.format(stem=stem, inputs=inputs, outputs=outputs,
                                        runs="\n".join(f"RUN({n})" for n in names),
                                        table=", ".join(f"run_{n}" for n in names)))
    return f"{stem}.mlu"


def execute(program, arguments, way):
    threads, tool, debugger, jit = way
    environment = dict(os.environ, BANG_HOST_THREADS=threads, BANG_TOOL=tool, BANG_JIT=jit)
    if debugger:
        environment["BANG_COREDUMP"] = program + ".core"
    run = subprocess.run([program, *arguments], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                         text=True, errors="replace", timeout=500)
    return run.returncode, HOST_TIME.sub("ms", run.stdout), COUNTED.findall(run.stderr) if tool == "stats" else None, run.stderr


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--runs", type=int, default=100 if os.environ.get("OPENBANG_LONG") else len(WAYS))
    parser.add_argument("--random", type=int)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--source", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    os.makedirs(options.out, exist_ok=True)
    source, *arguments = [generate(options)] if options.random else options.source
    program = os.path.join(options.out, os.path.splitext(os.path.basename(source))[0])
    subprocess.run([os.path.join(options.bin, "bangcc"), "-O2", "-w", "-I", os.path.join(DIFFERENTIAL, "Inputs"), source,
                    "-o", program], check=True)
    first = counts = None
    for number in range(options.runs):
        way = WAYS[number % len(WAYS)]
        code, output, counted, messages = execute(program, arguments, way)
        told = f"run {number} with {way[0]} threads, tool '{way[1]}'{', debugger' if way[2] else ''}, BANG_JIT={way[3]}"
        if code:
            sys.exit(f"{told}: exit code {code}\n{messages[-2000:]}")
        if first is None:
            first, counts = output, counted
            if not output or not counts:
                sys.exit(f"{told}: nothing to compare")
        if output != first or (counted is not None and counted != counts):
            a, b = (first, output) if output != first else ("\n".join(counts), "\n".join(counted))
            for k, (x, y) in enumerate(zip(a.splitlines(), b.splitlines())):
                if x != y:
                    sys.exit(f"DIFFERENT: {told}, line {k}: '{y}', the first run: '{x}'")
            sys.exit(f"DIFFERENT: {told}: {len(b)} bytes, the first run: {len(a)}")
    print(f"{options.runs} runs of {os.path.basename(program)}: the same")


main()
