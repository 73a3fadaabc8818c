"""Checks that each builtin operation is executed by a test or a sample.

usage: coverage.py ROOT MATRIX    MATRIX is the generated list of builtins; exit 1 with one line per operation without one
"""
import collections
import os
import re
import sys

FOLDERS = ("test/Exec", "samples")
ROUNDINGS = ("tz", "oz", "up", "dn", "rd", "rn", "rm")
# assert() of the C library calls __assert_fail.
MACROS = {"assert": "__assert_fail"}


def used_names(root):
    text = []
    for part in FOLDERS:
        for folder, _, names in os.walk(os.path.join(root, part)):
            for name in names:
                if name.endswith((".mlu", ".h")):
                    with open(os.path.join(folder, name), encoding="utf-8") as file:
                        text.append(file.read())
    text = "\n".join(text)
    names = set(re.findall(r"\b__\w+", text))
    for prefix in re.findall(r"\b(__bang_\w+_)##", text):  # names pasted together by a macro
        names.update(prefix + mode for mode in ROUNDINGS)
    names.update(function for macro, function in MACROS.items() if re.search(rf"\b{macro}\(", text))
    return names


def main():
    root, matrix = sys.argv[1:]
    operations = collections.defaultdict(set)
    with open(matrix, encoding="utf-8") as file:
        for line in file:
            name, operation = line.split("\t")[:2]
            operations[operation].add(name)
    used = used_names(root)
    missing = {op: names for op, names in operations.items() if not names & used}
    for operation, names in sorted(missing.items()):
        print(f"operation '{operation}' is not executed by any test: call {' or '.join(sorted(names))} in test/Exec")
    print(f"{len(operations)} operations, {len(missing)} without a test")
    sys.exit(1 if missing or not operations else 0)


main()
