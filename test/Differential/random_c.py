"""Random C programs for the scalar core: integers of all widths, floats, bit fields, arrays, pointers, loops, calls.

Everything a program does is defined in C (safe.h), so that every machine must agree on its checksum; only the order of
the operands of one expression is Clang's, on both sides.
"""
TYPES = ["int8_t", "uint8_t", "int16_t", "uint16_t", "int32_t", "uint32_t", "int64_t", "uint64_t"]
FLOATS = ["float", "double"]
FIELDS = [("a", "int32_t", ""), ("b", "uint16_t", ""), ("c", "int32_t", ":7"), ("d", "uint32_t", ":13"),
          ("e", "int64_t", ""), ("f", "uint8_t", ""), ("g", "float", "")]
CONSTANTS = [0, 1, 2, 3, 5, 7, 8, 31, 63, 100, 127, 128, 255, 256, 32767, 65535, 65536, 0x7fffffff]


class Function:
    """One function body; keeps what is in scope."""

    def __init__(self, random, name, callees, parameters):
        self.random, self.name, self.callees = random, name, callees
        self.scope = [(t, n) for t, n in parameters]  # readable
        self.targets = [(t, n) for t, n in parameters if not n.startswith("in")]
        self.arrays = [("int32_t", "array", 16)]
        self.locals = 0
        self.depth = 0
        self.lines = []

    def pick(self, items):
        return self.random.choice(items)

    def leaf(self, ctype):
        if self.random.random() < 0.3:
            value = self.pick(CONSTANTS + [self.random.randrange(1 << 31)])
            if ctype in FLOATS:
                return f"({ctype}){value % 1000}.{value % 8 * 125}"
            return f"({ctype}){value}{self.pick(['', 'u'])}"
        kind, name = self.pick(self.scope)
        if ctype in TYPES and kind in FLOATS:
            return f"toInt<{ctype}>({name})"
        return f"({ctype}){name}"

    def index(self, size):
        return f"{self.expr('uint32_t', 1)} % {size}u"

    def expr(self, ctype, depth):
        if depth <= 0 or self.random.random() < 0.12:
            return self.leaf(ctype)
        a = lambda t=ctype: self.expr(t, depth - 1)
        if ctype in FLOATS:
            choice = self.random.randrange(8)
            if choice < 5:
                return f"({a()} {self.pick('+-*/+')} {a()})"
            if choice == 5:
                return f"({self.condition(depth - 1)} ? {a()} : {a()})"
            if choice == 6:
                return f"({ctype}){self.expr(self.pick(TYPES), depth - 1)}"
            return f"({ctype}){self.expr(self.pick(FLOATS), depth - 1)}"
        choice = self.random.randrange(14)
        if choice < 5:
            return f"safe{self.pick(['Add', 'Sub', 'Mul', 'Div', 'Rem'])}<{ctype}>({a()}, {a()})"
        if choice < 7:
            return f"safe{self.pick(['Shl', 'Shr'])}<{ctype}>({a()}, {a('uint8_t')})"
        if choice < 9:
            return f"({ctype})({a()} {self.pick('&|^')} {a()})"
        if choice == 9:
            return f"({ctype})({self.condition(depth - 1)} ? {a()} : {a()})"
        if choice == 10:
            return self.pick([f"safeNeg<{ctype}>({a()})", f"({ctype})~{a()}"])
        if choice == 11:
            array, size = self.pick([(n, s) for _, n, s in self.arrays])
            return f"({ctype}){array}[{self.index(size)}]"
        if choice == 12 and self.callees and self.depth < 2:
            return f"({ctype}){self.pick(self.callees)}(s, array, {a('int32_t')}, {a('uint64_t')}, {a('float')})"
        return f"({ctype}){self.expr(self.pick(TYPES), depth - 1)}"

    def condition(self, depth):
        ctype = self.pick(TYPES + FLOATS)
        text = f"{self.expr(ctype, depth)} {self.pick(['<', '<=', '>', '>=', '==', '!='])} {self.expr(ctype, depth)}"
        if self.random.random() < 0.2 and depth > 0:
            return f"({text} {self.pick(['&&', '||'])} {self.condition(depth - 1)})"
        return f"({text})"

    def put(self, text):
        self.lines.append("  " * (self.depth + 1) + text)

    def block(self, count):
        saved = len(self.scope), len(self.targets), len(self.arrays)
        self.depth += 1
        for _ in range(count):
            self.statement()
        self.depth -= 1
        del self.scope[saved[0]:], self.targets[saved[1]:], self.arrays[saved[2]:]

    def declare(self):
        name = f"l{self.locals}"
        self.locals += 1
        if self.random.random() < 0.2:
            ctype, size = self.pick(TYPES), self.pick([2, 5, 8])
            self.put(f"{ctype} {name}[{size}] = {{{', '.join(self.expr(ctype, 1) for _ in range(size))}}};")
            self.arrays.append((ctype, name, size))
            return
        ctype = self.pick(TYPES + FLOATS)
        self.put(f"{ctype} {name} = {self.expr(ctype, 3)};")
        self.scope.append((ctype, name))
        self.targets.append((ctype, name))

    def statement(self):
        choice = self.random.randrange(16)
        if choice < 3:
            self.declare()
        elif choice < 8 or self.depth >= 3:
            self.assign()
        elif choice < 10:
            self.put(f"if {self.condition(2)} {{")
            self.block(self.random.randint(1, 3))
            if self.random.random() < 0.6:
                self.put("} else {")
                self.block(self.random.randint(1, 3))
            self.put("}")
        elif choice < 13:
            counter = f"i{self.locals}"
            self.locals += 1
            self.put(f"for (int32_t {counter} = 0; {counter} < {self.random.randint(1, 7)}; ++{counter}) {{")
            self.scope.append(("int32_t", counter))
            self.block(self.random.randint(1, 4))
            if self.random.random() < 0.3:
                self.put(f"  if {self.condition(1)}")
                self.put(f"    {self.pick(['break', 'continue'])};")
            self.put("}")
            self.scope.remove(("int32_t", counter))
        else:
            self.put(f"switch ({self.expr('uint32_t', 2)} % 4u) {{")
            for label in range(3):
                self.put(f"case {label}: {{")
                self.block(self.random.randint(1, 2))
                self.put("}" + ("" if self.random.random() < 0.3 else " break;"))
            self.put("default:")
            self.block(1)
            self.put("}")

    def assign(self):
        if self.random.random() < 0.35:
            ctype, array, size = self.pick(self.arrays)
            self.put(f"{array}[{self.index(size)}] = {self.expr(ctype, 3)};")
        elif self.targets:
            ctype, name = self.pick(self.targets)
            self.put(f"{name} = {self.expr(ctype, 3)};")


