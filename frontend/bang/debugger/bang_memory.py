"""Commands about memories of cores: `bang mem`, `bang diff`, `bang save`."""
import io
import re
import struct
import zipfile

import lldb

from bang_common import Parser, find_thread, monitor, parse

TABLES = 64  # of WRAM
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


def evaluate(frame, text):
    """The value of an expression; a path of names and indices needs no symbol, which variables of cores do not have."""
    value = frame.GetValueForVariablePath(text)
    return value if value.IsValid() and value.GetError().Success() else frame.EvaluateExpression(text)


def place_of(frame, text):
    """The address and the element type behind an expression; an address of None is an error, with its sentence."""
    value = evaluate(frame, text)
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
    """bang mem <expression> <count> [--type half] [--shape 8x8] [--task 3] [--weights]: numbers in a memory of a core.
    With --weights the lines of the shape are rows of a matrix in WRAM, as the matrix unit finds them: row r lies in table
    r % 64, behind r / 64 other rows."""
    parser = Parser(prog="bang mem", add_help=False)
    parser.add_argument("place")
    parser.add_argument("count", type=int, nargs="?")
    parser.add_argument("--type", choices=sorted(FORMATS))
    parser.add_argument("--shape")
    parser.add_argument("--task")
    parser.add_argument("--weights", action="store_true")
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
    size = FORMATS[kind][1]
    shape = re.fullmatch(r"([1-9]\d*)x([1-9]\d*)", options.shape or "2x8")
    if not shape:
        result.SetError("expected --shape <rows>x<elements of a row>")
        return
    columns = int(shape.group(2))
    count = options.count or int(shape.group(1)) * columns
    places = [(address, count * size)]
    if options.weights:
        table = monitor(debugger, "tables").strip()
        if not options.shape or not table.isdigit():
            result.SetError("expected --shape <rows>x<elements of a row> with --weights, and a kernel that runs")
            return
        row = columns * size
        places = [(address + r % TABLES * int(table) + r // TABLES * row, row) for r in range(count // columns)]
    error = lldb.SBError()
    data = b""
    for place, wanted in places:
        data += process.ReadMemory(place, wanted, error) or b""
        if error.Fail():
            result.SetError(str(error))
            return
    numbers = list(decode(data, kind))
    width = max(len(text) for text in numbers)
    for row in range(0, len(numbers), columns):
        result.AppendMessage("[%4d] " % row + " ".join(text.rjust(width) for text in numbers[row:row + columns]))


def numbers_of(frame, text):
    """What `text` is in a frame: (names of its parts, numbers as text), or (None, why not)."""
    value = evaluate(frame, text)
    if not value.GetError().Success():
        return None, str(value.GetError())
    kind = value.GetType().GetCanonicalType()
    if not kind.IsArrayType():
        names, found = [], []
        flatten(value, text, names, found)
        return names, found
    data = bytes_of(frame.GetThread().GetProcess(), value.GetLoadAddress(), kind.GetByteSize())
    format_ = TYPE_NAMES.get(element_of(kind).GetName())
    if format_ is None or data is None:
        return None, "'%s' is no array of numbers" % text
    found = list(decode(data, format_))
    return ["%s[%d]" % (text, i) for i in range(len(found))], found


def flatten(value, name, names, found):
    """The numbers in a variable of any type, each with its name."""
    if not value.GetNumChildren() or value.GetType().IsPointerType():
        names.append(name)
        found.append(value.GetSummary() or value.GetValue() or "?")
        return
    for i in range(value.GetNumChildren()):
        child = value.GetChildAtIndex(i)
        part = child.GetName() or "?"
        flatten(child, name + (part if part.startswith("[") else "." + part), names, found)


def element_of(kind):
    while kind.IsArrayType():
        kind = kind.GetArrayElementType().GetCanonicalType()
    return kind.GetUnqualifiedType()


def bytes_of(process, address, count):
    error = lldb.SBError()
    data = process.ReadMemory(address, count, error)
    return data if error.Success() else None


MOST_DIFFERENCES = 16


def diff(debugger, command, _context, result, _internal):
    """bang diff <core> <other core> <expression>: where two cores differ, for example: bang diff core 0 core 1 buf,
    bang diff task 3 task 6 sum."""
    words = command.split()
    half = (len(words) - 1) // 2
    if len(words) < 5 or len(words) % 2 == 0 and "memory" not in words:
        result.SetError("expected two cores and an expression: bang diff core 0 core 1 buf")
        return
    process = debugger.GetSelectedTarget().GetProcess()
    sides = []
    for names in (words[:half], words[half:2 * half]):
        thread = find_thread(process, names)
        if not thread:
            result.SetError("no core is '%s' now; 'bang cores' lists them" % " ".join(names))
            return
        names_, numbers = numbers_of(thread.GetFrameAtIndex(0), " ".join(words[2 * half:]))
        if names_ is None:
            result.SetError("%s: %s" % (thread.GetName(), numbers))
            return
        sides.append((thread.GetName(), names_, numbers))
    (first, names, left), (second, _, right) = sides
    different = [i for i in range(min(len(left), len(right))) if left[i] != right[i]]
    if not different:
        result.AppendMessage("%d of %d numbers are the same on %s and %s" % (len(left), len(left), first, second))
        return
    width = max(len(names[i]) for i in different[:MOST_DIFFERENCES])
    result.AppendMessage("%s: %s | %s" % ("".ljust(width), first, second))
    for i in different[:MOST_DIFFERENCES]:
        result.AppendMessage("%s: %s | %s" % (names[i].ljust(width), left[i], right[i]))
    result.AppendMessage("%d of %d numbers differ" % (len(different), len(left)))


NUMPY = {"half": "<f2", "float": "<f4", "double": "<f8", "int8": "|i1", "uint8": "|u1", "int16": "<i2", "uint16": "<u2",
         "int32": "<i4", "uint32": "<u4", "int64": "<i8", "bfloat16": "<u2"}


def npy(data, format_, shape):
    """The bytes of a .npy file."""
    header = "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }" % (format_, "".join("%d," % n for n in shape))
    header = header.ljust((len(header) + 10 + 64) // 64 * 64 - 11) + "\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode() + data


def shape_of(kind):
    """The lengths of an array of arrays."""
    shape = []
    while kind.IsArrayType():
        element = kind.GetArrayElementType().GetCanonicalType()
        shape.append(kind.GetByteSize() // max(1, element.GetByteSize()))
        kind = element
    return shape


def save(debugger, command, _context, result, _internal):
    """bang save <file.npz>: the variables of every core's frame, and of its file, as arrays for numpy; the arrays are named
    taskN/variable, those of memory cores mpuN/variable. (bfloat16_t: its 16 bits.)"""
    path = command.strip()
    if not path.endswith(".npz"):
        result.SetError("expected the name of a file that ends with .npz")
        return
    process = debugger.GetSelectedTarget().GetProcess()
    count = 0
    try:
        with zipfile.ZipFile(path, "w") as file:
            for thread in process:
                words = thread.GetName().split()
                owner = "mpu" + words[1] if "memory" in words else "task" + words[-1]
                seen = set()
                for value in thread.GetFrameAtIndex(0).GetVariables(True, True, True, True):
                    kind = value.GetType().GetCanonicalType()
                    format_ = NUMPY.get(TYPE_NAMES.get(element_of(kind).GetName(), ""))
                    name = value.GetName().rsplit("::", 1)[-1]
                    if not format_ or name in seen or not value.GetError().Success():
                        continue
                    place = value.GetLoadAddress()
                    data = bytes(value.GetData().uint8) if place == lldb.LLDB_INVALID_ADDRESS else \
                        bytes_of(process, place, kind.GetByteSize())
                    if not data:
                        continue
                    seen.add(name)
                    file.writestr("%s/%s.npy" % (owner, name), npy(data, format_, shape_of(kind)))
                    count += 1
    except OSError as error:
        result.SetError("cannot write %s: %s" % (path, error.strerror))
        return
    result.AppendMessage("%d variables of %d cores written to %s" % (count, process.GetNumThreads(), path))
