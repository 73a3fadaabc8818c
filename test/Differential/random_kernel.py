"""Random kernels: vector operations on NRAM arrays of several types, scalar code between them, copies, counts."""
SIZE = 192
ARRAYS = [("float", "f", 4), ("half", "h", 3), ("int", "i", 4), ("short", "s", 3), ("signed char", "c", 3)]
BYTES = {"float": 4, "half": 2, "int": 4, "short": 2, "signed char": 1}
LETTER = {t: letter for t, letter, _ in ARRAYS}
COUNT = {t: count for t, _, count in ARRAYS}
FLOATS = ["float", "half"]


class Kernel:
    def __init__(self, random):
        self.random = random
        self.lines = []

    def put(self, text, depth=1):
        self.lines.append("  " * depth + text)

    def kind(self):
        return self.random.choice([t for t, _, _ in ARRAYS])

    def array(self, ctype):
        return f"{LETTER[ctype]}{self.random.randrange(COUNT[ctype])}"

    def part(self, ctype, room):
        """An address inside an array with `room` elements behind it."""
        offset = self.random.choice([0, 0, 0, 1, 16, SIZE - room]) if room < SIZE else 0
        offset = min(offset, SIZE - room)
        return self.array(ctype) + (f" + {offset}" if offset else "")

    def distinct(self, ctype):
        """Two different arrays."""
        return [f"{LETTER[ctype]}{k}" for k in self.random.sample(range(COUNT[ctype]), 2)]

    def number(self, ctype):
        value = self.random.choice([0, 1, -1, 2, 3, -7, 11, 100])
        return f"({ctype}){value}" + (".5f" if ctype in FLOATS and self.random.random() < 0.4 else "")

    def count(self):
        """The text of a count and the most it can be."""
        if self.random.random() < 0.4:
            return "n", 64  # 1 .. 64, of the launch
        most = self.random.choice([1, 5, 63, 64, 65, 128, 191, SIZE])
        return str(most), most

    def vector(self):
        ctype = self.kind()
        text, most = self.count()
        choice = self.random.randrange(6)
        name = self.random.choice(["add", "sub", "mul", "eq", "lt", "le", "gt", "ge", "and", "or", "xor"])
        # Operands overlap exactly or not at all: they begin at the same offset.
        offset = self.random.choice([0, 0, 1, 16])
        offset = min(offset, SIZE - most)
        at = lambda: self.array(ctype) + (f" + {offset}" if offset else "")
        if choice < 2:
            name = self.random.choice([name, name, "maxequal", "minequal"])
            self.put(f"__bang_{name}({at()}, {at()}, {at()}, {text});")
        elif choice == 2:
            self.put(f"__bang_{name}_scalar({at()}, {at()}, {self.number(ctype)}, {text});")
        elif choice == 3:
            segment = self.random.choice([1, 3, 8, 48])
            turns = self.random.randint(1, SIZE // segment)
            a, b = self.distinct(ctype)
            self.put(f"__bang_cycle_{name}({a}, {self.random.choice([a, a])}, {b}, {segment * turns}, {segment});")
        else:
            unary = ["abs", "relu", "not"] + (["square"] if ctype in FLOATS else [])
            self.put(f"__bang_{self.random.choice(unary)}({at()}, {at()}, {text});")

    def other(self):
        text, most = self.count()
        ctype = self.kind()
        choice = self.random.randrange(9)
        if choice == 0:
            self.put(f"__bang_half2float({self.array('float')}, {self.array('half')}, {text});")
        elif choice == 1:
            self.put(f"__bang_float2half_rn({self.array('half')}, {self.array('float')}, {text});")
        elif choice == 2:
            self.put(f"__bang_float2int32_tz({self.array('int')}, {self.array('float')}, {text}, "
                     f"{self.random.randint(-3, 3)});")
        elif choice == 3:
            self.put(f"__bang_int322float_rn({self.array('float')}, {self.array('int')}, {text}, "
                     f"{self.random.randint(-9, 9)});")
        elif choice == 4:
            a, b = self.distinct(ctype)
            h, w = self.random.choice([(1, 7), (8, 8), (3, 16), (12, 16), (31, 6)])
            self.put(f"__bang_transpose({a}, {b}, {h}, {w});")
        elif choice == 5:
            self.put(f"__bang_write_value({self.part(ctype, most)}, {text}, {self.number(ctype)});")
        elif choice == 6:
            name = self.random.choice(["count", "findfirst1"])
            self.put(f"sum = mixed(sum, __bang_{name}({self.array(ctype)}, {text}));")
        elif choice == 7:
            ctype = self.random.choice(FLOATS)
            a, b = self.distinct(ctype)
            self.put(f"__bang_maxpool({a}, {b}, 4, 8, 6, {self.random.randint(1, 4)}, {self.random.randint(1, 3)}, "
                     f"{self.random.randint(1, 2)}, {self.random.randint(1, 3)});")
        else:
            a, b = self.distinct(ctype)
            size = BYTES[ctype]
            if self.random.random() < 0.5:
                self.put(f"__memcpy({a}, {b}, {text} * {size}, NRAM2NRAM);")
            else:
                run, segments = self.random.choice([(4, 5), (1, 20), (16, 3)])
                widest = (SIZE - run) // segments
                self.put(f"__memcpy({a}, {b}, {run * size}, NRAM2NRAM, {self.random.randint(run, widest) * size}, "
                         f"{self.random.randint(0, widest) * size}, {segments});")

    def scalar(self):
        ctype = self.kind()
        step = self.random.choice([1, 3, 7])
        if self.random.random() < 0.5:
            self.put(f"for (int k = 0; k < n; k += {step})")
            if ctype in FLOATS:
                a, b = self.array(ctype), self.array(ctype)
                sign = self.random.choice("+-*")
                self.put(f"  {self.array(ctype)}[k] = ({ctype})({a}[k] {sign} {b}[(k + {step}) % {SIZE}]);")
            else:
                operation = self.random.choice(["Add", "Sub", "Mul", "Div", "Rem"])
                self.put(f"  {self.array(ctype)}[k] = safe{operation}<{ctype}>({self.array(ctype)}[k], "
                         f"{self.array(ctype)}[(k * {step}) % {SIZE}]);")
        elif ctype in FLOATS:
            a = self.array(ctype)
            self.put(f"if ({a}[n] > {self.array(ctype)}[{self.random.randrange(SIZE)}])")
            self.put(f"  {a}[{self.random.randrange(SIZE)}] = {self.number(ctype)};")
        else:
            self.put(f"sum = mixed(sum, bitsOf({self.array(ctype)}[{self.random.randrange(SIZE)}]));")

    def statement(self):
        choice = self.random.randrange(20)
        if choice < 10:
            self.vector()
        elif choice < 14:
            self.other()
        elif choice < 17:
            self.scalar()
        else:
            start = len(self.lines)
            self.put(self.random.choice([f"for (int t = 0; t < {self.random.randint(1, 3)}; ++t) {{", "if (n % 2) {",
                                         f"if ({self.array('int')}[n] > {self.array('int')}[0]) {{"]))
            for _ in range(self.random.randint(1, 3)):
                self.random.choice([self.vector, self.other, self.scalar])()
            self.put("}")
            self.lines[start + 1:-1] = ["  " + line for line in self.lines[start + 1:-1]]


def program(random, name):
    kernel = Kernel(random)
    for _ in range(random.randint(4, 14)):
        kernel.statement()
    loads, stores, offset, target = [], [], {"f": 0, "i": SIZE * 4 * 4}, 0
    declarations = []
    asynchronous = random.choice(["", "_async"])
    for ctype, letter, count in ARRAYS:
        for k in range(count):
            declarations.append(f"  __nram__ {ctype} {letter}{k}[{SIZE}];")
            size = SIZE * BYTES[ctype]
            if ctype == "half":
                loads.append(f"  __bang_float2half_rn({letter}{k}, f{k}, {SIZE});")
            else:
                pool = "f" if ctype == "float" else "i"
                source = f"(const char *)in + {offset[pool]}"
                loads.insert(0, f"  __memcpy{asynchronous}({letter}{k}, {source}, {size}, GDRAM2NRAM);")
                offset[pool] += size
            stores.append(f"  __memcpy{asynchronous}((char *)out + {target}, {letter}{k}, {size}, NRAM2GDRAM);")
            target += size
    barrier = ["  __sync();"] if asynchronous else []
    loads = [l for l in loads if "float2half" not in l] + barrier + [l for l in loads if "float2half" in l]
    checksum = ["  for (int k = 0; k < 8; ++k)", "    c0[k] = (signed char)(sum >> (8 * k));"]
    return "\n".join([f"KERNEL void {name}(void *out, const void *in, int n) {{", *declarations, "  uint64_t sum = 0;",
                      *loads, *kernel.lines, *checksum, *barrier, *stores, *barrier, "}", ""])


PARTS = [({"float": "f", "half": "h"}.get(t, "b"), SIZE * BYTES[t]) for t, _, count in ARRAYS for _ in range(count)]
INTS = sum(SIZE * BYTES[t] * count for t, _, count in ARRAYS if t not in FLOATS)
SHAPE = {"parts": PARTS, "floats": SIZE * 4 * 4, "ints": INTS, "runs": 3}
