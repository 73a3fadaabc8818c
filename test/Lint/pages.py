"""Compares the English pages of a tree with their Chinese twins, and looks for links that lead nowhere.

usage: pages.py ROOT    exit 1 with one line per finding

Every page of docs and samples, and the README, has a twin beside it, `page.zh.md` for `page.md`, which it names behind the title.
Twins have the same headings, tables, pictures and blocks; what is written in them only a reader can compare.
"""
import os
import re
import sys

FENCED = re.compile(r"^```.*?^```$", re.M | re.S)
PARTS = {
    "headings": re.compile(r"^#+ ", re.M),
    "rows of tables": re.compile(r"^\|", re.M),
    "pictures": re.compile(r"^!\[", re.M),
}


def pages(root):
    found = []
    for top in ("docs", "samples"):
        for folder, _, names in os.walk(os.path.join(root, top)):
            found += [os.path.relpath(os.path.join(folder, name), root) for name in names]
    return ["README.md"] + sorted(page for page in found if page.endswith(".md") and not page.endswith(".zh.md"))


def read(path):
    """The whole page, and the page without its blocks, whose lines may look like headings."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    return text, FENCED.sub("", text)


def anchors(path):
    """The names under which a browser of the repository finds the headings of a page."""
    headings = re.findall(r"^#+ (.*)$", read(path)[1], re.M)
    return [re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings]


def dead_links(root, page, twins):
    for link in re.findall(r"\]\(([^)\s]+)\)", read(os.path.join(root, page))[1]):
        if re.match(r"\w+://", link):
            continue
        name, _, anchor = link.partition("#")
        target = os.path.normpath(os.path.join(os.path.dirname(page), name)) if name else page
        path = os.path.join(root, target)
        if not os.path.exists(path):
            yield f"{page}: the link to {link} leads nowhere"
        elif anchor and target.endswith(".md") and anchor not in anchors(path):
            yield f"{page}: the link to {link} names no heading of {target}"
        elif page.endswith(".zh.md") and target in twins and twins[target] != page:
            yield f"{page}: the link to {link} leads to an English page, expected {twins[target]}"


def compare(root, page, twin):
    if not os.path.exists(os.path.join(root, twin)):
        yield f"{page}: there is no {os.path.basename(twin)} beside it"
        return
    (own, own_prose), (other, other_prose) = read(os.path.join(root, page)), read(os.path.join(root, twin))
    for text, where, link in ((own, page, f"[中文]({os.path.basename(twin)})"), (other, twin, f"[English]({os.path.basename(page)})")):
        if text.splitlines()[2:3] != [link]:
            yield f"{where}: expected {link} behind the title"
    counts = [(what, len(part.findall(own_prose)), len(part.findall(other_prose))) for what, part in PARTS.items()]
    counts.append(("blocks", len(FENCED.findall(own)), len(FENCED.findall(other))))
    for what, here, there in counts:
        if here != there:
            yield f"{twin}: {there} {what}, {page} has {here}"


def main():
    root = sys.argv[1]
    twins = {page: page[:-len(".md")] + ".zh.md" for page in pages(root)}
    findings = []
    for page, twin in twins.items():
        findings += compare(root, page, twin)
        for either in (page, twin):
            if os.path.exists(os.path.join(root, either)):
                findings += dead_links(root, either, twins)
    print("\n".join(findings + [f"{len(twins)} pages in two languages, {len(findings)} findings"]))
    sys.exit(1 if findings else 0)


main()
