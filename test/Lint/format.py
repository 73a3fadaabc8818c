"""Checks C++ sources against .clang-format; kernels and their headers keep the layout their author chose.

usage: format.py ROOT    exit 1 with one line per file that clang-format would change
"""
import os
import subprocess
import sys

PARTS = ("lang/builtins", "lang/tblgen", "codegen", "simulator", "runtime", "mlir-dialects", "frontend", "test/Unit", "test/Matrix")


def main():
    root = sys.argv[1]
    files = []
    for part in PARTS:
        for folder, _, names in os.walk(os.path.join(root, part)):
            files += [os.path.join(folder, name) for name in names if name.endswith((".h", ".cpp"))]
    run = subprocess.run(["clang-format-22", "--dry-run", *files], stderr=subprocess.PIPE, text=True, check=True)
    bad = sorted({line.split(":")[0] for line in run.stderr.split("\n") if "-Wclang-format-violations" in line})
    for path in bad:
        print(f"{os.path.relpath(path, root)}: run clang-format-22 -i on it")
    print(f"{len(files)} files, {len(bad)} to format")
    sys.exit(1 if bad or not files else 0)


main()
