#!/usr/bin/env python3
"""Says whether the table of docs/benchmarks.md has the rows that bench/run prints, in their order, each with a result.

Usage: page.py PAGE < LIST, where LIST is the output of bench/run --list
"""
import re
import sys

expected = sys.stdin.read().splitlines()
with open(sys.argv[1]) as page:
    rows = [line.strip().strip("|").split(" | ") for line in page if line.startswith("| ")]
found = [row[0].strip() for row in rows if len(row) == 6 and row[0].strip() != "what"]
problems = [f"no row '{name}'" for name in expected if name not in found]
problems += [f"bench/run knows no row '{name}'" for name in found if name not in expected]
problems += [f"row '{row[0].strip()}' has no result" for row in rows if len(row) == 6 and not re.search(r"\d|openbang", row[1])]
if not problems and found != expected:
    problems.append("the rows are in another order")
print("\n".join(problems + [f"{len(found)} rows, {len(problems)} problems"]))
sys.exit(1 if problems else 0)
