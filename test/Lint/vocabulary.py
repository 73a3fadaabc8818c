"""Looks for foreign words in front of readers and for promises in code.

usage: vocabulary.py ROOT    exit 1 with one line per finding
"""
import os
import re
import subprocess
import sys

DOCS = re.compile(r"(__host__|__global__|__device__|cudaLaunch|nv_fatbin|\bCUDA\b)")
CODE = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")


def main():
    root = sys.argv[1]
    files = subprocess.run(["git", "-C", root, "ls-files"], capture_output=True, text=True, check=True).stdout.split("\n")
    bad = 0
    for path in filter(None, files):
        full = os.path.join(root, path)
        if path.startswith("test/Lint/") or not os.path.isfile(full):
            continue
        prose = path.endswith(".md")
        code = path.endswith((".h", ".cpp", ".td", ".mlu", ".py", ".cmake", "CMakeLists.txt"))
        if not prose and not code:
            continue
        with open(full, encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                match = (DOCS if prose else CODE).search(line)
                if match:
                    print(f"{path}:{number}: '{match.group(1)}'")
                    bad += 1
    print(f"{bad} findings")
    sys.exit(1 if bad else 0)


main()
