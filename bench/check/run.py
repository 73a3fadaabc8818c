#!/usr/bin/env python3
"""What `bang check` costs: every sample with and without the checks of bounds, unwritten memory and hazards.

usage: run.py [--build <folder>] [--repeat <n>] [--kinds <kinds>] [--json <file>]

Prints the seconds of both runs (medians) and their ratio for each sample, and the median of the ratios beside the goal.
Whole processes are timed, with arguments that make the kernels, not the start, the larger part. The exit code is 1 when
the goal is missed.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
GOAL = 2.0
# Sources in samples/, and arguments that make the kernels long.
SAMPLES = [
    ("hello/hello.mlu", []),
    ("vector_add/1_scalar.mlu", ["2000000"]),
    ("vector_add/2_one_core.mlu", ["8000000"]),
    ("vector_add/3_all_cores.mlu", ["8000000"]),
    ("vector_add/4_pipeline.mlu", ["8000000"]),
    ("softmax/softmax.mlu", ["8000", "1000"]),
    ("power_difference/power_difference.mlu", ["4000000"]),
    ("conv2d/conv2d.mlu", ["512", "126"]),
    ("gemm_ladder/1_scalar_gdram.mlu", ["256", "128", "256"]),
    ("gemm_ladder/2_scalar_nram.mlu", ["256", "128", "256"]),
    ("gemm_ladder/3_matrix_unit.mlu", ["2048", "256", "512"]),
    ("gemm_ladder/4_all_cores.mlu", ["2048", "256", "512"]),
    ("gemm_ladder/5_pipeline.mlu", ["2048", "256", "512"]),
    ("gemm_ladder/6_sram_pipeline.mlu", ["2048", "256", "512"]),
]


def seconds(program, arguments, tool, repeat):
    environment = dict(os.environ, BANG_TOOL=tool)
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        done = subprocess.run([program, *arguments], env=environment, stdout=subprocess.DEVNULL,
                              stderr=subprocess.PIPE, text=True)
        times.append(time.perf_counter() - start)
        if done.returncode:
            sys.exit(f"{program} {' '.join(arguments)} failed:\n{done.stderr}")
    return statistics.median(times)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default=os.path.join(ROOT, "build/release"))
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--kinds", default="bounds+uninitialised+hazard")
    parser.add_argument("--json")
    options = parser.parse_args()
    bangcc = os.path.join(options.build, "bin/bangcc")
    if not os.path.exists(bangcc):
        sys.exit(f"there is no {bangcc}; build it, or name a build folder with --build")
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for source, arguments in SAMPLES:
            name = os.path.splitext(os.path.basename(source))[0]
            program = os.path.join(folder, name)
            subprocess.run([bangcc, "-O2", os.path.join(ROOT, "samples", source), "-o", program], check=True)
            plain = seconds(program, arguments, "", options.repeat)
            checked = seconds(program, arguments, f"check:only={options.kinds}", options.repeat)
            rows.append({"program": " ".join([name, *arguments]), "plain": plain, "checked": checked,
                         "ratio": checked / plain})
    print(f"{'program':36} {'plain s':>9} {'checked s':>10} {'ratio':>7}")
    for row in rows:
        print(f"{row['program']:36} {row['plain']:9.3f} {row['checked']:10.3f} {row['ratio']:7.2f}")
    median = statistics.median(row["ratio"] for row in rows)
    print(f"median ratio {median:.2f}, goal at most {GOAL:.2f}: {'met' if median <= GOAL else 'missed'}")
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump({"rows": rows, "median": median, "goal": GOAL}, file, indent=1)
    sys.exit(median > GOAL)


if __name__ == "__main__":
    main()
