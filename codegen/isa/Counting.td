// Counting.td: histograms and running sums with a pattern in WRAM, random numbers.
//
// The pattern's row r are 64 bytes of WRAM table r, where a plain copy of 4096 bytes puts it. Type suffixes: result,
// source and pattern.
def VHIST : Insn<0xf2, "vhist", [Variant<E_F16, E_I8>, Variant<E_F32, E_I8>, Variant<E_I16, E_I8>, Variant<E_I32, E_I8>,
                                 Variant<E_F16, E_I16>, Variant<E_F32, E_I16>, Variant<E_I16, E_I16>,
                                 Variant<E_I32, E_I16>, Variant<E_F32, E_F16>, Variant<E_F32, E_BF16>],
                 [RW<"dst">, Rd<"src">, Rd<"kernel", "wram">, Val<"n">], Compute, "reduce",
                 "adds to dst[r], r < 64, how many elements equal the one of row r below them">;
def VINTEGRAL : Insn<0xf3, "vintegral",
                     [Variant<E_I32, E_I16>, Variant<E_I16, E_I16>, Variant<E_F16, E_I16>, Variant<E_F32, E_I16>,
                      Variant<E_I32, E_I8>, Variant<E_I16, E_I8>, Variant<E_F16, E_I8>, Variant<E_F32, E_I8>,
                      Variant<E_F32, E_F32>, Variant<E_F32, E_F16>],
                     [Wr<"dst">, Rd<"src">, Rd<"kernel", "wram">, Val<"n">, Val<"pos">], Compute, "reduce",
                     "each 64 bytes of src times the rows of a lower triangle, plus the last sum of those before">;
def VRAND : Insn<0xf1, "vrand", Types<[E_I16]>.R, [Wr<"dst">, Val<"n">, Val<"seed">], Compute, "func",
                 "uniformly distributed bits, a function of the seed and the position">;
