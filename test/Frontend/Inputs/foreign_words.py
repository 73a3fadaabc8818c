"""Compiles sources with mistakes and looks for words of other languages in what the compiler says.

usage: foreign_words.py BANGCC FOLDER...    exit 1 with one line per finding
"""
import os
import re
import subprocess
import sys

# What a user of BANG C must never read: other vendors' words, and names that are only ours.
FOREIGN = re.compile(r"__host__|__global__|__device__|__shared__|__constant__|cuda|nvcc|\bHIP\b|BANG_BUILTIN|mlir|llvm\.",
                     re.IGNORECASE)


def main():
    bangcc, folders = sys.argv[1], sys.argv[2:]
    files = said = findings = 0
    for folder in folders:
        for name in sorted(os.listdir(folder)):
            if not name.endswith(".mlu"):
                continue
            run = subprocess.run([bangcc, "-c", os.path.join(folder, name), "-o", os.devnull], text=True,
                                 stdout=subprocess.PIPE, stderr=subprocess.STDOUT, errors="replace")
            files += 1
            said += bool(re.search(r"\berror:", run.stdout))
            for line in run.stdout.splitlines():
                if "error:" in line or "note:" in line or "warning:" in line:
                    message = re.split(r"\b(?:error|note|warning): ", line, maxsplit=1)[1]
                    if match := FOREIGN.search(message):
                        print(f"{name}: '{match.group(0)}' in: {message}")
                        findings += 1
    print(f"{files} files, {said} with errors, {findings} findings")
    sys.exit(1 if findings or said < 30 else 0)


main()
