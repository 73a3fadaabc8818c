#!/usr/bin/env python3
"""Measures the debugger beside gdb on a program of this machine, in the same run, and prints a table.

usage: bench/debugger/run.py [--build DIR] [--markdown docs/debugging.md docs/debugging.zh.md]       (needs gdb-multiarch)

--markdown writes the table and the machine it was measured on into each page, between the two comments that name it.
"""
import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PER_TURN = 14  # instructions of a turn of the loop at -O0, about; the counts below are only sizes

# Inside gdb: what each measurement does, and its result on a line of its own.
FALSE = """
{enter}
break loop.{suffix}:{end}
break loop.{suffix}:{line} if i == -5
python import time; begin = time.time()
continue
python print("RESULT", {turns} / (time.time() - begin))
"""
STEPS = """
break loop.{suffix}:{line}
{start}
delete
python import time; begin = time.time()
python for i in range({steps}): gdb.execute("stepi", to_string=True)
python print("RESULT", {steps} / (time.time() - begin))
"""
BACK = """
break loop.{suffix}:{end}
{start}
delete
python import time; begin = time.time()
python gdb.execute("reverse-stepi", to_string=True)
python print("RESULT", 1000 * (time.time() - begin))
python begin = time.time()
python for i in range(20): gdb.execute("reverse-stepi", to_string=True)
python print("RESULT", 1000 * (time.time() - begin) / 20)
"""
RECORD = """
break loop
{start}
break loop.{suffix}:{end}
record
set record full insn-number-max unlimited
python import time; begin = time.time()
continue
python print("RESULT", {turns} * 7 / (time.time() - begin))
"""


def line_of(path, mark):
    with open(path, encoding="utf-8") as file:
        return next(number for number, text in enumerate(file, 1) if text.rstrip().endswith("// " + mark))


def gdb(script, program, turns, ours, **values):
    suffix = "mlu" if ours else "cpp"
    source = os.path.join(HERE, "loop." + suffix)
    text = script.format(suffix=suffix, line=line_of(source, "conditions"), end=line_of(source, "end"), turns=turns,
                         enter="" if ours else "break main\nrun %d" % turns,
                         start="continue" if ours else "run %d" % turns, **values)
    with tempfile.NamedTemporaryFile("w", suffix=".gdb") as file:
        file.write("set pagination off\nset confirm off\n" + text + "\nkill\n")
        file.flush()
        command = ["bang", "debug", "--gdb", "--batch", file.name, program, str(turns)] if ours else \
            ["gdb-multiarch", "-q", "-nx", "-batch", "-x", file.name, program]
        run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    found = [float(line.split()[1]) for line in run.stdout.splitlines() if line.startswith("RESULT")]
    if not found:
        sys.exit(run.stdout)
    return found


class Stub:
    """A client of the server that only steps."""

    def __init__(self, program, turns, **settings):
        self.folder = tempfile.mkdtemp()
        path = os.path.join(self.folder, "s")
        self.process = subprocess.Popen([program, str(turns)], env=dict(os.environ, BANG_TOOL="debug:unix:" + path, **settings),
                                        stdout=subprocess.DEVNULL)
        while not os.path.exists(path):
            time.sleep(0.005)
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(path)
        self.ask("QStartNoAckMode")
        self.socket.sendall(b"+")

    def ask(self, text):
        self.socket.sendall(b"$" + text.encode() + b"#%02x" % (sum(text.encode()) % 256))
        got = b""
        while len(got) < 3 or got[-3:-2] != b"#":
            got += self.socket.recv(65536)
        return got

    def steps(self, count):
        begin = time.time()
        for _ in range(count):
            self.ask("vCont;s:1")
        return count / (time.time() - begin)

    def close(self):
        self.socket.close()
        self.process.wait()
        shutil.rmtree(self.folder)


def seconds_alone(program, turns):
    """A run of the kernel without a debugger."""
    begin = time.time()
    subprocess.run([program, str(turns)], stdout=subprocess.DEVNULL, check=True)
    return time.time() - begin


