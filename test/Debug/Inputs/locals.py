#!/usr/bin/env python3
"""Every local of every frame at every line of programs at -O0: what a debugger reads is what an instrumented run prints.

usage: locals.py [--brief] FOLDER NAME: SOURCE... [-- ARGUMENTS] [, NAME: ...]     (sources relative to SAMPLES in the environment)
Headers among the sources are looked at as well; files of other kinds are only linked. Two of three
lines with code must be reached. With --brief a line is looked at once, and lines may be left out.

A line is looked at where a statement begins, on task 0: in two instances of a template, twice in each. lldb reads the
program as it is. Then the sources get a statement in front of each of these that prints the same variables, as bits, and
that program runs alone. Instances are told apart, but their names are not compared: debug information and the language
spell them in their own ways; nor does every instance have code for every line, so that one may only be printed.
Pointers, WRAM and SRAM that other cores write meanwhile cannot be compared; they must be readable. Variables declared
without a value have the same one in both programs.
"""
import json
import os
import re
import subprocess
import sys

HITS = 2  # of a line in each instance
INSTANCES = 2
HERE = os.path.dirname(os.path.abspath(__file__))
TYPE = r"\s*(template\s*<.*>\s*)?(struct|class|enum|union|namespace|extern)\b"
SHOW = """#include <bang.h>
#define SHOW_ __attribute__((noinline)) __mlu_device__
static SHOW_ void show_(const char *name, const char *part, const volatile void *at, int bytes) {
  const volatile unsigned *words = (const volatile unsigned *)at;
  unsigned low = bytes == 1 ? *(const volatile unsigned char *)at : bytes == 2 ? *(const volatile unsigned short *)at : *words;
  __bang_printf("@%s%s %x:%x\\n", name, part, bytes == 8 ? words[1] : 0u, low);
}
"""


def statements(path):
    """Lines at which a statement of a block begins, by their text and the code before."""
    lines, before, comment = [], "", False
    blocks, opening = [], ""  # of the open braces: do statements follow?
    parentheses = [0]  # open ones, in each open brace
    with open(path, encoding="utf-8") as file:
        for number, text in enumerate(file, 1):
            code = re.sub(r"//.*", "", text).strip()
            if comment or code.startswith("/*"):
                comment = "*/" not in code
                continue
            if not code or code.startswith("#"):
                continue
            # Two functions begin in the line of a lambda.
            begins = before[-1:] in "{};" and blocks[-1:] == [True] and not parentheses[-1]
            if begins and re.match(r"[\w*]", code) and "[](" not in code and \
                    not re.match(r"(else|case|default|while|do|for \(;|public|private|template|struct)\b", code):
                lines.append(number)
            before = code
            for letter in code + " ":
                if letter == "{":
                    blocks.append(not re.match(TYPE, opening))
                    parentheses.append(0)
                elif letter == "}" and blocks:
                    blocks.pop()
                    parentheses.pop()
                elif letter in "()":
                    parentheses[-1] += 1 if letter == "(" else -1
                opening = "" if letter in "{};" else opening + letter
    return lines


def instrument(source, hits, shown):
    """Lines that print at each of `hits`, {line: (number, names)}. `shown` are functions that print members: {parts: name}."""
    source = list(source)
    for line, (number, names) in hits.items():
        prints = '__bang_printf("@@%d %%s\\n", __PRETTY_FUNCTION__); ' % number
        variables = {}
        for name in sorted(names):
            variable, part = re.fullmatch(r"(\(\*this\)|\w+)(.*)", name).groups()
            variables.setdefault(variable, []).append(part)
        for variable, parts in variables.items():
            if parts == [""]:
                prints += 'show_("%s", "", &%s, sizeof %s); ' % (variable, variable, variable)
            else:
                prints += '%s("%s", %s); ' % (shown.setdefault(tuple(parts), "show_%d_" % len(shown)), variable, variable)
        source[line - 1] = "if (taskId == 0 && !__is_mpu()) { static __mlu_device__ int seen_; if (seen_ < %d) { ++seen_; %s } } %s" % (
            HITS, prints, source[line - 1])
    return "\n".join(source)


def show_parts(name, parts):
    """A function that prints parts of a variable, if it has them: instances of a template may differ."""
    return "template <class T> SHOW_ void %s(const char *name, const T &x) {\n%s}\n" % (name, "".join(
        '  if constexpr (requires { x%s; }) show_(name, "%s", &x%s, sizeof x%s);\n' % (part, part, part, part) for part in parts))


def read_prints(text):
    """What is printed: {number of a place: {instance: [{name: value}, ...]}}."""
    printed, values = {}, None
    for line in text.split("\n"):
        place = re.fullmatch(r"@@(\d+) (.*)", line)
        value = re.fullmatch(r"@(\S+) ([0-9a-f]+):([0-9a-f]+)", line)
        if place:
            values = {}
            printed.setdefault(int(place.group(1)), {}).setdefault(place.group(2), []).append(values)
        elif value:
            values[value.group(1)] = int(value.group(2), 16) << 32 | int(value.group(3), 16)
    return printed


