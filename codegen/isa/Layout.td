// Layout.td: elements keep their value and change their place.
def VTRANS : Insn<0x78, "vtrans", Types<RawElts>.R, [Wr<"dst">, Rd<"src">, Val<"h">, Val<"w">], Compute, "move",
                  "dst[w][h] = src[h][w]">;
def VLANES : Insn<0x79, "vlanes", Types<RawElts>.R, [Wr<"dst">, Rd<"src">, Val<"n">, Val<"h">, Val<"w">, Val<"c">],
                  Compute, "move",
                  "order n filters for the 64 WRAM tables: dst row (i % 64) * (n / 64) + i / 64 = src row i">;

// A choice among layouts is the mode.
class Place<string name, int enc> : DlpSuffix<name, enc>;
class RawModes<list<DlpSuffix> modes> {
  list<Variant> R = !foldl([]<Variant>, modes, acc, m,
                           !listconcat(acc, !foreach(e, RawElts, Variant<e, S_None, m>)));
}
def P_R90    : Place<"r90", 1>;    // dst[w][h - 1 - y] = src[y][w]
def P_R180   : Place<"r180", 2>;
def P_R270   : Place<"r270", 3>;
def P_Mirror : Place<"mirror", 4>; // left and right change sides
def VTURN : Insn<0x7a, "vturn", RawModes<[P_R90, P_R180, P_R270, P_Mirror]>.R,
                 [Wr<"dst">, Rd<"src">, Val<"h">, Val<"w">], Compute, "move",
                 "turn h rows of w clockwise by a quarter, a half or three quarters, or mirror them">;

def P_Nchw : Place<"nchw", 1>;
def P_Nhwc : Place<"nhwc", 2>;
def VORDER : Insn<0x7b, "vorder", RawModes<[P_Nchw, P_Nhwc]>.R,
                  [Wr<"dst">, Rd<"src">, Val<"n">, Val<"h">, Val<"w">, Val<"c">], Compute, "move",
                  "move the channels of n images before their pixels (nchw) or behind them (nhwc)">;

def VPAD : Insn<0x7c, "vpad", Types<RawElts>.R,
                !listconcat([Wr<"dst">, Rd<"src">, Val<"value">],
                            Fields<["c", "h", "w", "top", "bottom", "left", "right"]>.R), Compute, "move",
                "surround an HWC image by rows and columns of a value">;

def VMASKMOVE : Insn<0x7d, "vmaskmove", Types<RawElts>.R, [Wr<"dst">, Rd<"src">, Rd<"mask">, Val<"n">], Compute, "move",
                     "dst[i] = src[i] where mask[i] is not zero; other elements stay">;

// Tiles. Lines are 64 bytes; strides count lines. Line i starts at (i / n1) * s2 + (i % n1) * s1.
def VTILE : Insn<0x7e, "vtile", Types<!listconcat(RawElts, [E_B64, E_B128, E_B256])>.R,
                 !listconcat([Wr<"dst">, Rd<"src">], Fields<["n2", "s2", "n1", "s1", "n7", "s7", "n6", "s6"]>.R),
                 Compute, "move", "transpose a square of as many 64-byte lines as a line has elements">;
def VTILE_3D : Insn<0x7f, "vtile.3d", NoTypes,
                    !listconcat([Wr<"dst">, Rd<"src">],
                                Fields<["n5", "s5", "n4", "s4", "n3", "s3", "n10", "s10", "n9", "s9", "n8", "s8",
                                        "bytes"]>.R), Compute, "move",
                    "copy pieces between two grids of three dimensions, the last of each fastest">;
