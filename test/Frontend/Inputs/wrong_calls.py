"""Calls every builtin wrongly and reads what the compiler says.

usage: wrong_calls.py BANGCC BUILTINS_JSON DOCUMENTED_TSV SCRATCH.mlu

Each name is called with one argument of a type of our own, and with as many as a form has, of that type. Each call must be
an error that names the builtin, with at most nine lines behind it, in words of BANG C only.
"""
import json
import re
import subprocess
import sys

# Words of other languages, and our own insides.
FOREIGN = re.compile(r"__host__|__global__|__device__|cuda|nvcc|\bHIP\b|(?-i:BANG_[A-Z]+)|\bbang\.[a-z]|llvm\.|dlp|mlir", re.IGNORECASE)
MOST_NOTES = 9
# The compiler says more about these than about the others: they are macros or wait for a literal.
SPECIAL = {"__bang_printf"}


def main():
    bangcc, source, documented, scratch = sys.argv[1:]
    with open(source, encoding="utf-8") as file:
        data = json.load(file)
    sizes = {}
    for builtin in data["builtins"]:
        sizes.setdefault(builtin["name"], set()).add(len(builtin["params"]))
    for function in data["functions"]:
        for name in function["names"]:
            sizes.setdefault(name, {1})
    with open(documented, encoding="utf-8") as file:
        for line in file:
            name = line.split("\t")[0]
            if not line.startswith("#") and not name.startswith("asm:"):
                sizes.setdefault(name, {1})
    calls, lines = {}, ["struct Wrong {};", "__mlu_global__ void wrong(Wrong w) {"]
    for name, counts in sizes.items():
        for count in sorted({1, max(counts) or 1}):
            lines.append(f"  {name}({', '.join(['w'] * count)});")
            calls[len(lines)] = name
    with open(scratch, "w", encoding="utf-8") as file:
        file.write("\n".join(lines + ["}", ""]))
    run = subprocess.run([bangcc, "-fsyntax-only", "-ferror-limit=0", scratch], text=True, stdout=subprocess.PIPE,
                         stderr=subprocess.STDOUT, errors="replace")
    errors, notes, findings, at = {}, {}, [], 0
    for line in run.stdout.splitlines():
        match = re.match(r"(.*?):(\d+):\d+: (error|note|warning): (.*)", line)
        if not match:
            continue
        path, number, kind, text = match.groups()
        if kind == "error" and path == scratch:
            at = int(number)
            errors.setdefault(at, text)
        elif kind == "note":
            notes[at] = notes.get(at, 0) + 1
        if word := FOREIGN.search(text):
            findings.append(f"'{word.group(0)}' in: {text}")
    for number, name in calls.items():
        text = errors.get(number)
        if text is None:
            if name not in SPECIAL:
                findings.append(f"no error for the wrong call {lines[number - 1].strip()}")
        elif name not in text and "'Wrong'" not in text:
            findings.append(f"the error for {name} does not name it: {text}")
        if notes.get(number, 0) > MOST_NOTES:
            findings.append(f"{notes[number]} lines behind the error for {name}, expected at most {MOST_NOTES}")
    print("\n".join(findings[:40]))
    print(f"{len(sizes)} builtins, {len(errors)} errors, {len(findings)} findings")
    sys.exit(1 if findings or len(errors) < len(sizes) / 2 else 0)


main()
