// Layout.td: elements keep their value and change their place.
defvar apart = [R_NoAlias<"dst", "src">];

def OP_TRANSPOSE : BangOperation<"transpose", EachRaw<NumTypes>.R, [Dst<"dst">, Src<"src">, Count<"h">, Count<"w">],
                      "dst[x][y] = src[y][x] for h rows of w"> {
  let Insn = "vtrans";
  let Zh = "转置 h 行 w 列：dst[x][y] = src[y][x]";
  let Rules = apart;
}
def BI_TRANSPOSE : Builtin<"__bang_transpose", OP_TRANSPOSE>;

def OP_RESHAPE_FILTER : BangOperation<"reshape_filter", EachRaw<NumTypes>.R,
                           [Dst<"dst">, Src<"src">, Count<"n">, Count<"h">, Count<"w">, Count<"c">],
                           "orders n filters of h * w * c for WRAM: row (i % 64) * (n / 64) + i / 64 = row i"> {
  let Insn = "vlanes";
  let Zh = "为 WRAM 排列 n 个 h * w * c 的卷积核：第 i 行放到第 (i % 64) * (n / 64) + i / 64 行";
  let Rules = !listconcat(apart, [R_MultipleOf<"n", 64>]);
}
def BI_RESHAPE_FILTER : Builtin<"__bang_reshape_filter", OP_RESHAPE_FILTER>;

// A layout is the mode of an instruction: the suffix behind the width.
class RawMode<string mode> {
  list<Overload> R = !foreach(e, NumTypes, Overload<"b"#e.Width#"."#mode, [e]>);
}
multiclass Turn<string op, string mode, string what, string zh> {
  def OP_#NAME : BangOperation<op, RawMode<mode>.R, [Dst<"dst">, Src<"src">, Count<"h">, Count<"w">], what> {
    let Insn = "vturn";
    let Zh = zh;
    let Rules = apart;
  }
  def BI_#NAME : Builtin<"__bang_"#op, !cast<BangOperation>("OP_"#NAME)>;
}
defm ROTATE90 : Turn<"rotate90", "r90", "dst[x][h - 1 - y] = src[y][x]: a quarter clockwise", "顺时针旋转 90 度：dst[x][h - 1 - y] = src[y][x]">;
defm ROTATE180 : Turn<"rotate180", "r180", "dst[h - 1 - y][w - 1 - x] = src[y][x]", "旋转 180 度：dst[h - 1 - y][w - 1 - x] = src[y][x]">;
defm ROTATE270 : Turn<"rotate270", "r270", "dst[w - 1 - x][y] = src[y][x]: three quarters clockwise", "顺时针旋转 270 度：dst[w - 1 - x][y] = src[y][x]">;
defm MIRROR : Turn<"mirror", "mirror", "dst[y][w - 1 - x] = src[y][x]", "左右翻转：dst[y][w - 1 - x] = src[y][x]">;

multiclass Reorder<string op, string mode, string what> {
  def OP_#NAME : BangOperation<op, RawMode<mode>.R,
                    [Dst<"dst">, Src<"src">, Count<"n">, Count<"h">, Count<"w">, Count<"c">], what> {
    let Insn = "vorder";
    let Zh = what;
    let Rules = apart;
  }
  def BI_#NAME : Builtin<"__bang_"#op, !cast<BangOperation>("OP_"#NAME)>;
}
defm NHWC2NCHW : Reorder<"reshape_nhwc2nchw", "nchw", "dst[n][c][y][x] = src[n][y][x][c]">;
defm NCHW2NHWC : Reorder<"reshape_nchw2nhwc", "nhwc", "dst[n][y][x][c] = src[n][c][y][x]">;

// The older forms, with one size of padding for top and bottom and one for left and right, are in bang/memory.h.
def OP_PAD : BangOperation<"pad", EachRawValue<NumTypes>.R,
                [Dst<"dst">, Src<"src">, Count<"c">, Count<"h">, Count<"w">, UInt<"top">, UInt<"bottom">, UInt<"left">,
                 UInt<"right">, Value<"value">],
                "surrounds an image of h rows of w pixels of c channels by zeros or by value"> {
  let Insn = "vpad";
  let Zh = "在 h 行 w 列、每点 c 个通道的图像四周填 0 或 value";
  let Rules = apart;
}
def BI_PAD : Builtin<"__bang_pad", OP_PAD, !filter(p, OP_PAD.Params, !ne(p.Name, "value"))>;
def BI_PAD_VALUE : Builtin<"__bang_pad", OP_PAD, OP_PAD.Params, "value">;

def OP_MASKMOVE : BangOperation<"maskmove", EachRaw<NumTypes>.R, [Dst<"dst">, Src<"src">, Src<"mask">, Count<"n">],
                     "dst[i] = src[i] where mask[i] is not zero; other elements keep their value"> {
  let Insn = "vmaskmove";
  let Zh = "mask[i] 非零时 dst[i] = src[i]，其余元素不变";
  let Basis = "chosen";
  let Note = "only the name is published; the parameters are those of __bang_collect";
}
def BI_MASKMOVE : Builtin<"__bang_maskmove", OP_MASKMOVE>;

class AnyNramDst<string n> : Param<n, "void *", "write", "nram">;
class AnyNramSrc<string n> : Param<n, "const void *", "read", "nram">;
foreach width = [8, 16, 32, 64, 128, 256] in {
  def OP_TILING_2D_b#width
      : BangOperation<"tiling_2d_b"#width, [Overload<"b"#width, []>],
                      [AnyNramDst<"dst">, AnyNramSrc<"src">, Count<"n2">, UInt<"s2">, Count<"n1">, UInt<"s1">,
                       Count<"n7">, UInt<"s7">, Count<"n6">, UInt<"s6">],
                      "transposes a square of "#!div(512, width)#" lines of 64 bytes with elements of "#width#" bits"> {
    let Insn = "vtile";
    let Zh = "转置由 "#!div(512, width)#" 行、每行 64 字节组成的方阵，元素为 "#width#" 位";
    let Rules = apart;
    let Note = "line i of src is at ((i / n1) * s2 + (i % n1) * s1) * 64 bytes, of dst at the same with n6, s7, s6; "
               "that the lines change places with the elements is inferred from their numbers";
    let Basis = "inferred from the sizes the documentation asks for";
  }
  def : Builtin<"__bang_tiling_2d_b"#width, !cast<BangOperation>("OP_TILING_2D_b"#width)>;
}
def OP_TILING_3D_B1024
    : BangOperation<"tiling_3d_b1024", Untyped,
                    [AnyNramDst<"dst">, AnyNramSrc<"src">, Count<"n5">, UInt<"s5">, Count<"n4">, UInt<"s4">,
                     Count<"n3">, UInt<"s3">, Count<"n10">, UInt<"s10">, Count<"n9">, UInt<"s9">, Count<"n8">,
                     UInt<"s8">, Bytes<"bytes">],
                    "copies n3 * n4 * n5 pieces from one grid to another; strides count 64 bytes"> {
  let Insn = "vtile.3d";
  let Zh = "把 n3 * n4 * n5 块从一个网格拷贝到另一个网格；步长以 64 字节计";
  let Rules = apart;
  let Basis = "chosen";
  let Note = "the last parameter, called a number of tiling units and a multiple of 64, is taken as the bytes of a "
             "piece";
}
def BI_TILING_3D_B1024 : Builtin<"__bang_tiling_3d_b1024", OP_TILING_3D_B1024>;
