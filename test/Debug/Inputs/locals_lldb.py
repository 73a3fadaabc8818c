"""In lldb: `locals <request.json>` records what it reads at the wanted lines of the kernels' task 0.

The request has "lines", {path: [line, ...]}, "hits", how often each line is looked at in an instance of a template,
"instances", in how many of them, and "record", the file to write: a list of [file, line, instance, {name: bytes in
hexadecimal, ...}] in the order of the hits, what could not be read, and the lines with code that task 0 did not come to.
"""
import json
import os

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
    """Scalars, members, and the first and a middle element of arrays, of arrays of objects the first."""
    if value.GetError().Fail():
        wrong.append("%s: %s" % (name, value.GetError()))
        return
    kind = value.GetType().GetCanonicalType()
    if kind.IsArrayType():
        count = min(value.GetNumChildren(lldb.UINT32_MAX), FOLLOWED)
        objects = kind.GetArrayElementType().GetCanonicalType().GetNumberOfFields()
        if not is_apart(value):
            for i in sorted({0, 0 if objects else count // 2}):
                collect(value.GetChildAtIndex(i), "%s[%d]" % (name, i), found, wrong)
    elif kind.GetNumberOfFields() and not kind.IsReferenceType():
        fields = [kind.GetFieldAtIndex(i) for i in range(kind.GetNumberOfFields())]
        bits = {field.GetName() for field in fields if field.IsBitfield()}  # have no bytes of their own
        bases = kind.GetNumberOfDirectBaseClasses()  # come first; their members go by their own names
        for i in range(value.GetNumChildren()):
            child = value.GetChildAtIndex(i)
            if i < bases:
                collect(child, name, found, wrong)
            elif child.GetName() and child.GetName() not in bits:
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
    for path, lines in request["lines"].items():  # the library's files have the same names
        for line in lines:
            point = target.BreakpointCreateByLocation(path, line)
            left[point.GetID()] = (os.path.basename(path), line, {})
    records, wrong = [], []
    while True:
        process.Continue()
        if process.GetState() != lldb.eStateStopped:
            break
        thread = process.GetSelectedThread()
        if thread.GetStopReason() != lldb.eStopReasonBreakpoint:
            continue
        frame = thread.GetFrameAtIndex(0)
        points = [thread.GetStopReasonDataAtIndex(i) for i in range(thread.GetStopReasonDataCount())]
        places = dict(zip(points[::2], points[1::2]))
        for point in [point for point in places if left[point][1] != frame.GetLineEntry().GetLine()]:
            location = target.FindBreakpointByID(point).FindLocationByID(places.pop(point))
            if location.GetAddress().GetLineEntry().GetLine() == left[point][1]:
                target.BreakpointDelete(point)  # an inlined function begins here: the debugger shows the call
            else:
                location.SetEnabled(False)  # the line has no code of its own in this instance
        if not places:
            continue
        point, location = places.popitem()
        source, line, instances = left[point]
        name = thread.GetName()
        if not name.endswith("task 0") or "memory core" in name:
            continue
        instance = frame.GetFunctionName()
        if instance not in instances and len(instances) == request["instances"] or \
                instances.get(instance) == request["hits"]:
            target.FindBreakpointByID(point).FindLocationByID(location).SetEnabled(False)
            continue
        instances[instance] = instances.get(instance, 0) + 1
        found = {}
        for depth in range(thread.GetNumFrames()):
            around = thread.GetFrameAtIndex(depth)
            if (around.GetFunctionName() or "").startswith("__bang_entry"):
                continue
            for variable in around.GetVariables(True, True, True, True):
                own, unread = {}, []
                name = (variable.GetName() or "").removeprefix("::")
                if name == "this" and "operator()" in (around.GetFunctionName() or ""):
                    continue  # a lambda's object has no name in the language
                declared = variable.GetDeclaration().GetLine()
                # What a reference leads to is there once it has a value.
                if depth == 0 and declared < line and (name == "this" or variable.GetType().IsReferenceType()):
                    variable, name = variable.Dereference(), "(*this)" if name == "this" else name
                collect(variable, name, own, unread)
                wrong += ["%s:%d: %s" % (source, line, text) for text in unread]
                if depth == 0 and name and declared < line:
                    for path, text in own.items():
                        found.setdefault(path, text)
        records.append([source, line, instance, found])
        if list(instances.values()) == [request["hits"]] * request["instances"]:
            target.BreakpointDelete(point)
    unreached = []
    for point in target.breakpoint_iter():
        source, line, instances = left.get(point.GetID(), (None, 0, None))
        if instances == {} and any(at.GetAddress().GetLineEntry().GetLine() == line for at in point):
            unreached.append("%s:%d" % (source, line))
    with open(request["record"], "w", encoding="utf-8") as file:
        json.dump([records, wrong, unreached], file)


def __lldb_init_module(debugger, _internal):
    debugger.HandleCommand("command script add -f locals_lldb.locals_ locals")
