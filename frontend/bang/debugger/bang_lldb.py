"""lldb commands for kernels: `bang ...` shows cores, queues and memories of the simulated card.

`bang debug` loads this file; in another lldb: command script import <installation>/share/openbang/lldb/bang_lldb.py
"""
import argparse
import os
import shlex
import shutil
import struct
import subprocess
import tempfile
import threading
import time

import lldb



def monitor(debugger, command):
    """The server's answer to a monitor command, as text."""
    result = lldb.SBCommandReturnObject()
    debugger.GetCommandInterpreter().HandleCommand("process plugin packet monitor " + command, result, False)
    return (result.GetOutput() or "").split("  packet: ")[0] if result.Succeeded() else ""


def parse(parser, command, result):
    """The options of a command, or None with a message in `result`."""
    try:
        return parser.parse_args(shlex.split(command))
    except (argparse.ArgumentError, ValueError) as error:
        result.SetError(str(error))
    except SystemExit:
        result.SetError(parser.format_usage().strip())
    return None


class Parser(argparse.ArgumentParser):
    """argparse without a way out of lldb."""

    def error(self, message):
        raise argparse.ArgumentError(None, message)


def load_image(debugger, target):
    """Makes the image that runs now the only one, and puts it where it was linked."""
    path = monitor(debugger, "image").strip()
    if not path:
        return
    for module in [target.GetModuleAtIndex(i) for i in range(target.GetNumModules())]:
        if module.GetFileSpec().fullpath == path:
            return
        target.ClearModuleLoadAddress(module)
        target.RemoveModule(module)
    module = target.AddModule(path, None, None)
    target.SetModuleLoadAddress(module, 0)


class StopHook:
    """At the start of a kernel of another image: reads its symbols; the kernel goes on if nobody waits for it. At a
    watchpoint: says who touched the memory."""

    def __init__(self, target, _extra, _internal):
        self.target = target

    def handle_stop(self, context, stream):
        thread = context.GetThread()
        text = thread.GetStopDescription(256) or ""
        if thread.GetStopReason() == lldb.eStopReasonWatchpoint:
            stream.Print("touched by " + monitor(self.target.GetDebugger(), "why"))
            return True
        if not (text.startswith("kernel ") and text.endswith(" starts")):
            return True
        debugger = self.target.GetDebugger()
        load_image(debugger, self.target)
        return "wanted" in monitor(debugger, "entry?")


def connect(debugger, command, _context, result, _internal):
    """bang connect <url>: connects to a program that waits for a debugger."""
    asynchronous = debugger.GetAsync()
    debugger.SetAsync(False)
    target = debugger.GetSelectedTarget()
    if not target.IsValid():
        target = debugger.CreateTarget("")
    # Nothing is known of the code before the image is read: do not show it as bytes.
    def disassembly(when):
        debugger.HandleCommand("settings set stop-disassembly-display " + when)
    error = lldb.SBError()
    disassembly("never")
    target.ConnectRemote(debugger.GetListener(), command.strip(), "gdb-remote", error)
    disassembly("no-debuginfo")
    debugger.SetAsync(asynchronous)
    if error.Fail():
        result.SetError("cannot connect to the program: " + str(error))
        return
    load_image(debugger, target)
    hook = lldb.SBCommandReturnObject()
    debugger.GetCommandInterpreter().HandleCommand("target stop-hook add -P bang_lldb.StopHook", hook, False)
    thread = target.GetProcess().GetSelectedThread()
    result.AppendMessage("stopped: " + thread.GetStopDescription(256))


class Program:
    """A program that `bang start` started, with its private socket; what it prints appears in lldb."""

    def __init__(self, debugger, words):
        self.folder = tempfile.mkdtemp(prefix="bang-")
        self.socket = os.path.join(self.folder, "debug")
        environment = dict(os.environ, BANG_TOOL="debug:unix:" + self.socket)
        self.process = subprocess.Popen(words, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                        stderr=subprocess.STDOUT, start_new_session=True)
        self.out = debugger.GetOutputFile()
        threading.Thread(target=self.forward, daemon=True).start()

    def forward(self):
        for line in self.process.stdout:
            self.out.Write(line)
            self.out.Flush()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def wait(self):
        """True when a kernel waits; False when the program ended before."""
        while not os.path.exists(self.socket):
            if self.process.poll() is not None:
                return False
            time.sleep(0.01)
        return True


