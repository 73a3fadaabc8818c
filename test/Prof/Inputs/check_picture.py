"""Compares the bars of a picture with the spans of the report of the same run: check_picture.py PICTURE.svg REPORT.json."""
import json
import re
import sys
import xml.etree.ElementTree as tree

SVG = "{http://www.w3.org/2000/svg}"
LEFT, RIGHT = 130, 920
colours = {"#4c78c8": "io", "#e6a23c": "move", "#5fa85f": "compute", "#e06c6c": "scalar"}

with open(sys.argv[2], encoding="utf-8") as file:
    kernel, = json.load(file)["kernels"]
timeline = kernel["timeline"]
said = []
drawn = {}
for path in tree.parse(sys.argv[1]).getroot().iter(SVG + "path"):
    if path.get("fill") in colours:
        drawn[colours[path.get("fill")]] = [(float(x), float(width)) for x, width in
                                            re.findall(r"M([\d.]+) [\d.]+h([\d.]+)", path.get("d"))]
for number, track in enumerate(timeline["tracks"]):
    bars = drawn[track["unit"]]
    spans = [span for span in timeline["spans"] if span[0] == number]
    scale = (RIGHT - LEFT) / (timeline["end_us"] - timeline["begin_us"])
    for (x, width), (_, begin, length, *_) in zip(bars, spans, strict=True):
        wanted = LEFT + (begin - timeline["begin_us"]) * scale
        if abs(x - wanted) > 0.2 or abs(x + width - wanted - length * scale) > 0.9:
            sys.exit(f"{track['name']}: a bar from {x} of {width}, expected {wanted} and {length * scale}")
    said.append(("scalar unit" if track["unit"] == "scalar" else track["unit"]) + f" {len(bars)} bars")
print(f"{kernel['name']}: " + ", ".join(said))
