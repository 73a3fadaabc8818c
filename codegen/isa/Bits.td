// Bits.td: elements packed into bits and back, counts of bits, groups of four that keep two elements.
//
// Bit i of packed elements is bit i % 8 of byte i / 8. `bytes` is the size of the n * h * w rows of elements.
defvar bitCounts = [Place<"nsa", 1>, Place<"ones", 2>, Place<"zeros", 3>]<DlpSuffix>;
def VPACKB : Insn<0xf5, "vpackb", Types<RawElts>.R,
                  [Wr<"dst">, Rd<"src">, Val<"n">, Val<"h">, Val<"w">, Val<"bytes">], Compute, "reduce",
                  "bit i = element i is not 0">;
def VUNPACKB : Insn<0xf6, "vunpackb", Types<RawElts>.R,
                    [Wr<"dst">, Rd<"src">, Val<"n">, Val<"h">, Val<"w">, Val<"bytes">], Compute, "reduce",
                    "element i = bit i, as 1 or 0">;
def VBITCNT : Insn<0xf7, "vbitcnt",
                   !foldl([]<Variant>, [E_B8, E_B16, E_B32]<DlpSuffix>, acc, e,
                          !listconcat(acc, !foreach(m, bitCounts, Variant<e, S_None, m>))),
                   [Wr<"dst">, Rd<"src">, Val<"n">], Compute, "add",
                   "bits below the sign that equal it (nsa), bits that are 1 (ones) or 0 (zeros), of each element">;

// Structured sparsity: of each group of four elements two are kept.
defvar sparseModes = [Place<"union", 1>, Place<"index", 2>, Place<"union_index", 3>, Place<"sparse_index", 4>]<DlpSuffix>;
def VSPARSE : Insn<0xf4, "vsparse",
                   !foldl([]<Variant>, [E_F16, E_BF16, E_F32, E_I8, E_I16, E_I32]<DlpSuffix>, acc, e,
                          !listconcat(acc, !foreach(m, sparseModes, Variant<e, S_None, m>))),
                   [Wr<"dst">, Rd<"src">, Rd<"index">, Val<"ci">, Val<"h">, Val<"w">, Val<"co">], Compute, "move",
                   "of each four elements the two largest, as elements (union) or as 1 and 0 (index); those index names, "
                   "in place (union_index) or behind each other (sparse_index)">;