def differences(reads, prints):
    """The names whose values differ in the first hits of an instance, with both."""
    wrong = []
    for i, read in enumerate(reads):
        shown = prints[i] if i < len(prints) else {}
        wrong += [(name, value, shown.get(name)) for name, value in sorted(read.items()) if value != shown.get(name)]
    return wrong


def run(words, **options):
    done = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          errors="replace", check=False, **options)
    if done.returncode:
        sys.exit("FAIL: %s ended with %d:\n%s" % (words[0], done.returncode, done.stdout))
    return done.stdout


def compile_(words, program):
    run(["bangcc", "-O0", "-g", "-w", "-ftrivial-auto-var-init=pattern", *words, "-lbangops", "-o", program])


def check(folder, name, files, arguments, brief):
    """The number of values that are the same; prints those that are not."""
    samples, program = os.environ["SAMPLES"], os.path.join(folder, name)
    paths = [os.path.join(samples, file) for file in files]
    sources = {os.path.basename(path): path for path in paths if path.endswith((".mlu", ".h"))}
    linked = ["-Wl,--version-script=" + path if path.endswith(".map") else path for path in paths
              if os.path.basename(path) not in sources]
    parents = ["-I" + os.path.dirname(os.path.dirname(paths[0])), "-I" + os.path.dirname(paths[0])]
    compile_(parents + [path for path in sources.values() if path.endswith(".mlu")] + linked, program)
    request = {"lines": {path: statements(path) for path in sources.values()}, "hits": 1 if brief else HITS,
               "instances": 1 if brief else INSTANCES, "record": program + ".record"}
    with open(program + ".request", "w", encoding="utf-8") as file:
        json.dump(request, file)
    with open(program + ".lldb", "w", encoding="utf-8") as file:
        file.write("command script import %s\nlocals %s.request\n" % (os.path.join(HERE, "locals_lldb.py"), program))
    told = run(["bang", "debug", "--batch", program + ".lldb", program, *arguments])
    if not os.path.exists(program + ".record"):
        sys.exit("FAIL: no record of %s\n%s" % (name, told))
    with open(program + ".record", encoding="utf-8") as file:
        records, wrong, unreached = json.load(file)
    reached = {(source, line) for source, line, _, _ in records}
    if unreached and not brief:
        print("%s%s does not come to %s" % ("FAIL: " if len(unreached) * 2 > len(reached) else "", name, ", ".join(unreached)))
    for text in wrong:
        print("FAIL: cannot be read: %s: %s" % (name, text))

    wanted = {}
    for source, line, _, found in records:
        names = wanted.setdefault((source, line), set())
        names.update(found)
    numbers = {place: number for number, place in enumerate(sorted(wanted))}  # of places: their counter
    copies, shown, texts = [], {}, {}
    for source, path in sources.items():
        with open(path, encoding="utf-8") as file:
            text = file.read().split("\n")
        texts[source] = instrument(text, {at[1]: (numbers[at], wanted[at]) for at in wanted if at[0] == source}, shown)
    show = SHOW + "".join(show_parts(shown[parts], parts) for parts in shown)
    for source, path in sources.items():
        # A family's headers are found by their folder and name.
        copy = os.path.join(program + "-copies", os.path.basename(os.path.dirname(path)), source)
        os.makedirs(os.path.dirname(copy), exist_ok=True)
        if path.endswith(".mlu"):
            copies.append(copy)
        with open(copy, "w", encoding="utf-8") as file:
            file.write('%s#line 1 "%s"\n%s' % (show if path.endswith(".mlu") else "", source, texts[source]))
    compile_(["-std=c++20", "-fno-access-control", "-I" + program + "-copies", *parents, *copies, *linked], program + "-printing")
    printed = read_prints(run([program + "-printing", *arguments]))

    reads = {}
    for source, line, instance, found in records:
        values = {path: int(text, 16) for path, text in found.items()}
        reads.setdefault((source, line), {}).setdefault(instance, []).append(values)
    equal = 0
    for place in sorted(reads):
        shown = dict(printed.get(numbers[place], {}))
        for instance, hits in reads[place].items():
            found, best = min(((differences(hits, shown[key]), key) for key in shown), key=lambda x: len(x[0]),
                              default=(differences(hits, []), None))
            shown.pop(best, None)
            equal += sum(map(len, hits)) - len(found)
            for path, value, other in found:
                wrong.append(path)
                print("FAIL: %s: %s:%d: %s is %s in %s; the debugger reads %x in %s" % (
                    name, *place, path, "not printed" if other is None else "%x" % other, best, value, instance))
    print("%s: %d values at %d stops%s" % (name, equal, len(records), ", %d wrong" % len(wrong) if wrong else ""))
    return equal


def main():
    folder, *words = [word for word in sys.argv[1:] if word != "--brief"]
    os.makedirs(folder, exist_ok=True)
    total = 0
    for part in " ".join(words).split(" , "):
        name, _, rest = part.partition(": ")
        files, _, arguments = rest.partition(" -- ")
        total += check(folder, name, files.split(), arguments.split(), "--brief" in sys.argv)
    print("%d values are the same" % total)


if __name__ == "__main__":
    main()
