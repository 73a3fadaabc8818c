"""In lldb: `locals <request.json>` records what it reads at the wanted lines of the kernels' task 0.

The request has "lines", {file: [line, ...]}, "hits", how often each line is looked at, and "record", the file to write:
a list of [file, line, {name: bytes in hexadecimal, ...}] in the order of the hits, and what could not be read.
"""
import json

import lldb

FOLLOWED = 4096  # elements of an array are looked at in its first bytes


def data_of(value):
    """The bytes of a scalar, the least significant first; None where it has none that two runs must share."""
    kind = value.GetType().GetCanonicalType()
    size = kind.GetByteSize()
    if kind.IsPointerType() or size not in (1, 2, 4, 8):
        return None
    error = lldb.SBError()
    raw = value.GetData().ReadRawData(error, 0, size)
    return bytes(raw)[::-1].hex() if error.Success() and raw else None


def is_apart(value):
    """Does it lie in WRAM, which scalar code cannot print, or in SRAM, where other cores write meanwhile?"""
    wram, rom = 0x300000, 0x1000000  # SRAM lies between (docs/isa)
    return wram <= value.GetLoadAddress() & 0xffffffffffff < rom


def collect(value, name, found, wrong):
    """Scalars, members, and the first and a middle element of arrays."""
    if value.GetError().Fail():
        wrong.append("%s: %s" % (name, value.GetError()))
        return
    kind = value.GetType().GetCanonicalType()
    if kind.IsArrayType():
        count = min(value.GetNumChildren(lldb.UINT32_MAX), FOLLOWED)
        if not is_apart(value):
            for i in sorted({0, count // 2}):
                collect(value.GetChildAtIndex(i), "%s[%d]" % (name, i), found, wrong)
    elif kind.GetNumberOfFields() and not kind.IsReferenceType():
        fields = [kind.GetFieldAtIndex(i) for i in range(kind.GetNumberOfFields())]
        bits = {field.GetName() for field in fields if field.IsBitfield()}  # have no bytes of their own
        for i in range(value.GetNumChildren()):
            child = value.GetChildAtIndex(i)
            if child.GetName() and child.GetName() not in bits:
                collect(child, "%s.%s" % (name, child.GetName()), found, wrong)
    elif not kind.IsReferenceType():
        text = data_of(value)
        if text:
            found[name] = text


def locals_(debugger, command, _context, result, _internal):
    with open(command.strip(), encoding="utf-8") as file:
        request = json.load(file)
    target = debugger.GetSelectedTarget()
    process = target.GetProcess()
    debugger.SetAsync(False)
    left = {}
    for source, lines in request["lines"].items():
        for line in lines:
            point = target.BreakpointCreateByLocation(source, line)
            left[point.GetID()] = [source, line, request["hits"]]
    records, wrong = [], []
    while True:
        process.Continue()
        if process.GetState() != lldb.eStateStopped:
            break
        thread = process.GetSelectedThread()
        if thread.GetStopReason() != lldb.eStopReasonBreakpoint:
            continue
        frame = thread.GetFrameAtIndex(0)
        points = [thread.GetStopReasonDataAtIndex(i) for i in range(0, thread.GetStopReasonDataCount(), 2)]
        for other in [point for point in points if left[point][1] != frame.GetLineEntry().GetLine()]:
            target.BreakpointDelete(other)  # its line has no code of its own
            points.remove(other)
        if not points:
            continue
        point = points[0]
        source, line, hits = left[point]
        name = thread.GetName()
        if not name.endswith("task 0") or "memory core" in name:
            continue
        found = {}
        for depth in range(thread.GetNumFrames()):
            around = thread.GetFrameAtIndex(depth)
            if (around.GetFunctionName() or "").startswith("__bang_entry"):
                continue
            for variable in around.GetVariables(True, True, True, True):
                own, unread = {}, []
                collect(variable, (variable.GetName() or "").removeprefix("::"), own, unread)
                wrong += ["%s:%d: %s" % (source, line, text) for text in unread]
                declared = variable.GetDeclaration().GetLine()
                if depth == 0 and variable.GetName() and declared < line:
                    for path, text in own.items():
                        found.setdefault(path, [text, declared])
        records.append([source, line, found])
        left[point][2] = hits - 1
        if hits == 1:
            target.BreakpointDelete(point)
    with open(request["record"], "w", encoding="utf-8") as file:
        json.dump([records, wrong], file)


def __lldb_init_module(debugger, _internal):
    debugger.HandleCommand("command script add -f locals_lldb.locals_ locals")