FIELD_SCOPE = [(t if not w else "int32_t", f"s->{n}") for n, t, w in FIELDS]


def program(random, name):
    """Text of one program: a kernel `name(out, in, n)` with functions of its own."""
    text = [f"struct {name}_S {{ {' '.join(f'{t} {n}{w};' for n, t, w in FIELDS)} }};"]
    callees = []
    for number in range(random.randint(1, 2)):
        function = Function(random, f"{name}_f{number}", list(callees),
                            [("int32_t", "x"), ("uint64_t", "y"), ("float", "z"), *FIELD_SCOPE])
        for _ in range(random.randint(1, 3)):
            function.statement()
        result = random.choice(TYPES)
        noinline = random.choice(["", "__attribute__((noinline)) "])
        parameters = f"{name}_S *s, int32_t *array, int32_t x, uint64_t y, float z"
        text += [f"{noinline}FUNC {result} {function.name}({parameters}) {{", *function.lines,
                 f"  return {function.expr(result, 2)};", "}"]
        callees.append(function.name)
    main = Function(random, name, callees, [("int32_t", "n"), ("int32_t", "in0"), ("float", "in1"), *FIELD_SCOPE])
    for _ in range(random.randint(3, 6)):
        main.statement()
    text += [f"KERNEL void {name}(void *out, const void *in, int n) {{",
             f"  {name}_S object = {{}}, *s = &object;",
             "  int32_t array[16];",
             "  float in1;",
             "  memcpy(&in1, in, 4);",
             "  memcpy(array, (const char *)in + 256, sizeof(array));",
             "  int32_t in0 = array[3];",
             "  s->a = array[0];",
             "  s->e = array[1];",
             "  s->g = in1;",
             *main.lines,
             "  uint64_t sum = 0;",
             *[f"  sum = mixed(sum, bitsOf(({'float' if t == 'float' else 'int64_t'})s->{n}));" for n, t, _ in FIELDS],
             "  for (int i = 0; i < 16; ++i)",
             "    sum = mixed(sum, bitsOf(array[i]));",
             *[f"  sum = mixed(sum, bitsOf({n}));" for _, n in main.scope if n.startswith("l")],
             "  memcpy(out, &sum, sizeof(sum));", "}", ""]
    return "\n".join(text)


SHAPE = {"parts": [("b", 8)], "floats": 256, "ints": 64, "runs": 3}
