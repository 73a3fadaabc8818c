"""Conditions of breakpoints, compiled to gdb's agent expressions, which the simulator evaluates without asking lldb.

A condition is compiled in the frame in which it is first asked for, so that lldb knows where its variables lie. What is
known there as a place in the frame, a register or an address holds for every core.
"""
import re
import struct

import lldb

(ADD, SUB, MUL, DIV, UDIV, REM, UREM, SHL, SHR, USHR) = range(0x02, 0x0c)
(LOG_NOT, AND, OR, XOR, NOT, EQUAL, LESS, ULESS, SIGN, REF8, REF16, REF32, REF64) = range(0x0e, 0x1b)
(IF_GOTO, GOTO, CONST8, CONST16, CONST32, CONST64, REG, END, DUP, POP, ZERO, SWAP) = range(0x20, 0x2c)
# Words as doubles: openbang's own (simulator/debug/Condition.h).
(FADD, FSUB, FMUL, FDIV, FEQUAL, FLESS, FROM_SIGNED, FROM_UNSIGNED, TO_SIGNED, FROM_HALF, FROM_BFLOAT16,
 FROM_FLOAT) = range(0x80, 0x8c)

TAG_SHIFT = 48
TOKEN = re.compile(r"\s*(?:(0[xX][0-9a-fA-F]+|\d+\.\d*(?:[eE][-+]?\d+)?f?|\d+[eE][-+]?\d+|\.\d+f?|\d+)|([A-Za-z_]\w*(?:::\w+)*)|"
                   r"(->|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%<>!~&|^().\[\]]))")


class Refused(Exception):
    """What cannot be compiled, with the reason."""


class Number:
    """The type of a computed value: a whole number of some bits, or a floating one."""

    def __init__(self, bits=64, signed=True, floating=False):
        self.bits, self.signed, self.floating = bits, signed, floating


INT, LONG, DOUBLE = Number(32), Number(64), Number(64, True, True)
FLOATS = {"float": (REF32, FROM_FLOAT), "double": (REF64, None), "half": (REF16, FROM_HALF), "__fp16": (REF16, FROM_HALF),
          "_Float16": (REF16, FROM_HALF), "__bf16": (REF16, FROM_BFLOAT16)}


class Value:
    """Code that leaves a number on the stack, or the address of an object of a type of lldb's."""

    def __init__(self, code, number=None, kind=None):
        self.code, self.number, self.kind = code, number, kind


def constant(value):
    value &= (1 << 64) - 1
    return [("bytes", bytes([CONST64]) + struct.pack(">Q", value))] if value >> 16 else \
        [("bytes", bytes([CONST16]) + struct.pack(">H", value))]


def op(*codes):
    return [("bytes", bytes(codes))]