def seconds_debugged(program, turns, **settings):
    """A run of the kernel under a server whose client lets it go on."""
    stub = Stub(program, turns, **settings)
    begin = time.time()
    stub.ask("c")
    took = time.time() - begin
    stub.close()
    return took


def machine():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        names = [line.partition(":")[2].strip() for line in file if line.startswith("model name")]
    return "%s, %d threads, load %.1f" % (names[0] if names else "unknown processor", os.cpu_count(), os.getloadavg()[0])


def write_page(path, rows, where):
    """Puts the table between the comments of the page."""
    begin, end = "<!-- bench/debugger/run.py begins -->\n", "<!-- bench/debugger/run.py ends -->"
    with open(path, encoding="utf-8") as file:
        before, found, rest = file.read().partition(begin)
    if not found or end not in rest:
        sys.exit("%s has no place for the table; expected the lines %s and %s" % (path, begin.strip(), end))
    table = "Measured on %s:\n\n| | openbang | gdb on a host program | goal |\n|---|---:|---:|---|\n" % where
    for name, own, peer, goal in rows:
        own, peer = ("" if value is None else "%.3g" % value if value < 100 else "{:,.0f}".format(value) for value in (own, peer))
        table += "| %s | %s | %s | %s |\n" % (name, own, peer, goal)
    with open(path, "w", encoding="utf-8") as file:
        file.write(before + begin + table + end + rest.partition(end)[2])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", default=os.path.join(HERE, "..", "..", "build", "dev"))
    parser.add_argument("--markdown", nargs="+", default=[], metavar="PAGE", help="write the table into these pages too")
    options = parser.parse_args()
    where = machine()
    os.environ["PATH"] = os.path.join(os.path.abspath(options.build), "bin") + os.pathsep + os.environ["PATH"]
    if not shutil.which("gdb-multiarch"):
        sys.exit("gdb-multiarch is not installed; 'apt install gdb-multiarch' brings it")
    with tempfile.TemporaryDirectory() as folder:
        ours, native = os.path.join(folder, "ours"), os.path.join(folder, "native")
        subprocess.run(["bangcc", "-O0", "-g", os.path.join(HERE, "loop.mlu"), "-o", ours], check=True)
        subprocess.run(["c++", "-O0", "-g", os.path.join(HERE, "loop.cpp"), "-o", native], check=True)
        turns = 8_000_000  # more than 100 million instructions
        rows = []
        rows.append(("false conditions a second", gdb(FALSE, ours, 2_000_000, True)[0], gdb(FALSE, native, 10_000, False)[0],
                     ">= 1000000"))
        stub = Stub(ours, turns)
        rows.append(("single steps a second, over the stub", stub.steps(10_000), None, ">= 5000"))
        stub.close()
        rows.append(("single steps a second, with gdb", gdb(STEPS, ours, 100_000, True, steps=2000)[0],
                     gdb(STEPS, native, 100_000, False, steps=2000)[0], ""))
        # The same session twice, and the program alone, whose hot code is translated (BANG_JIT), which a debugged one's is not.
        recorded, unrecorded, alone = (min(take() for _ in range(5)) for take in (
            lambda: seconds_debugged(ours, turns), lambda: seconds_debugged(ours, turns, BANG_HISTORY_MB="0"),
            lambda: seconds_alone(ours, turns) - seconds_alone(ours, 1)))
        rows.append(("recording: times the time without", recorded / unrecorded, None, "<= 1.3"))
        rows.append(("recording: times the time of no debugger", recorded / alone, None, ""))
        rows.append(("instructions a second while recording", turns * PER_TURN / recorded,
                     gdb(RECORD, native, 2000, False)[0], ""))
        first, next_ = gdb(BACK, ours, turns, True)
        rows.append(("first step back after 100 M instructions, ms", first, None, "<= 50"))
        rows.append(("further steps back, ms", next_, None, "<= 50"))
    print("%-46s %14s %14s  %s" % ("", "openbang", "gdb", "goal"))
    for name, own, peer, goal in rows:
        print("%-46s %14s %14s  %s" % (name, "%.4g" % own, "-" if peer is None else "%.4g" % peer, goal))
    for page in options.markdown:
        write_page(page, rows, where)


if __name__ == "__main__":
    main()
