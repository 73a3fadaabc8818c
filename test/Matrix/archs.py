"""Runs the whole matrix on every arch at -O0 and -O2: every overload over all shapes and data.

usage: archs.py BANGCC BUILTINS_JSON SOURCE_ROOT BUILD_ROOT SCRATCH

Prints a line for each arch; exit 1 when a case fails.
"""
import os
import re
import subprocess
import sys

MACHINES = {"mtp_220": "mlu220", "mtp_270": "mlu270", "mtp_290": "mlu290", "mtp_322": "arch322", "mtp_372": "mlu370-x8",
            "mtp_392": "mlu590", "mtp_592": "mlu590", "mtp_613": "mlu590", "mtp_617": "mlu590"}
PARTS = 4


def main():
    bangcc, source, root, build, scratch = sys.argv[1:]
    os.makedirs(scratch, exist_ok=True)
    library = os.path.join(build, "lib64")
    bad = False
    for arch, machine in MACHINES.items():
        cases = failed = 0
        for part in range(1, PARTS + 1):
            program, rows = os.path.join(scratch, f"part{part}.mlu"), os.path.join(scratch, f"part{part}.rows")
            subprocess.run([sys.executable, os.path.join(root, "test/Matrix/generate.py"), source, "all", program, rows,
                            f"{part}/{PARTS}"], check=True)
            for level in ("-O0", "-O2"):
                runs = os.path.join(scratch, "run")
                subprocess.run([bangcc, level, f"--bang-mlu-arch={arch}", "-I", root, "-L", library, "-lbang_matrix",
                                f"-Wl,-rpath,{library}", program, "-o", runs], check=True)
                run = subprocess.run([runs, rows, root], text=True, stdout=subprocess.PIPE,
                                     env={**os.environ, "BANG_MACHINE": machine})
                found = re.search(r"rows, (\d+) cases, (\d+) failed", run.stdout)
                if run.returncode or not found:
                    print("\n".join(run.stdout.splitlines()[-20:]))
                    bad = True
                if found:
                    cases += int(found.group(1))
                    failed += int(found.group(2))
        print(f"{arch}: {cases} cases, {failed} failed", flush=True)
    sys.exit(1 if bad else 0)


main()