class Compiler:
    def __init__(self, frame, registers, text):
        self.frame, self.registers = frame, registers
        self.tokens = []
        text = text.strip()
        position = 0
        while position < len(text):
            match = TOKEN.match(text, position)
            if not match:
                raise Refused("'%s' is not understood" % text[position:])
            self.tokens.append(match.group(match.lastindex))
            position = match.end()
        self.at = 0
        self.labels = 0

    def peek(self):
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def take(self, *wanted):
        if self.peek() in wanted:
            self.at += 1
            return self.tokens[self.at - 1]
        return None

    def expect(self, wanted):
        if not self.take(wanted):
            raise Refused("'%s' is missing before '%s'" % (wanted, self.peek() or "the end"))

    def compile(self):
        value = self.truth(self.binary(0))
        if self.peek():
            raise Refused("'%s' is not understood" % self.peek())
        places, size = {}, 0
        for kind, item in value + op(END):
            if kind == "label":
                places[item] = size
            else:
                size += len(item) if kind == "bytes" else 3
        code = b""
        for kind, item in value + op(END):
            if kind == "bytes":
                code += item
            elif kind != "label":
                code += bytes([IF_GOTO if kind == "if" else GOTO]) + struct.pack(">H", places[item])
        return code

    # Values

    def rvalue(self, value):
        """The number behind a value."""
        if value.number:
            return value
        kind = value.kind.GetCanonicalType().GetUnqualifiedType()
        if kind.IsReferenceType():
            return self.rvalue(Value(value.code + op(REF64), None, kind.GetDereferencedType()))
        if kind.IsArrayType() or kind.IsPointerType():
            return Value(self.pointer(value)[0], Number(64, False))
        name, size = kind.GetName(), kind.GetByteSize()
        if name in FLOATS:
            ref, convert = FLOATS[name]
            return Value(value.code + op(*([ref, convert] if convert else [ref])), DOUBLE)
        flags = kind.GetTypeFlags()
        if size not in (1, 2, 4, 8) or not flags & (lldb.eTypeIsInteger | lldb.eTypeIsEnumeration | lldb.eTypeIsScalar):
            raise Refused("a %s is no number" % kind.GetName())
        signed = bool(flags & lldb.eTypeIsSigned) and name != "bool"
        code = value.code + op({1: REF8, 2: REF16, 4: REF32, 8: REF64}[size])
        if signed and size < 8:
            code += op(SIGN, 8 * size)
        return Value(code, Number(max(32, 8 * size), signed or size < 4))

    def pointer(self, value):
        """The code of the address a pointer or array points to, and the type there."""
        kind = value.kind.GetCanonicalType() if value.kind else None
        if kind and kind.IsReferenceType():
            return self.pointer(Value(value.code + op(REF64), None, kind.GetDereferencedType()))
        if kind and kind.IsArrayType():
            return value.code, kind.GetArrayElementType()
        if kind and kind.IsPointerType():
            return value.code + op(REF64), kind.GetPointeeType()
        raise Refused("what is no pointer and no array has no elements")

    def truth(self, value):
        value = self.rvalue(value)
        if value.number.floating:
            return value.code + constant(0) + op(FEQUAL, LOG_NOT)
        return value.code + op(LOG_NOT, LOG_NOT)

    def floating(self, value):
        if value.number.floating:
            return value.code
        return value.code + op(FROM_SIGNED if value.number.signed else FROM_UNSIGNED)

    # Grammar

    LEVELS = (("||",), ("&&",), ("|",), ("^",), ("&",), ("==", "!="), ("<", ">", "<=", ">="), ("<<", ">>"), ("+", "-"),
              ("*", "/", "%"))

    def binary(self, level):
        if level == len(self.LEVELS):
            return self.unary()
        left = self.binary(level + 1)
        while True:
            sign = self.take(*self.LEVELS[level])
            if not sign:
                return left
            left = self.combine(sign, left, self.binary(level + 1))

    def combine(self, sign, left, right):
        if sign in ("&&", "||"):
            self.labels += 1
            skip = [] if sign == "||" else op(LOG_NOT)
            keep = op(0x28)  # dup
            code = self.truth(left) + keep + skip + [("if", self.labels)] + op(POP) + self.truth(right)
            return Value(code + [("label", self.labels)], INT)
        if sign in ("+", "-") and left.kind and (left.kind.GetCanonicalType().IsPointerType() or
                                                 left.kind.GetCanonicalType().IsArrayType()):
            raise Refused("arithmetic with pointers is not compiled; write p[i]")
        left, right = self.rvalue(left), self.rvalue(right)
        if left.number.floating or right.number.floating:
            return self.combine_floats(sign, left, right)
        bits = max(left.number.bits, right.number.bits)
        signed = all(n.signed or n.bits < bits for n in (left.number, right.number))
        code = left.code + right.code
        if sign in ("==", "!="):
            return Value(code + op(EQUAL, *([LOG_NOT] if sign == "!=" else [])), INT)
        if sign in ("<", ">", "<=", ">="):
            swap = [SWAP] if sign in (">", "<=") else []
            negate = [LOG_NOT] if sign in ("<=", ">=") else []
            return Value(code + op(*swap, LESS if signed else ULESS, *negate), INT)
        simple = {"+": ADD, "-": SUB, "*": MUL, "|": OR, "^": XOR, "&": AND, "<<": SHL,
                  "/": DIV if signed else UDIV, "%": REM if signed else UREM, ">>": SHR if signed else USHR}
        code += op(simple[sign])
        if bits == 32:
            code += op(SIGN if signed else ZERO, 32)
        return Value(code, Number(bits, signed))

    def combine_floats(self, sign, left, right):
        code = self.floating(left) + self.floating(right)
        arithmetic = {"+": FADD, "-": FSUB, "*": FMUL, "/": FDIV}
        if sign in arithmetic:
            return Value(code + op(arithmetic[sign]), DOUBLE)
        if sign in ("==", "!="):
            return Value(code + op(FEQUAL, *([LOG_NOT] if sign == "!=" else [])), INT)
        if sign in ("<", ">"):
            return Value(code + op(*([SWAP] if sign == ">" else []), FLESS), INT)
        if sign in ("<=", ">="):  # less or equal, which a NaN is not
            other = self.floating(right) + self.floating(left) if sign == ">=" else code
            return Value(other + op(FLESS) + code + op(FEQUAL, OR), INT)
        raise Refused("'%s' is nothing for floating point" % sign)

    def unary(self):
        sign = self.take("-", "!", "~", "*", "+")
        if not sign:
            return self.postfix()
        value = self.unary()
        if sign == "*":
            code, kind = self.pointer(value)
            return Value(code, None, kind)
        if sign == "!":
            return Value(self.truth(value) + op(LOG_NOT), INT)
        value = self.rvalue(value)
        if sign == "-":
            return self.combine("-", Value(constant(0), Number(value.number.bits, value.number.signed)), value)
        if sign == "~":
            return self.combine("^", value, Value(constant(-1), Number(value.number.bits, value.number.signed)))
        return value

    def postfix(self):
        value = self.primary()
        while True:
            sign = self.take("[", ".", "->")
            if not sign:
                return value
            if sign == "[":
                code, kind = self.pointer(value)
                index = self.rvalue(self.binary(0))
                self.expect("]")
                if index.number.floating:
                    raise Refused("an index is a whole number")
                code = code + index.code + constant(kind.GetByteSize()) + op(MUL, ADD)
                value = Value(code, None, kind)
                continue
            if sign == "->":
                code, kind = self.pointer(value)
                value = Value(code, None, kind)
            value = self.member(value, self.peek())
            self.at += 1

    def member(self, value, name):
        kind = value.kind.GetCanonicalType() if value.kind else None
        if kind and kind.IsReferenceType():
            return self.member(Value(value.code + op(REF64), None, kind.GetDereferencedType()), name)
        if kind:
            for field in kind.get_fields_array():
                if field.GetName() == name and not field.IsBitfield():
                    return Value(value.code + constant(field.GetOffsetInBytes()) + op(ADD), None, field.GetType())
        raise Refused("there is no member '%s'" % name)

    def primary(self):
        token = self.peek()
        if token is None:
            raise Refused("the expression ends too early")
        self.at += 1
        if token == "(":
            value = self.binary(0)
            self.expect(")")
            return value
        if token[0].isdigit() or token[0] == "." and len(token) > 1:
            if re.fullmatch(r"0[xX][0-9a-fA-F]+|\d+", token):
                number = int(token, 0) if token[:2] in ("0x", "0X") else int(token)
                return Value(constant(number), INT if number < 1 << 31 else LONG)
            return Value([("bytes", bytes([CONST64]) + struct.pack(">d", float(token.rstrip("f"))))], DOUBLE)
        if token in ("true", "false"):
            return Value(constant(token == "true"), INT)
        if token[0].isalpha() or token[0] == "_":
            return self.variable(token)
        raise Refused("'%s' is not understood" % token)

    def variable(self, name):
        found = self.frame.FindVariable(name)
        if not found.IsValid() and self.frame.FindVariable("this").IsValid():  # in a function of a class
            code, kind = self.pointer(self.variable("this"))
            if name in (field.GetName() for field in kind.GetCanonicalType().get_fields_array()):
                return self.member(Value(code, None, kind), name)
        for kind in (lldb.eValueTypeVariableStatic, lldb.eValueTypeVariableGlobal):
            if not found.IsValid() or found.GetError().Fail():
                found = self.frame.FindValue(name, kind)
        if not found.IsValid():
            if name in self.registers:
                return Value([("bytes", bytes([REG]) + struct.pack(">H", self.registers[name]))], INT)
            raise Refused("there is no variable '%s' here" % name)
        found.SetPreferDynamicValue(lldb.eNoDynamicValues)
        address = found.GetLoadAddress()
        kind = found.GetType()
        if address == lldb.LLDB_INVALID_ADDRESS:
            return self.register(found, name)
        if self.frame.GetSP() <= address < self.frame.GetCFA():
            base = self.frame.FindRegister("fp").GetValueAsUnsigned()
            fp = [("bytes", bytes([REG]) + struct.pack(">H", self.registers["fp"]))]
            return Value(fp + constant(address - base) + op(ADD), None, kind)
        return Value(constant(address & ((1 << TAG_SHIFT) - 1)), None, kind)  # of the core that asks

    def register(self, found, name):
        place = found.GetLocation() or ""
        kind = found.GetType().GetCanonicalType().GetUnqualifiedType()
        if place not in self.registers:
            raise Refused("'%s' has no place here: it is optimized out" % name)
        code = [("bytes", bytes([REG]) + struct.pack(">H", self.registers[place]))]
        if kind.GetName() in FLOATS:
            convert = FLOATS[kind.GetName()][1]
            return Value(code + (op(convert) if convert else []), DOUBLE)
        size = kind.GetByteSize()
        signed = bool(kind.GetTypeFlags() & lldb.eTypeIsSigned)
        if size < 8:
            code += op(SIGN if signed else ZERO, 8 * size)
        if size not in (1, 2, 4, 8):
            raise Refused("'%s' is no number" % name)
        return Value(code, Number(max(32, 8 * size), signed or size < 4))


def compile_condition(frame, registers, text):
    """The code of a condition in a frame, as hexadecimal text."""
    return Compiler(frame, registers, text).compile().hex()
