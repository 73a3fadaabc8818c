"""Checks share/openbang/builtins.json of an installed tree the way an editor or a grader reads it.

usage: builtins.py TREE
"""
import json
import os
import re
import sys

tree = sys.argv[1]
with open(os.path.join(tree, "share", "openbang", "builtins.json"), encoding="utf-8") as file:
    builtins = json.load(file)["builtins"]
bad = 0
for row in builtins:
    name = row["name"]
    if row["status"] not in ("exact", "chosen", "approximate") or not re.fullmatch(r"all|\d+-\d*|-\d+", row["archs"]) or not row["overloads"]:
        print(f"{name}: status {row['status']}, archs {row['archs']}, {len(row['overloads'])} overloads")
        bad += 1
    if not os.path.exists(os.path.join(tree, "share", "doc", "openbang", row["page"])):
        print(f"{name}: there is no page {row['page']}")
        bad += 1
by_name = {row["name"]: row for row in builtins}
add = by_name["__bang_add"]
print("add:", [p["space"] for p in add["params"] if "space" in p], [t["name"] for o in add["overloads"] for t in o["types"]])
print("exp:", by_name["__bang_active_exp"]["status"], [r["text"] for r in by_name["__bang_active_exp"]["rules"]])
print("memcpy:", by_name["__memcpy"]["status"])
print("wrong:", bad)
