"""Writes the manual page and the bash completion of a program from what it says with --help.

usage: tool_pages.py PROGRAM MANUAL COMPLETION VERSION [--only REGEX]    --only: of the options those that match
"""
import os
import re
import subprocess
import sys

HEAD = re.compile(r"^(overview|usage|options|examples?|environment|[A-Z][A-Za-z -]* [Oo]ptions|[a-z-]+ options):\s*(.*)$", re.IGNORECASE)
# "  --name=<value>   - what it does", "  -o <file>  what it does", and a name alone when its text is on the next line.
OPTION = re.compile(r"^ {2,8}(-\S.*?)(?:\s+-\s{1,3}|\s{2,}|$)(.*)$")
VALUE = re.compile(r"^ {4,8}=(\S+)\s+-\s+(.*)$")


def sections(text):
    """The lines below each head, by its name in lower case; those before the first head are 'overview'."""
    found, name = {"overview": []}, "overview"
    for line in text.split("\n"):
        head = HEAD.match(line)
        if head:
            name = head.group(1).lower()
            name = "options" if name.endswith("options") else name
            found.setdefault(name, [])
            line = head.group(2)
            if not line:
                continue
        found[name].append(line)
    return found


def options_of(lines, only):
    """[spelling, lines of text] of each option."""
    options, wanted, column = [], False, 0
    for line in lines:
        option, value = OPTION.match(line), VALUE.match(line)
        if option:
            wanted = not only or re.match(only, option.group(1)) is not None
            if wanted:
                column = option.start(2)
                options.append([option.group(1).strip(), [option.group(2).strip()]])
        elif value and wanted:
            options[-1][1].append(f"{value.group(1)}: {value.group(2)}")
        elif line.startswith("   ") and wanted:
            # Below the text it goes on; further left begins something of its own.
            text = options[-1][1]
            if len(line) - len(line.lstrip()) >= column or not text[-1]:
                text[-1] = (text[-1] + " " + line.strip()).strip()
            else:
                text.append(line.strip())
        elif line.strip():
            wanted = False
    return options


def roff(text):
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "\\&" + text if text[:1] in (".", "'") else text


def plain(lines):
    """Lines as they stand, without the empty ones around them."""
    text = "\n".join(lines).strip("\n")
    return "".join(roff(line) + "\n" for line in text.split("\n"))


def manual(name, version, found, options):
    overview = found["overview"]
    summary = re.sub(r"^" + re.escape(name) + r":\s*", "", overview[0])
    page = [f".\\\" Written by cmake/tool_pages.py from {name} --help.",
            f'.TH {name.upper()} 1 "" "openbang {version}"', ".SH NAME", roff(f"{name} - {summary}"),
            ".SH SYNOPSIS", ".nf", plain(line.removeprefix("       ") for line in found.get("usage", [name])).rstrip("\n"), ".fi"]
    if any(line.strip() for line in overview[1:]):
        page += [".SH DESCRIPTION", ".nf", plain(overview[1:]).rstrip("\n"), ".fi"]
    if options:
        page.append(".SH OPTIONS")
        for spelling, text in options:
            page += [".TP", f".B {roff(spelling)}", "\n.br\n".join(roff(line) for line in text)]
    for head in ("environment", "examples", "example"):
        if head in found:
            page += [f".SH {head.upper()}", ".nf", plain(found[head]).rstrip("\n"), ".fi"]
    page += [".SH SEE ALSO", ".BR bangcc (1),", ".BR bang (1)"]
    return "\n".join(page) + "\n"


def completion(name, options):
    words = []
    for spelling, _ in options:
        word = re.split(r"[ <\[]", spelling)[0].rstrip(",")
        if word not in words and re.fullmatch(r"[-\w+=#,]+", word):
            words.append(word)
    function = "_" + name.replace("-", "_")
    return (f"# bash completion of {name}. Written by cmake/tool_pages.py from {name} --help.\n"
            f"{function}() {{\n"
            "  local word=${COMP_WORDS[COMP_CWORD]}\n"
            "  if [[ $word == -* ]]; then\n"
            f"    COMPREPLY=($(compgen -W \"{' '.join(words)}\" -- \"$word\"))\n"
            "    [[ ${COMPREPLY[0]} == *= ]] && compopt -o nospace\n"
            "  else\n"
            "    COMPREPLY=($(compgen -f -- \"$word\"))\n"
            "  fi\n"
            "}\n"
            f"complete -o filenames -F {function} {name}\n")


def main():
    program, page, script, version = sys.argv[1:5]
    only = sys.argv[6] if sys.argv[5:6] == ["--only"] else None
    text = subprocess.run([program, "--help"], stdout=subprocess.PIPE, text=True, check=True).stdout
    name = os.path.basename(program)
    found = sections(text)
    options = options_of(found.get("options", []), only)
    if not options:
        sys.exit(f"{name} --help lists no options")
    with open(page, "w", encoding="utf-8") as file:
        file.write(manual(name, version, found, options))
    with open(script, "w", encoding="utf-8") as file:
        file.write(completion(name, options))


main()
