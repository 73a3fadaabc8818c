"""Commands that choose where to stop: `bang break`, `bang back`, `bang history`, `bang end`, `bang idle`, `bang barriers`."""
import re

import lldb

from bang_common import monitor
from bang_condition import Refused, compile_condition
from bang_memory import TYPE_NAMES, decode, element_of, evaluate

conditions = {}  # breakpoint id: its text, and the addresses it was compiled for


def registers(debugger):
    """The numbers of registers in conditions."""
    pairs = (line.split() for line in monitor(debugger, "registers").splitlines())
    return {pair[0]: int(pair[1]) for pair in pairs if len(pair) == 2}


def break_(debugger, command, _context, result, _internal):
    """bang break <file>:<line> [if <condition>] | <function> [if <condition>] | kernel <name>: a breakpoint whose condition
    the simulator evaluates, millions of times in a second; of variables, members, elements, numbers and C's operators."""
    place, _, condition = command.strip().partition(" if ")
    words = place.split()
    if len(words) == 2 and words[0] == "kernel" and not condition:
        result.AppendMessage(monitor(debugger, "entry " + words[1]).rstrip())
        return
    line = re.fullmatch(r"(\S+):(\d+)", place.strip())
    if len(words) != 1:
        result.SetError("expected bang break <file>:<line> or <function>, with 'if <condition>' behind it, or kernel <name>")
        return
    where = "-f '%s' -l %s" % line.groups() if line else "-n '%s'" % words[0]
    hardware = " --hardware" if condition else ""  # of these the server knows the condition
    done = lldb.SBCommandReturnObject()
    debugger.GetCommandInterpreter().HandleCommand("breakpoint set %s%s" % (where, hardware), done, False)
    if not done.Succeeded():
        result.SetError(done.GetError().strip().removeprefix("error: "))
        return
    result.AppendMessage((done.GetOutput() or "").strip())
    if condition:
        target = debugger.GetSelectedTarget()
        breakpoint = target.GetBreakpointAtIndex(target.GetNumBreakpoints() - 1)
        conditions[breakpoint.GetID()] = (condition.strip(), {})
        breakpoint.SetScriptCallbackFunction("bang_lldb.reached")


def reached(frame, location, _extra, _internal):
    """A core came to a breakpoint of `bang break`. The first time the condition is compiled; then only cores come for which
    it holds."""
    breakpoint = location.GetBreakpoint()
    text, compiled = conditions.get(breakpoint.GetID(), (None, {}))
    pc = frame.GetPC()
    if text is None or pc in compiled:
        return True
    debugger = frame.GetThread().GetProcess().GetTarget().GetDebugger()
    try:
        code = compile_condition(frame, registers(debugger), text)
    except Refused as reason:
        print("bang break: the condition '%s' is left to lldb, which is slower: %s" % (text, reason))
        breakpoint.SetCondition(text)
        conditions.pop(breakpoint.GetID())
        value = frame.EvaluateExpression(text)
        return not value.GetError().Success() or value.GetValueAsUnsigned() != 0
    compiled[pc] = code
    monitor(debugger, "condition %x %s" % (pc, code))
    return monitor(debugger, "evaluate " + code).strip() != "0"


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


def history(debugger, command, _context, result, _internal):
    """bang history <expression> [<count>]: who wrote the variable or element last, the latest first; the cores stay where
    they are."""
    text, _, count = command.strip().rpartition(" ")
    if not text or not count.isdigit():
        text, count = command.strip(), "8"
    thread = debugger.GetSelectedTarget().GetProcess().GetSelectedThread()
    value = evaluate(thread.GetSelectedFrame(), text)
    address = value.GetLoadAddress()
    size = value.GetType().GetByteSize()
    if value.GetType().GetCanonicalType().IsPointerType() and text[:1] == "(" or address == lldb.LLDB_INVALID_ADDRESS:
        address, size = value.GetValueAsUnsigned(), 4
    if not text or not value.GetError().Success():
        result.SetError("expected a variable, an element or an address: bang history buf[5]")
        return
    kind = TYPE_NAMES.get(element_of(value.GetType().GetCanonicalType()).GetName(), "hex")
    for line in monitor(debugger, "history %x %x %x %s" % (thread.GetThreadID(), address, size, count)).splitlines():
        content, _, who = line.partition(" ")
        if re.fullmatch("([0-9a-f]{2})+", content):
            line = "%s: %s" % (" ".join(decode(bytes.fromhex(content), kind)), who)
        result.AppendMessage(line)


def barriers(debugger, _command, _context, result, _internal):
    """bang barriers: who waits at barriers and for locks, and who is missing."""
    result.AppendMessage(monitor(debugger, "barriers").rstrip())


def idle(debugger, command, _context, result, _internal):
    """bang idle [on | off]: stop a core when the last pending copy of one of its queues has happened."""
    word = command.strip() or "on"
    if word not in ("on", "off"):
        result.SetError("expected on or off")
        return
    result.AppendMessage(monitor(debugger, "idle " + word).rstrip())


def end(debugger, command, _context, result, _internal):
    """bang end [on | off]: stop when all tasks of a kernel have ended; from there time can go back."""
    word = command.strip() or "on"
    if word not in ("on", "off"):
        result.SetError("expected on or off")
        return
    result.AppendMessage(monitor(debugger, "end " + word).rstrip())
