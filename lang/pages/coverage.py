"""Writes the coverage page: which builtins a program can call on each arch, and where tests execute them.

usage: coverage.py [--check] BUILTINS_JSON DOCUMENTED_TSV SOURCE_ROOT BANGCC OUT.md

A name counts as implemented when the compiler finds it behind `#include <bang.h>` for the arch, whether it is a row of
the table or made by a macro of a header. With --check exit 1 when one is missing, or when a row of the table has no test
for an element type, no Chinese summary, or an instruction that does not exist.
"""
import collections
import concurrent.futures
import json
import os
import re
import subprocess
import sys
import tempfile

DEFAULT_ARCH = 372
HANDWRITTEN = {"assert": "__assert_fail"}  # macros that call a builtin


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def files(root, folders, endings):
    for part in folders:
        for folder, _, names in os.walk(os.path.join(root, part)):
            for name in sorted(names):
                if name.endswith(endings):
                    yield os.path.join(folder, name)


def texts(root, folders, endings):
    return "\n".join(read(path) for path in files(root, folders, endings))


def callable_names(bangcc, arch, names):
    """Those that name a function in device code: a using-declaration finds overloads, templates and macros' products."""
    with tempfile.TemporaryDirectory() as folder:
        source = os.path.join(folder, "names.mlu")
        with open(source, "w", encoding="utf-8") as file:
            file.write("#include <bang.h>\n__mlu_func__ void names() {\n")
            file.write("".join(f"  using ::{name};\n" for name in sorted(names)) + "}\n")
        run = subprocess.run([bangcc, "-fsyntax-only", "-ferror-limit=0", f"--bang-mlu-arch=mtp_{arch}", source], text=True,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    missing = set(re.findall(r"no member named '(\w+)'", run.stdout))
    if run.returncode and not missing:
        sys.exit(f"{bangcc} ended with status {run.returncode} without naming a missing builtin:\n{run.stdout}")
    return names - missing


def called_in(path, root, bangcc):
    """The names a test calls; behind its macros where it pastes names together."""
    text = read(path)
    if "##" in text:
        run = subprocess.run([bangcc, "-E", "-I", root, "-I", os.path.join(root, "test/Exec/Inputs"), path], text=True,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if run.returncode:
            sys.exit(f"{bangcc} -E {path} ended with status {run.returncode}:\n{run.stderr}")
        parts = re.split(r'^# \d+ "([^"]*)".*$', run.stdout, flags=re.MULTILINE)
        text += "".join(body for file, body in zip(parts[1::2], parts[2::2]) if "/bang/" not in file)
    names = set(re.findall(r"\b__\w+(?=\s*[(<])", text))
    return names | {function for macro, function in HANDWRITTEN.items() if re.search(rf"\b{macro}\(", text)}


def archs_of(text):
    """The archs for which a test compiles and runs; __matrix_archs__ is a list of the whole matrix."""
    lines = [line for line in text.splitlines() if "RUN:" in line and "%bangcc" in line]
    return {int(n) for line in lines for n in re.findall(r"--bang-mlu-arch=mtp_(\d+)", line) or [DEFAULT_ARCH]}


class Coverage:
    def __init__(self, source, documented, root, bangcc):
        self.root = root
        self.data = json.loads(read(source))
        self.documented = [line.split("\t") for line in read(documented).splitlines() if not line.startswith("#")]
        self.rows = collections.defaultdict(list)
        for builtin in self.data["builtins"]:
            self.rows[builtin["name"]].append(builtin)
        self.pages = {name: f["names"][0] for f in self.data["functions"] for name in f["names"]}
        self.operations = {op["name"]: op for op in self.data["operations"]}
        targets = read(os.path.join(root, "codegen/isa/Targets.td"))
        self.archs = sorted({int(n) for n in re.findall(r'Target<"mtp_\d+", (\d+)', targets)})
        oracles = texts(root, ["test/Matrix/oracles"], ".cpp")
        self.elsewhere = {op for names in re.findall(r'\w+\(((?:\s*"[^"]*")+),\s*testedIn\(', oracles)
                          for op in "".join(re.findall(r'"([^"]*)"', names)).split()}
        self.oracles = {word for names in re.findall(r'"([^"]*)"', oracles) for word in names.split()}
        # The matrix runs every row for these: always, and with the option of scripts/check.
        self.matrix = archs_of(texts(root, ["test/Matrix"], ".test"))
        self.whole = {int(n) for n in re.findall(r'"mtp_(\d+)"', read(os.path.join(root, "test/Matrix/archs.py")))}
        wanted = {name for name, *_ in self.documented if not name.startswith("asm:")} | set(self.rows) | set(self.pages)
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            found = pool.map(lambda arch: callable_names(bangcc, arch, wanted), self.archs)
            self.callable = dict(zip(self.archs, found))
            tests = list(files(root, ["test/Exec", "samples"], ".mlu"))
            self.called = collections.defaultdict(set)
            for path, names in zip(tests, pool.map(lambda path: called_in(path, root, bangcc), tests)):
                for name in names:
                    self.called[name] |= archs_of(read(path)) or {DEFAULT_ARCH}
        self.assembly = texts(root, ["test/Exec", "test/Conversion", "test/Frontend"], (".mlu", ".mlir", ".ll"))
        self.raised = texts(root, ["mlir-dialects/Conversion/LLVMToBang"], ".cpp")
        self.headers = texts(root, ["lang/include"], ".h")

    def implemented(self, name, arch):
        if name.startswith("asm:"):
            words = re.split(r"[.:]", name)[1:]
            return f'"{words[0]}' in self.raised and all(word in self.raised + self.headers for word in words[:2])
        return name in self.callable[arch]

    def in_matrix(self, name):
        return name in self.rows and all(b["operation"] in self.oracles - self.elsewhere for b in self.rows[name])

    def tested(self, name):
        """The archs for which tests execute it."""
        if name.startswith("asm:"):
            return {DEFAULT_ARCH} if name[4:].split(".")[0] in self.assembly else set()
        archs = set(self.called[name])
        return archs | self.matrix | self.whole if self.in_matrix(name) else archs

    def problems(self):
        instructions = set(re.findall(r'"([a-z][a-z0-9]*(?:\.[a-z0-9]+)*)"',
                                      texts(self.root, ["codegen/isa"], ".td")))
        for operation in self.operations.values():
            if not operation["zh"]:
                yield f"operation '{operation['name']}' has no summary in Chinese: add `let Zh` to its row"
            stem = operation["instruction"]
            while stem and stem not in instructions and "." in stem:
                stem = stem.rsplit(".", 1)[0]
            if operation["instruction"] and stem not in instructions:
                yield (f"operation '{operation['name']}' names the instruction '{operation['instruction']}', which "
                       "codegen/isa has not")
        for name, builtins in self.rows.items():
            if not self.tested(name):
                yield (f"builtin '{name}' is executed by no test: add an oracle to test/Matrix/oracles or a call to "
                       "test/Exec")
            for arch in self.archs:
                if name not in self.callable[arch]:
                    yield f"builtin '{name}' cannot be called on arch {arch}"
            kinds = {tuple(t["name"] for t in o["types"]) for b in builtins for o in b["overloads"]}
            if len(kinds) > 1 and not self.in_matrix(name):
                yield (f"builtin '{name}' has {len(kinds)} combinations of element types, but no oracle of test/Matrix "
                       "executes each of them")
        for name in self.pages:
            for arch in self.archs:
                if name not in self.callable[arch]:
                    yield f"function '{name}' cannot be called on arch {arch}"
            if not self.tested(name):
                yield f"function '{name}' is executed by no test"
        for name, _, first in self.documented:
            if name not in self.rows and name not in self.pages and not name.startswith("asm:"):
                yield f"documented builtin '{name}' has no page: add it to lang/builtins/Functions.td"
            if not all(self.implemented(name, arch) for arch in self.archs if arch >= int(first)):
                yield f"documented builtin '{name}' is not implemented"
            elif not self.tested(name):
                yield f"documented builtin '{name}' is executed by no test"

    def where(self, name):
        places = ["matrix"] if self.in_matrix(name) else []
        return ", ".join(places + (["Exec"] if self.called[name] or name.startswith("asm:") else [])) or "no"

    def page(self):
        counts = {}
        for arch in self.archs:
            names = [name for name, _, first in self.documented if int(first) <= arch]
            done = [name for name in names if self.implemented(name, arch)]
            counts[arch] = (len(names), len(done), sum(1 for name in done if self.tested(name)),
                            sum(1 for name in done if arch in self.tested(name)))
        more = len(set(self.rows) - {name for name, *_ in self.documented})
        always, option = sorted(self.matrix), sorted(self.whole - self.matrix)
        out = ["<!-- Generated by lang/pages/coverage.py; not edited by hand. -->", "", "# Coverage of the builtins", "",
               f"Of the {len(self.documented)} builtins that public kernels use (`lang/builtins/documented.tsv`), for each "
               f"arch that has them. Besides these the table has {more} names more. Implemented means: the compiler finds "
               "the name behind `#include <bang.h>` for this arch.", "",
               f"The matrix executes every overload with every element type on {', '.join(map(str, always))}, and with "
               f"`scripts/check --matrix` also on {', '.join(map(str, option))}; Exec are kernels written by hand.", "",
               "| arch | documented | implemented | tested | tested on this arch |", "|---|---|---|---|---|"]
        out += [f"| {arch} | {' | '.join(map(str, c))} |" for arch, c in counts.items()]
        out += ["", "| builtin | category | from arch | implemented | tested in | element types |", "|---|---|---|---|---|---|"]
        for name, category, first in self.documented:
            done = all(self.implemented(name, arch) for arch in self.archs if arch >= int(first))
            types = sorted({"/".join(t["name"] for t in o["types"]) for b in self.rows.get(name, [])
                            for o in b["overloads"]} - {""})
            page = name if name in self.rows else self.pages.get(name)
            link = f"[`{name}`](builtins/{page}.md)" if page else f"`{name}`"
            out.append(f"| {link} | {category} | {first} | {'yes' if done else 'no'} | {self.where(name)} | "
                       f"{' '.join(types)} |")
        return "\n".join(out) + "\n"


def main():
    check = sys.argv[1] == "--check"
    source, documented, root, bangcc, target = sys.argv[1 + check:]
    coverage = Coverage(source, documented, root, bangcc)
    with open(target, "w", encoding="utf-8") as file:
        file.write(coverage.page())
    if not check:
        return
    problems = list(coverage.problems())
    for problem in problems:
        print(problem)
    done = [name for name, _, first in coverage.documented
            if all(coverage.implemented(name, arch) for arch in coverage.archs if arch >= int(first))]
    print(f"{len(done)} of {len(coverage.documented)} documented builtins are implemented, "
          f"{sum(1 for name in done if coverage.tested(name))} of these are tested; {len(coverage.rows)} names in the table, "
          f"{len(problems)} problems")
    sys.exit(1 if problems or not coverage.rows else 0)


main()
