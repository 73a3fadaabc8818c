// Layout.td: elements keep their value and change their place.
def VTRANS : Insn<0x78, "vtrans", Types<RawElts>.R, [Wr<"dst">, Rd<"src">, Val<"h">, Val<"w">], Compute, "move",
                  "dst[w][h] = src[h][w]">;
def VLANES : Insn<0x79, "vlanes", Types<RawElts>.R, [Wr<"dst">, Rd<"src">, Val<"n">, Val<"h">, Val<"w">, Val<"c">],
                  Compute, "move",
                  "order n filters for the 64 WRAM tables: dst row (i % 64) * (n / 64) + i / 64 = src row i">;
