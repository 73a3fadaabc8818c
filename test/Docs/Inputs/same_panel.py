"""Compares a panel of two pictures of `bang prof --picture`: same_panel.py OF_SIX.svg OF_ONE.svg.

The second one has a single kernel. What is drawn for it is at another height in the first.
"""
import re
import sys
import xml.etree.ElementTree as tree

SVG = "{http://www.w3.org/2000/svg}"


def panels(path):
    """Of each kernel its texts and bars, without heights."""
    found = {}
    current = None
    for element in tree.parse(path).getroot():
        if element.tag == SVG + "text":
            if element.get("font-weight") == "bold":
                current = found.setdefault(element.text, [])
            else:
                current.append(element.text)
        elif element.tag == SVG + "path":
            # "Mx yhwvh..": every move to a point has a height.
            current.append(re.sub(r"(M[-0-9.]+) [-0-9.]+(V[-0-9.]+)?", r"\1", element.get("d")))
        elif element.get("x") is not None:
            current = []  # the legend
    return found


six, one = panels(sys.argv[1]), panels(sys.argv[2])
(name, drawn), = one.items()
# The legend follows the last panel.
same = six[name] == drawn
print(f"{len(six)} panels, {name} " + ("as it is drawn now" if same else f"is drawn differently:\n{six[name]}\n{drawn}"))
