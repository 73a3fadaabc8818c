"""Checks that every part includes only what the architecture allows it (docs/index.md, "Layers").

usage: layering.py ROOT    exit 1 with one line per forbidden include
"""
import os
import re
import sys

LIBRARIES = ("llvm/", "mlir/", "clang/", "lld/")

# Longest prefix wins. Own parts and libraries a part may include; its own folder is always allowed.
RULES = [
    ("lang/tblgen", {"lang"}, {"llvm/"}),
    ("lang", set(), set()),
    ("codegen/isa", set(), set()),
    ("codegen/object", {"codegen/isa"}, set()),
    ("codegen/emit", {"codegen/isa", "codegen/object"}, {"llvm/"}),
    ("codegen/tools", {"codegen"}, {"llvm/"}),
    ("simulator/symbols", {"simulator"}, {"llvm/"}),
    ("simulator/jit", {"simulator", "codegen/isa"}, {"llvm/"}),
    ("simulator/check", {"simulator", "codegen/isa", "codegen/object", "lang/builtins"}, set()),
    ("simulator/fidelity", {"simulator", "codegen/isa", "codegen/object", "lang/builtins"}, set()),
    ("simulator", {"codegen/isa", "codegen/object"}, set()),
    ("runtime/drivers/sim", {"runtime", "simulator", "codegen/isa", "codegen/object"}, set()),
    ("runtime", {"codegen/isa", "codegen/object"}, set()),
    ("mlir-dialects", {"lang/builtins", "codegen/isa"}, {"llvm/", "mlir/"}),
    ("frontend/bang", {"simulator"}, set()),
    ("frontend/console", {"frontend", "simulator"}, {"llvm/"}),
    ("frontend/tune", {"frontend", "simulator"}, {"llvm/"}),
    ("frontend", {"lang/builtins", "codegen", "mlir-dialects"}, {"llvm/", "mlir/", "clang/"}),
]
PARTS = ("lang", "codegen", "simulator", "runtime", "mlir-dialects", "frontend")
INCLUDE = re.compile(r'^\s*#\s*include\s+[<"]([^>"]+)[>"]')


def rule_of(path):
    best = None
    for rule in RULES:
        if (path + "/").startswith(rule[0] + "/") and (best is None or len(rule[0]) > len(best[0])):
            best = rule
    return best


def allowed(rule, include):
    if include.startswith(LIBRARIES):
        return include.startswith(tuple(rule[2]) or ("\0",))
    if include.split("/")[0] not in PARTS:
        return True  # the C++ library, other Debian packages, installed headers
    return any((include + "/").startswith(part + "/") for part in rule[1] | {rule[0]})


def main():
    root = sys.argv[1]
    bad = files = 0
    for part in PARTS:
        for folder, _, names in os.walk(os.path.join(root, part)):
            for name in names:
                if not name.endswith((".h", ".cpp", ".inc")):
                    continue
                path = os.path.relpath(os.path.join(folder, name), root)
                rule = rule_of(os.path.dirname(path))
                files += 1
                with open(os.path.join(root, path), encoding="utf-8") as file:
                    for number, line in enumerate(file, 1):
                        match = INCLUDE.match(line)
                        if match and not allowed(rule, match.group(1)):
                            print(f"{path}:{number}: {rule[0]} may not include '{match.group(1)}'")
                            bad += 1
    print(f"{files} files, {bad} forbidden includes")
    sys.exit(1 if bad or not files else 0)


main()