def start(debugger, command, context, result, internal):
    """bang start <program> [arguments]: starts a program and stops in its first kernel, for editors."""
    words = shlex.split(command)
    if not words:
        result.SetError("no program given; expected a program with kernels")
        return
    try:
        program = Program(debugger, words)
    except OSError as error:
        result.SetError("cannot start %s: %s" % (words[0], error.strerror))
        return
    if program.wait():
        connect(debugger, "unix-connect://" + program.socket, context, result, internal)
    else:
        result.SetError("the program ended before a kernel of it ran")


def cores(debugger, _command, _context, result, _internal):
    """bang cores: what every core does."""
    result.AppendMessage(monitor(debugger, "cores").rstrip())


def queues(debugger, _command, _context, result, _internal):
    """bang queues: copies that have issued and not happened yet."""
    result.AppendMessage(monitor(debugger, "queues").rstrip())


def entry(debugger, command, _context, result, _internal):
    """bang entry all | none | <kernel>: stop where kernels start."""
    result.AppendMessage(monitor(debugger, "entry " + command.strip()).rstrip())


def back(debugger, command, _context, result, _internal):
    """bang back [over | into | instruction | run]: back by a source line of this function (over, also without a word),
    by a line of any function (into), by one instruction, or to the last breakpoint or touch of watched memory (run)."""
    way = command.strip() or "over"
    if way not in ("over", "into", "instruction", "run"):
        result.SetError("'%s' is no way back; expected over, into, instruction or run" % way)
        return
    if way != "run":
        monitor(debugger, "back " + way)
    debugger.HandleCommand("process continue --reverse")


def find_thread(process, words):
    """The thread that "task 6" or "[cluster 1] core 2" or "cluster 1 memory core" names."""
    wanted = dict(zip(words[::2], words[1::2])) if "memory" not in words else None
    for thread in process:
        name = thread.GetName() or ""
        if wanted is None:
            if name.startswith(" ".join(words)):
                return thread
            continue
        parts = name.replace("memory core", "memory").split()
        have = {parts[i]: parts[i + 1] for i in range(len(parts) - 1)}
        if "memory" not in parts and all(have.get(key) == value for key, value in wanted.items()):
            return thread
    return None


def focus(debugger, command, _context, result, _internal):
    """bang focus task 6 | cluster 1 core 2 | cluster 1 memory core: chooses the core that other commands show."""
    process = debugger.GetSelectedTarget().GetProcess()
    words = command.split()
    thread = find_thread(process, words) if words else None
    if not thread:
        result.SetError("no core is '%s' now; 'bang cores' lists them" % command.strip())
        return
    process.SetSelectedThread(thread)
    text = lldb.SBStream()
    thread.GetStatus(text)
    result.AppendMessage(text.GetData().rstrip())


FORMATS = {"half": ("<e", 2), "float": ("<f", 4), "double": ("<d", 8), "int8": ("<b", 1), "uint8": ("<B", 1),
           "int16": ("<h", 2), "uint16": ("<H", 2), "int32": ("<i", 4), "uint32": ("<I", 4), "int64": ("<q", 8),
           "bfloat16": (None, 2), "hex": (None, 4)}


def decode(data, kind):
    """The numbers of `data`, as text."""
    code, size = FORMATS[kind]
    for offset in range(0, len(data) - size + 1, size):
        piece = data[offset:offset + size]
        if kind == "bfloat16":
            yield "%g" % struct.unpack("<f", b"\0\0" + piece)[0]
        elif kind == "hex":
            yield "0x%08x" % struct.unpack("<I", piece)[0]
        else:
            value = struct.unpack(code, piece)[0]
            yield "%g" % value if isinstance(value, float) else str(value)


