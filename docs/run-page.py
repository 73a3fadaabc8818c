#!/usr/bin/env python3
"""Executes a page: writes its files, runs its commands, compares what they print.

Usage: run-page.py page.md [twin.md]...

Pages in other languages have the same blocks, which run once.

In an empty folder, in the order of the page:
  ```<language> file=<name>   the block is written to the file
  ```bash run                 the block is run by bash, which stops at the first failing command
  ```bash fails               the same, but its last command must fail
  ```text output              what the commands of the block before print, stdout and stderr together

In expected output `...` stands for any text of a line, and a line `...` for any number of lines. Blocks without these words
are for the reader only. Commands see $OPENBANG, the root of the source tree, its folder samples where a clone has it, and the tools in PATH. What the
`run` of a sample makes goes to the page's folder, too.
"""
import os
import re
import subprocess
import sys
import tempfile

FENCE = re.compile(r"^```(\S*) *(.*)$")
WORDS = re.compile(r"^(run|fails|output|file=\S+)$")


def read_blocks(page):
    """The fenced blocks with a word for us: (line number, word, text)."""
    blocks, word, text = [], None, []
    inside = False
    with open(page, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            fence = FENCE.match(line.rstrip("\n"))
            if not fence:
                text.append(line)
            elif inside:
                if word:
                    blocks.append((start, word, "".join(text)))
                inside = False
            else:
                inside, start, text, word = True, number, [], fence.group(2).strip()
                if word and not WORDS.match(word):
                    raise ValueError(f"{page}:{number}: unknown word '{word}', expected run, fails, output or file=<name>")
    if inside:
        raise ValueError(f"{page}:{start}: this block has no end")
    return blocks


def matches(expected, found):
    """Whether the lines agree; `...` is a wildcard."""
    if not expected:
        return not found
    if expected[0].strip() == "...":
        return any(matches(expected[1:], found[i:]) for i in range(len(found) + 1))
    if not found:
        return False
    pattern = ".*".join(re.escape(part) for part in expected[0].rstrip().split("..."))
    return re.fullmatch(pattern, found[0].rstrip()) is not None and matches(expected[1:], found[1:])


def run_page(page, folder):
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    environment = dict(os.environ, OPENBANG=root, LC_ALL="C.UTF-8", SAMPLES_OUT=os.path.join(folder, "build"))
    os.symlink(os.path.join(root, "samples"), os.path.join(folder, "samples"))
    printed = None
    commands = 0
    for number, word, text in read_blocks(page):
        where = f"{page}:{number}"
        if word.startswith("file="):
            path = os.path.join(folder, word[len("file="):])
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
        elif word == "output":
            if printed is None:
                raise ValueError(f"{where}: expected output without a command before it")
            if not matches(text.splitlines(), printed.splitlines()):
                return f"{where}: the output differs\n--- expected\n{text}--- found\n{printed}"
        else:
            commands += 1
            run = subprocess.run(["bash", "-euo", "pipefail", "-c", text], cwd=folder, env=environment,
                                 stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                 errors="replace")
            printed = run.stdout
            if (run.returncode != 0) != (word == "fails"):
                expected = "a failure" if word == "fails" else "success"
                return f"{where}: the commands ended with {run.returncode}, expected {expected}\n{printed}"
    if commands == 0:
        return f"{page}: no block to run"
    print(f"{os.path.basename(page)}: {commands} blocks run as written")
    return None


def compare_blocks(page, twins):
    own = [(word, text) for _, word, text in read_blocks(page)]
    for twin in twins:
        blocks = read_blocks(twin)
        for at, (number, word, text) in enumerate(blocks):
            if at >= len(own) or own[at] != (word, text):
                raise ValueError(f"{twin}:{number}: this block is not the one of {page}")
        if len(blocks) != len(own):
            raise ValueError(f"{twin}: the last block of {page} is missing")


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    page, *twins = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        try:
            compare_blocks(page, twins)
            error = run_page(page, folder)
        except ValueError as wrong:
            error = str(wrong)
    if error:
        sys.exit(error)


if __name__ == "__main__":
    main()
