"""Looks for foreign words in front of readers and for promises in code.

usage: vocabulary.py ROOT    exit 1 with one line per finding
"""
import os
import re
import sys

DOCS = re.compile(r"(__host__|__global__|__device__|cudaLaunch|nv_fatbin|\bCUDA\b)")
CODE = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")


def sources(root):
    """Files of the tree without hidden and build folders; this folder names the words it forbids."""
    for folder, folders, names in os.walk(root):
        folders[:] = [f for f in folders if not f.startswith(".") and not f.startswith("build")]
        relative = os.path.relpath(folder, root)
        if relative == os.path.join("test", "Lint"):
            continue
        for name in names:
            yield os.path.normpath(os.path.join(relative, name))


def main():
    root = sys.argv[1]
    bad = files = 0
    for path in sources(root):
        full = os.path.join(root, path)
        prose = path.endswith(".md")
        code = path.endswith((".h", ".cpp", ".td", ".mlu", ".py", ".cmake", "CMakeLists.txt"))
        if not prose and not code:
            continue
        files += 1
        with open(full, encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                match = (DOCS if prose else CODE).search(line)
                if match:
                    print(f"{path}:{number}: '{match.group(1)}'")
                    bad += 1
    print(f"{files} files, {bad} findings")
    sys.exit(1 if bad or not files else 0)


main()
