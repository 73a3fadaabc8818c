#!/usr/bin/env python3
"""Runs the unit tests and the text tests of a build tree and counts single cases.

Prints each failure with its output; the last line is `N passed, N failed, N skipped`.
"""
import json
import os
import subprocess
import sys
import tempfile


def cached(build, name):
    """A value of the build tree's CMake cache."""
    with open(os.path.join(build, "CMakeCache.txt"), encoding="utf-8") as cache:
        for line in cache:
            if line.startswith(name + ":"):
                return line.split("=", 1)[1].strip()
    sys.exit(f"{build} is not a configured build tree: its cache has no {name}")


def run_unit(build, totals):
    """Each GoogleTest program in unit/, counted by case."""
    folder = os.path.join(build, "unit")
    programs = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
    for program in programs:
        with tempfile.TemporaryDirectory() as scratch:
            report = os.path.join(scratch, "report.json")
            run = subprocess.run([os.path.join(folder, program), "--gtest_brief=1", f"--gtest_output=json:{report}"],
                                 stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
            if not os.path.exists(report):
                print(run.stdout)
                print(f"FAIL: unit/{program} ended with status {run.returncode} before it reported")
                totals["failed"] += 1
                continue
            with open(report, encoding="utf-8") as file:
                cases = [c for suite in json.load(file)["testsuites"] for c in suite["testsuite"]]
        failed = [c for c in cases if c.get("failures")]
        skipped = [c for c in cases if c.get("result") == "SKIPPED" or c.get("status") == "NOTRUN"]
        totals["failed"] += len(failed)
        totals["skipped"] += len(skipped)
        totals["passed"] += len(cases) - len(failed) - len(skipped)
        if run.returncode and not failed:
            totals["failed"] += 1
        if run.returncode:
            print(run.stdout)
            print(f"FAIL: unit/{program}")
        else:
            print(f"unit/{program}: {len(cases)} cases")


def run_text(build, totals, filters):
    """All lit tests below test/ of the build tree."""
    lit = cached(build, "OPENBANG_LIT")
    with tempfile.TemporaryDirectory() as scratch:
        report = os.path.join(scratch, "report.json")
        paths = [os.path.join(build, "test", f) for f in filters] or [os.path.join(build, "test")]
        run = subprocess.run(["/usr/bin/python3", lit, "-sv", "--timeout=600", f"--output={report}", *paths])
        if not os.path.exists(report):
            print(f"FAIL: lit ended with status {run.returncode} before it reported")
            totals["failed"] += 1
            return
        with open(report, encoding="utf-8") as file:
            tests = json.load(file)["tests"]
    for test in tests:
        code = test["code"]
        if code in ("PASS", "FLAKYPASS", "XFAIL"):
            totals["passed"] += 1
        elif code in ("UNSUPPORTED", "SKIPPED", "EXCLUDED"):
            totals["skipped"] += 1
        else:
            totals["failed"] += 1


def main():
    if len(sys.argv) < 2:
        sys.exit("usage: run_tests.py BUILD_DIR [FOLDER_BELOW_test ...]")
    build, filters = os.path.abspath(sys.argv[1]), sys.argv[2:]
    totals = {"passed": 0, "failed": 0, "skipped": 0}
    if not filters:
        os.environ["ASAN_OPTIONS"] = cached(build, "OPENBANG_ASAN_OPTIONS")
        run_unit(build, totals)
    run_text(build, totals, filters)
    sys.stdout.flush()
    print(f"{totals['passed']} passed, {totals['failed']} failed, {totals['skipped']} skipped")
    sys.exit(1 if totals["failed"] or not totals["passed"] else 0)


if __name__ == "__main__":
    main()
