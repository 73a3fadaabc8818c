#!/usr/bin/env python3
"""Runs programs with a seeded performance bug under `bang prof` and compares with their labels.

`// bound: <name>` is what the kernel must be bound by; `// hint: <kind>` stands at the line that the first hint must
name; `// best: <percent>` bounds what any hint may promise where there is no bug.

usage: run_corpus.py <bin folder> <corpus folder> <scratch folder> [name ...]
"""
import json
import os
import re
import subprocess
import sys


def main():
    tools, corpus, scratch, *names = sys.argv[1:]
    os.makedirs(scratch, exist_ok=True)
    names = names or sorted(name[:-4] for name in os.listdir(corpus) if name.endswith(".mlu"))
    bad = 0
    for name in names:
        source = os.path.join(corpus, name + ".mlu")
        program, report = os.path.join(scratch, name), os.path.join(scratch, name + ".json")
        with open(source, encoding="utf-8") as file:
            text = file.read()
        bound = re.search(r"^// bound: (.*)$", text, re.M)[1]
        best = re.search(r"^// best: (\d+)$", text, re.M)
        wanted = [(m[1], text.count("\n", 0, m.start()) + 1) for m in re.finditer(r"// hint: (\S+)", text)]
        subprocess.run([os.path.join(tools, "bangcc"), "-O2", "-g", source, "-o", program], check=True)
        if os.path.exists(report):
            os.remove(report)
        run = subprocess.run([os.path.join(tools, "bang"), "prof", "--json", report, program], stderr=subprocess.PIPE,
                             text=True, check=False)
        problems = []
        if run.returncode or not os.path.exists(report):
            problems = [f"it ended with {run.returncode}:\n{run.stderr}"]
        else:
            with open(report, encoding="utf-8") as file:
                kernel = json.load(file)["kernels"][0]
            hints = [(hint["kind"], hint["line"]) for hint in kernel["hints"]]
            if kernel["bound"] != bound:
                problems.append(f"bound by '{kernel['bound']}', expected '{bound}'")
            if wanted and hints[:1] != wanted:
                problems.append(f"hints are {hints}, expected first {wanted}")
            if best and any(hint["gain"] * 100 > int(best[1]) for hint in kernel["hints"]):
                problems.append(f"hints promise more than {best[1]} %")
        for problem in problems:
            print(f"{name}: {problem}\n{run.stderr}")
        bad += bool(problems)
    print(f"{len(names)} programs, {bad} with another judgement")
    sys.exit(bad != 0)


if __name__ == "__main__":
    main()
