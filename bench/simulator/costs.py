"""Rows of bench/run for what tools cost: the checks (bench/check) and the timing model (bench/calibration/cost)."""
import importlib.util
import json
import os
import re
import statistics
import subprocess
import sys
from importlib.machinery import SourceFileLoader

BENCH = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CHECKS = "checks of bounds, unwritten memory and hazards, median of the samples"
# Measured by others or in their papers, each against a run of the same program without the tool.
CHECKERS = "published: Oclgrind 4.2, MSan up to 21, Valgrind 75 to 1300"
TIMING = "timing model: "


def module(name, *path):
    sys.dont_write_bytecode = True  # beside a script without an ending
    loader = SourceFileLoader(name, os.path.join(BENCH, *path))
    loaded = importlib.util.module_from_spec(importlib.util.spec_from_loader(name, loader))
    loader.exec_module(loaded)
    return loaded


def names():
    """The names of all rows, in their order."""
    return [CHECKS] + [TIMING + case[0] for case in module("cost", "calibration", "cost").CASES]


def row(name, ratios, peer, bar):
    median = statistics.median(ratios)
    return {"name": name, "value": f"{median:.2f} times the time without", "peer": peer,
            "ratio": (median, min(ratios), max(ratios)), "bar": f"<= {bar:.1f}x", "met": median <= bar}


def check_rows(build, scratch, runs):
    result = os.path.join(scratch, "check.json")
    done = subprocess.run([sys.executable, os.path.join(BENCH, "check", "run.py"), "--build", build, "--repeat", str(runs),
                           "--json", result], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if not os.path.exists(result):
        sys.exit(f"bench/check/run.py failed:\n{done.stdout}{done.stderr}")
    with open(result, encoding="utf-8") as file:
        report = json.load(file)
    yield row(CHECKS, [sample["ratio"] for sample in report["rows"]], CHECKERS, report["goal"])


def timing_rows(build, scratch, runs):
    done = subprocess.run([sys.executable, os.path.join(BENCH, "calibration", "cost"), "--build", build, "--runs", str(runs)],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    found = re.findall(r"(.*?) +([\d.]+) times the CPU time \(([\d.]+) to ([\d.]+)\), accepted (\d+)", done.stdout)
    if [name for name, *_ in found] != [name.removeprefix(TIMING) for name in names()[1:]]:
        sys.exit(f"bench/calibration/cost failed:\n{done.stdout}{done.stderr}")
    for name, *ratios, bar in found:
        yield row(TIMING + name, [float(ratio) for ratio in ratios], "itself, not timed", float(bar))
