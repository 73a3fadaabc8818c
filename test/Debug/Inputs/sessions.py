#!/usr/bin/env python3
"""Plays scripted debugger sessions and prints a verdict for each.

usage: sessions.py FOLDER FILE...

A file begins with the programs it needs, one a line, and then has sessions:

    program pipeline pipeline.mlu -O0        compiled once as FOLDER/pipeline
    session bits: pipeline lldb 3            the debugger, and the program's arguments; one word before may set a variable,
                                             options of bang debug follow the debugger with commas: lldb,--check
    > next                                   what is typed
    < stop reason = step over                what the output then has, in this order; a regular expression
    ! error:                                 what the output has nowhere
"""
import os
import re
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
LIMIT = 120  # seconds


class Session:
    def __init__(self, name, words):
        self.name, self.environment = name, dict(os.environ)
        while "=" in words[0]:
            variable, _, value = words.pop(0).partition("=")
            self.environment[variable] = value
        self.program, self.arguments = words[0], words[2:]
        self.debugger, *self.options = words[1].split(",--")
        self.commands, self.expected, self.refused = [], [], []

    def play(self, folder):
        """None when all is as expected; else what is not, and the output."""
        script = os.path.join(folder, self.name + ".commands")
        with open(script, "w", encoding="utf-8") as file:
            file.write("".join(command + "\n" for command in self.commands))
        command = ["bang", "debug", "--batch", script]
        if self.debugger == "gdb":
            command.append("--gdb")
        elif self.debugger == "console":
            command.append("--console")
        command += ["--" + option for option in self.options]
        command += [os.path.join(folder, self.program)] + self.arguments
        try:
            run = subprocess.run(command, env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                 stderr=subprocess.STDOUT, timeout=LIMIT, text=True, errors="replace", cwd=folder)
            output = run.stdout
        except subprocess.TimeoutExpired as error:
            return "it did not end", (error.stdout or b"").decode(errors="replace")
        at = 0
        for pattern in self.expected:
            match = re.compile(pattern, re.M).search(output, at)
            if not match:
                return "'%s' is missing" % pattern, output
            at = match.end()
        for pattern in self.refused:
            if re.search(pattern, output, re.M):
                return "'%s' is there" % pattern, output
        return None, output


def read(path, folder):
    """Compiles the programs of a file and returns its sessions."""
    sessions = []
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        kind, _, rest = line.partition(" ")
        if not line or kind == "#":
            continue
        if kind == "program":
            name, *words = rest.split()
            sources = [os.path.join(HERE, word) if word.endswith(".mlu") else word for word in words]
            subprocess.run(["bangcc", "-g", *sources, "-o", os.path.join(folder, name)], check=True)
        elif kind == "session":
            name, _, words = rest.partition(": ")
            sessions.append(Session(name, words.split()))
        elif kind == ">":
            sessions[-1].commands.append(rest)
        elif kind == "<":
            sessions[-1].expected.append(rest)
        elif kind == "!":
            sessions[-1].refused.append(rest)
        else:
            sys.exit("%s: '%s' is not understood" % (path, line))
    return sessions


def main():
    folder, *paths = sys.argv[1:]
    os.makedirs(folder, exist_ok=True)
    good = all_ = 0
    for path in paths:
        for session in read(path, folder):
            start = time.monotonic()
            wrong, output = session.play(folder)
            print("%s: %s (%.1f s)%s" % ("PASS" if wrong is None else "FAIL", session.name, time.monotonic() - start,
                                         "" if wrong is None else ": " + wrong))
            if wrong is not None:
                print("\n".join("  | " + line for line in output.splitlines()))
            good += wrong is None
            all_ += 1
    print("%d of %d sessions as expected" % (good, all_))
    return good != all_


if __name__ == "__main__":
    sys.exit(main())
