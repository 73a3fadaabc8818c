"""In lldb: compares what the debugger reads at each SHOW with what the instrumented run printed.

`shown <source> <file with what was printed>` prints a verdict.
"""
import lldb


def read(frame, text):
    """The value of a SHOW's expression, as text."""
    cast = text.startswith("(int)")
    text = text.removeprefix("(int)")
    value = frame.GetValueForVariablePath(text)
    if not value.IsValid() or value.GetError().Fail():
        value = frame.EvaluateExpression(text)
    if value.GetError().Fail():
        return "error: %s" % value.GetError()
    name = value.GetType().GetCanonicalType().GetName()
    if name in ("float", "double"):
        number = float(value.GetValue())
        return "%d" % number if cast else "%g" % number
    if name == "bool":
        return str(int(value.GetValue() == "true"))
    return str(value.GetValueAsSigned() if name[0] != "u" else value.GetValueAsUnsigned())


def shown(debugger, command, _context, result, _internal):
    source, printed = command.split()
    records = [line.split() for line in open(printed, encoding="utf-8") if line.strip()]
    target = debugger.GetSelectedTarget()
    process = target.GetProcess()
    for line in sorted({int(record[0]) for record in records}):
        target.BreakpointCreateByLocation(source, line)
    debugger.SetAsync(False)
    same = unreadable = 0
    for line, *name, value in records:
        process.Continue()
        if process.GetState() != lldb.eStateStopped:
            result.AppendMessage("FAIL: the program ended before line %s" % line)
            return
        frame = process.GetSelectedThread().GetFrameAtIndex(0)
        got = read(frame, " ".join(name))
        place = frame.GetLineEntry().GetLine()
        if place == int(line) and got == ("%g" % float(value) if "." in value or "e" in value else value):
            same += 1
        else:
            result.AppendMessage("FAIL: line %s: %s was %s; the debugger shows %s at line %d" %
                                 (line, " ".join(name), value, got, place))
        for depth in range(process.GetSelectedThread().GetNumFrames() - 1):  # the last one is the wrapper
            for variable in process.GetSelectedThread().GetFrameAtIndex(depth).GetVariables(True, True, True, True):
                if variable.GetError().Fail():
                    unreadable += 1
                    result.AppendMessage("FAIL: line %s: %s cannot be read: %s" %
                                         (line, variable.GetName(), variable.GetError()))
    result.AppendMessage("%d of %d values are the same, %d variables cannot be read" % (same, len(records), unreadable))


def __lldb_init_module(debugger, _internal):
    debugger.HandleCommand("command script add -f shown.shown shown")
