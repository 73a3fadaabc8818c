// Reduce.td: many elements to one. Sums accumulate in f32, in the order written below.
def VSUM : Insn<0x64, "vsum", Types<FloatElts>.R, [Result<"sum">, Rd<"src">, Val<"n">], Compute, "reduce",
                "sum of n elements, as the bit pattern of the element type; pairwise inside 128-byte rows, rows in order">;
def VSUM_ROW : Insn<0x65, "vsum.row", Types<FloatElts>.R, [Wr<"dst">, Rd<"src">, Val<"n">], Compute, "reduce",
                    "sum of each 128-byte row to the first element of the row">;
def VARGMAX : Insn<0x66, "vargmax", Types<FloatElts>.R, [Wr<"dst">, Rd<"src">, Val<"n">], Compute, "reduce",
                   "first maximum, then its index as a 32-bit word directly behind it; NaN is skipped">;
def VARGMIN : Insn<0x67, "vargmin", Types<FloatElts>.R, [Wr<"dst">, Rd<"src">, Val<"n">], Compute, "reduce",
                   "first minimum, then its index as a 32-bit word directly behind it; NaN is skipped">;
def VCOUNT : Insn<0x68, "vcount", Types<NumElts>.R, [Result<"count">, Rd<"src">, Val<"n">], Compute, "reduce",
                  "number of non-zero elements">;
def VFIRST : Insn<0x69, "vfirst", Types<NumElts>.R, [Result<"index">, Rd<"src">, Val<"n">], Compute, "reduce",
                  "index of the first non-zero element, 0xffffffff if none">;
def VLAST : Insn<0x6a, "vlast", Types<NumElts>.R, [Result<"index">, Rd<"src">, Val<"n">], Compute, "reduce",
                 "index of the last non-zero element, 0xffffffff if none">;
def VCOLLECT : Insn<0x6b, "vcollect", Types<FloatElts>.R, [Result<"count">, Wr<"dst">, Rd<"src">, Rd<"mask">, Val<"n">],
                    Compute, "reduce", "pack the elements whose mask is non-zero, in order; gives their number">;