TYPE_NAMES = {"half": "half", "__fp16": "half", "_Float16": "half", "__bf16": "bfloat16", "bfloat16_t": "bfloat16", "float": "float",
              "double": "double", "signed char": "int8", "char": "uint8", "unsigned char": "uint8", "short": "int16",
              "unsigned short": "uint16", "int": "int32", "unsigned int": "uint32", "long": "int64"}


def place_of(frame, text):
    """The address and the element type behind an expression; an address of None is an error, with its sentence."""
    value = frame.EvaluateExpression(text)
    if not value.GetError().Success():
        return None, str(value.GetError())
    kind = value.GetType().GetCanonicalType()
    if kind.IsArrayType():
        element = kind.GetArrayElementType()
        return value.GetLoadAddress(), element.GetCanonicalType().GetUnqualifiedType().GetName()
    if kind.IsPointerType():
        return value.GetValueAsUnsigned(), kind.GetPointeeType().GetCanonicalType().GetUnqualifiedType().GetName()
    return value.GetValueAsUnsigned(), ""


def mem(debugger, command, _context, result, _internal):
    """bang mem <expression> <count> [--type half] [--shape 8x8] [--task 3]: numbers in a memory of a core."""
    parser = Parser(prog="bang mem", add_help=False)
    parser.add_argument("place")
    parser.add_argument("count", type=int, nargs="?", default=16)
    parser.add_argument("--type", choices=sorted(FORMATS))
    parser.add_argument("--shape")
    parser.add_argument("--task")
    options = parse(parser, command, result)
    if options is None:
        return
    process = debugger.GetSelectedTarget().GetProcess()
    thread = process.GetSelectedThread()
    if options.task is not None:
        thread = find_thread(process, ["task", options.task])
        if not thread:
            result.SetError("no core has task %s now" % options.task)
            return
    address, element = place_of(thread.GetFrameAtIndex(0), options.place)
    if address is None:
        result.SetError(element)
        return
    kind = options.type or TYPE_NAMES.get(element, "hex")
    error = lldb.SBError()
    data = process.ReadMemory(address, options.count * FORMATS[kind][1], error)
    if error.Fail():
        result.SetError(str(error))
        return
    columns = 8
    if options.shape:
        columns = int(options.shape.split("x")[-1])
    numbers = list(decode(data, kind))
    width = max(len(text) for text in numbers)
    for row in range(0, len(numbers), columns):
        result.AppendMessage("[%4d] " % row + " ".join(text.rjust(width) for text in numbers[row:row + columns]))


def bfloat16(value, _internal):
    """lldb knows one number of two bytes, which is not this one."""
    return "%g" % struct.unpack("<f", b"\0\0" + bytes(value.GetData().uint8[:2]))[0]


COMMANDS = (connect, start, cores, queues, entry, back, focus, mem)


def __lldb_init_module(debugger, _internal):
    def run(command):
        debugger.HandleCommand(command)
    run("command container add --help 'cores, queues and memories of the simulated card' bang")
    for function in COMMANDS:
        run("command script add -o -f bang_lldb.%s bang %s" % (function.__name__, function.__name__))
    for name in ("half", "_Float16"):
        run("type format add -f float " + name)
    for name in ("bfloat16_t", "__bf16"):
        run("type summary add --no-value -F bang_lldb.bfloat16 " + name)
    # lldb goes on in the direction it went last. (It warns that these names exist.)
    unheard = lldb.SBCommandReturnObject()
    for name in ("c", "continue"):
        text = "command alias %s process continue --forward" % name
        debugger.GetCommandInterpreter().HandleCommand(text, unheard, False)
    # Each core has memories of its own at the same addresses: without a tag the server knows which core is meant.
    run("settings set target.process.disable-memory-cache true")
    run("settings set target.process.thread.step-out-avoid-nodebug true")
