#!/usr/bin/env python3
"""Debuggers come and go while one kernel runs: gdb, the console, lldb, which ends the kernel's waiting.

usage: reattach.py PROGRAM FOLDER BANG_LLDB.PY
"""
import os
import subprocess
import sys
import time

program, folder, script = sys.argv[1:]
os.makedirs(folder, exist_ok=True)
# A Unix socket's path is short.
path = os.path.relpath(os.path.join(folder, "s"))
LIMIT = 100


def visit(name, words, commands):
    file = os.path.join(folder, name)
    with open(file, "w", encoding="utf-8") as out:
        out.write("\n".join(commands) + "\n")
    run = subprocess.run([word.replace("FILE", file) for word in words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                         stderr=subprocess.STDOUT, text=True, errors="replace", timeout=LIMIT, check=False)
    print("== " + name)
    print(run.stdout, flush=True)


process = subprocess.Popen([program], env=dict(os.environ, BANG_TOOL="debug:unix:" + path), stdout=subprocess.PIPE, text=True)
try:
    while not os.path.exists(path):
        time.sleep(0.01)
    print("first line: " + process.stdout.readline(), flush=True)  # while the kernel stands
    visit("gdb", ["gdb-multiarch", "-q", "-nx", "-batch", "-ex", "set sysroot", "-ex", "set osabi none", "-ex",
                  "target remote " + path, "-ex", "sharedlibrary", "-x", "FILE"],
          ["next", "next", "print turns", "print *flag", "detach"])
    visit("console", ["bang-console", path, "FILE"], ["locals", "bt", "step", "quit"])
    visit("lldb", ["lldb-22", "--no-lldbinit", "--batch", "--one-line", "command script import " + script, "--one-line",
                   "bang connect unix-connect://" + path, "--source", "FILE"],
          ["frame variable *flag", "bang entry after", "memory write -s 4 flag 0x15", "continue", "bt",
           "breakpoint set -n after", "next", "frame variable doubled", "process detach"])
    print("last line: " + process.stdout.read())
    print("exit %d" % process.wait(LIMIT))
finally:
    if process.poll() is None:
        process.kill()
