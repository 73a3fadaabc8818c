#!/usr/bin/env python3
"""Every local of every frame at every line of programs at -O0: what a debugger reads is what an instrumented run prints.

usage: locals.py FOLDER NAME: SOURCE... [-- ARGUMENTS] [, NAME: ...]     (sources relative to SAMPLES in the environment)

A line is looked at where a statement begins, twice, on task 0. lldb reads the program as it is. Then the sources get a
statement in front of each of these that prints the same variables, as bits, and that program runs alone. Pointers, WRAM,
SRAM that other cores write meanwhile and variables declared without a value cannot be compared; they must be readable.
"""
import json
import os
import re
import subprocess
import sys

HITS = 2
HERE = os.path.dirname(os.path.abspath(__file__))
COUNTERS = "locals_seen_"
LOW = "sizeof(%s) == 1 ? *(const volatile unsigned char *)&%s : sizeof(%s) == 2 ? *(const volatile unsigned short *)&%s : " \
      "*(const volatile unsigned *)&%s"
HIGH = "sizeof(%s) == 8 ? ((const volatile unsigned *)&%s)[1] : 0u"


def statements(path):
    """Lines at which a statement of a block begins, by their text and the code before."""
    lines, before, comment = [], "", False
    with open(path, encoding="utf-8") as file:
        for number, text in enumerate(file, 1):
            code = re.sub(r"//.*", "", text).strip()
            if comment or code.startswith("/*"):
                comment = "*/" not in code
                continue
            if not code or code.startswith("#"):
                continue
            if before[-1:] in "{};" and text[0].isspace() and re.match(r"[\w*]", code) and \
                    not re.match(r"(else|case|default|while|do|for \(;|public|private|template|struct)\b", code):
                lines.append(number)
            before = code
    return lines


def has_value(source, line, name):
    """Is a variable given a value where it is declared? Parameters, members and elements always count."""
    if "[" in name or "." in name:
        return True
    text = source[line - 1]
    name = re.escape(name)
    return not re.search(r"\b%s\s*(,[^=]*)?;" % name, text) or bool(re.search(r"\b%s\s*[={(]" % name, text))


def instrument(path, hits, first):
    """The text of a source that prints at each of `hits`, {line: names}; counters begin at `first`."""
    with open(path, encoding="utf-8") as file:
        source = file.read().split("\n")
    for at, (line, names) in enumerate(sorted(hits.items()), first):
        prints = ""
        for name in sorted(names):  # of a size that templates choose; two halves
            prints += '__bang_printf("@%d %s %%x:%%x\\n", %s, %s);' % (line, name, HIGH % (name, name), LOW % (
                name, name, name, name, name))
        source[line - 1] = "if (taskId == 0 && !__is_mpu() && %s[%d] < %d) { ++%s[%d]; %s } %s" % (
            COUNTERS, at, HITS, COUNTERS, at, prints, source[line - 1])
    return "\n".join(source)


def run(words, **options):
    return subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          errors="replace", check=False, **options)


def compile_(sources, program):
    done = run(["bangcc", "-O0", "-g", "-w", *sources, "-o", program])
    if done.returncode:
        sys.exit("cannot compile %s:\n%s" % (program, done.stdout))


def check(folder, name, sources, arguments):
    """The number of values that are the same; prints those that are not."""
    program = os.path.join(folder, name)
    compile_(sources, program)
    request = {"lines": {os.path.basename(source): statements(source) for source in sources}, "hits": HITS,
               "record": program + ".record"}
    with open(program + ".request", "w", encoding="utf-8") as file:
        json.dump(request, file)
    with open(program + ".lldb", "w", encoding="utf-8") as file:
        file.write("command script import %s\nlocals %s.request\n" % (os.path.join(HERE, "locals_lldb.py"), program))
    told = run(["bang", "debug", "--batch", program + ".lldb", program, *arguments])
    if not os.path.exists(program + ".record"):
        sys.exit("FAIL: no record of %s\n%s" % (name, told.stdout))
    with open(program + ".record", encoding="utf-8") as file:
        records, wrong = json.load(file)
    for text in wrong:
        print("FAIL: cannot be read: %s: %s" % (name, text))

    wanted, texts = {}, {}
    for source in sources:
        with open(source, encoding="utf-8") as file:
            texts[os.path.basename(source)] = file.read().split("\n")
    for source, line, found in records:
        names = wanted.setdefault(source, {}).setdefault(line, set())
        names.update(path for path, (_, declared) in found.items() if has_value(texts[source], declared, path))
    copies, first = [], 0
    for source in sources:
        copy = os.path.join(folder, "printing-" + name, os.path.basename(source))
        os.makedirs(os.path.dirname(copy), exist_ok=True)
        hits = wanted.get(os.path.basename(source), {})
        text = instrument(source, hits, first)
        # The counters of a program of several sources are those of each image.
        with open(copy, "w", encoding="utf-8") as file:
            file.write("#include <bang.h>\nstatic __mlu_device__ int %s[%d];\n#line 1 \"%s\"\n%s" % (
                COUNTERS, first + len(hits) + 1, os.path.basename(source), text))
        first += len(hits)
        copies.append(copy)
    include = ["-I" + os.path.dirname(os.path.dirname(sources[0])), "-I" + os.path.dirname(sources[0])]
    compile_(include + copies, program + "-printing")
    printed = {}
    for match in re.finditer(r"@(\d+) (\S+) ([0-9a-f:]+)\n", run([program + "-printing", *arguments]).stdout):
        high, low = match.group(3).split(":")
        value = int(high, 16) << 32 | int(low, 16)
        printed.setdefault((int(match.group(1)), match.group(2)), []).append(value)

    same = 0
    for source, line, found in records:
        for path in sorted(wanted[source][line]):
            if path not in found:
                continue
            values = printed.get((line, path), [])
            value = values.pop(0) if values else None
            read = int(found[path][0], 16)
            if value == read:
                same += 1
            else:
                wrong.append(path)
                print("FAIL: %s: %s:%d: %s is %s; the debugger reads %x" % (
                    name, source, line, path, "not printed" if value is None else "%x" % value, read))
    print("%s: %d values at %d stops%s" % (name, same, len(records), ", %d wrong" % len(wrong) if wrong else ""))
    return same


def main():
    folder, *words = sys.argv[1:]
    os.makedirs(folder, exist_ok=True)
    samples = os.environ["SAMPLES"]
    total = 0
    for part in " ".join(words).split(" , "):
        name, _, rest = part.partition(": ")
        sources, _, arguments = rest.partition(" -- ")
        total += check(folder, name, [os.path.join(samples, source) for source in sources.split()], arguments.split())
    print("%d values are the same" % total)


if __name__ == "__main__":
    main()
