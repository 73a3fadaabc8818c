#!/usr/bin/env python3
"""Runs the labelled corpus under `bang check` and compares with its labels.

Each program of corpus/ is run twice: seeded, where the findings must be exactly those its lines announce with
`// finds: <kind> [<object>], ...`, and with the argument `clean`, where there must be none.

usage: run_corpus.py <bangcc> <corpus folder> <scratch folder> [name ...]
"""
import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

LABELS = re.compile(r"//\s*finds:\s*(.*)$")


def labels(path):
    """The announced findings: (kind, line, object); line 0 stands for the host program."""
    found = []
    with open(path, encoding="utf-8") as source:
        for number, line in enumerate(source, 1):
            match = LABELS.search(line.rstrip())
            for label in match.group(1).split(",") if match else []:
                kind, _, what = label.strip().partition(" ")
                host = what.startswith("(host)")
                found.append((kind, 0 if host else number, what.removeprefix("(host)").strip()))
    return found


def check(program, arguments, report, options):
    if os.path.exists(report):
        os.remove(report)
    environment = dict(os.environ, BANG_TOOL=f"check:{options}report={report}")
    run = subprocess.run([program, *arguments], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                         text=True, errors="replace", timeout=120)
    if not os.path.exists(report):
        return None, run.stdout
    with open(report, encoding="utf-8") as file:
        return json.load(file), run.stdout


def compare(source, found, expected, name):
    """Differences between findings of a report and labels."""
    problems = []
    missing = list(expected)
    for finding in found:
        place = finding["place"] or {}
        line = place.get("line", 0) if os.path.basename(place.get("file", "")) == os.path.basename(source) else 0
        for label in missing:
            if label[0] == finding["kind"] and label[1] == line and label[2] in finding["object"]:
                missing.remove(label)
                break
        else:
            same = [l for l in expected if l[0] == finding["kind"] and l[1] == line and l[2] in finding["object"]]
            if not same:
                problems.append(f"{name}: not expected: {finding['kind']} at line {line}: {finding['what']}")
        for key in ("what",):
            if not finding[key]:
                problems.append(f"{name}: a finding without {key}")
    problems += [f"{name}: not found: {kind} at line {line} {what}" for kind, line, what in missing]
    return problems


def test(bangcc, source, scratch):
    name = os.path.splitext(os.path.basename(source))[0]
    program = os.path.join(scratch, name)
    compiled = subprocess.run([bangcc, "-O1", source, "-o", program], stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True)
    if compiled.returncode:
        return [f"{name}: does not compile:\n{compiled.stdout}"]
    expected = labels(source)
    if not expected:
        return [f"{name}: no line says `// finds:`"]
    options = "numbers," if any(kind == "number" for kind, _, _ in expected) else ""
    problems = []
    for variant, wanted in (("seeded", expected), ("clean", [])):
        report, output = check(program, [variant], f"{program}.{variant}.json", options)
        if report is None:
            problems.append(f"{name} {variant}: no report; the program said:\n{output}")
            continue
        findings = [f for f in report["findings"] if not f["hint"] or wanted]
        problems += compare(source, findings, wanted, f"{name} {variant}")
    return problems


def main():
    bangcc, corpus, scratch = sys.argv[1:4]
    wanted = sys.argv[4:]
    os.makedirs(scratch, exist_ok=True)
    sources = sorted(os.path.join(corpus, f) for f in os.listdir(corpus) if f.endswith(".mlu"))
    if wanted:
        sources = [s for s in sources if os.path.splitext(os.path.basename(s))[0] in wanted]
    with ThreadPoolExecutor(max_workers=2) as pool:
        results = list(pool.map(lambda s: test(bangcc, s, scratch), sources))
    problems = [p for result in results for p in result]
    print("\n".join(problems))
    kinds = {kind for s in sources for kind, _, _ in labels(s)}
    print(f"{len(sources)} programs, {len(kinds)} kinds, {sum(1 for r in results if r)} wrong")
    sys.exit(bool(problems) or not sources)


if __name__ == "__main__":
    main()
