"""lldb commands for kernels: `bang ...` shows cores, queues and memories of the simulated card.

`bang debug` loads this file; in another lldb: command script import <installation>/share/openbang/lldb/bang_lldb.py
"""
import os
import shlex
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
import time

import lldb

# lldb imports this file alone; the others lie beside it.
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from bang_common import find_thread, monitor
from bang_memory import diff, mem, save
from bang_stops import back, barriers, break_, end, history, idle, reached  # lldb calls it by its name here


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


def await_(debugger, command, context, result, internal):
    """bang await <socket>: waits up to ten minutes for a program whose BANG_TOOL is debug:unix:<socket> to start a kernel, and
    connects to it; for editors that start the host half themselves."""
    end_of_patience = time.monotonic() + 600
    while time.monotonic() < end_of_patience:
        if os.path.exists(command.strip()) and os.stat(command.strip()).st_uid == os.getuid():
            done = lldb.SBCommandReturnObject()
            connect(debugger, "unix-connect://" + command.strip(), context, done, internal)
            if not done.GetErrorSize():
                result.AppendMessage(done.GetOutput().rstrip())
                return
        time.sleep(0.05)  # not there, of a program that is gone, or somebody else's
    result.SetError("no kernel started that waits at '%s'" % command.strip())


def cores(debugger, _command, _context, result, _internal):
    """bang cores: what every core does."""
    result.AppendMessage(monitor(debugger, "cores").rstrip())


def queues(debugger, _command, _context, result, _internal):
    """bang queues: copies that have issued and not happened yet."""
    result.AppendMessage(monitor(debugger, "queues").rstrip())


def entry(debugger, command, _context, result, _internal):
    """bang entry all | none | <kernel>: stop where kernels start."""
    result.AppendMessage(monitor(debugger, "entry " + command.strip()).rstrip())


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


def bfloat16(value, _internal):
    """lldb knows one number of two bytes, which is not this one."""
    return "%g" % struct.unpack("<f", b"\0\0" + bytes(value.GetData().uint8[:2]))[0]


COMMANDS = {"connect": connect, "start": start, "await": await_, "cores": cores, "queues": queues, "barriers": barriers, "entry": entry,
            "end": end, "idle": idle, "break": break_, "back": back, "history": history, "focus": focus, "mem": mem, "diff": diff,
            "save": save}


def __lldb_init_module(debugger, _internal):
    def run(command):
        debugger.HandleCommand(command)
    run("command container add --help 'cores, queues and memories of the simulated card' bang")
    for name, function in COMMANDS.items():
        # Going back ends with a stop, which an editor waits for beside the command.
        how = "-s current " if function is back else ""
        run("command script add -o %s-f bang_lldb.%s bang %s" % (how, function.__name__, name))
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
