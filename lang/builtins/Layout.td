// Layout.td: elements keep their value and change their place.
def OP_TRANSPOSE : BangOperation<"transpose", EachRaw<NumTypes>.R, [Dst<"dst">, Src<"src">, Count<"h">, Count<"w">],
                      "dst[x][y] = src[y][x] for h rows of w"> {
  let Insn = "vtrans";
  let Rules = [R_NoAlias<"dst", "src">];
}
def BI_TRANSPOSE : Builtin<"__bang_transpose", OP_TRANSPOSE>;

def OP_RESHAPE_FILTER : BangOperation<"reshape_filter", EachRaw<NumTypes>.R,
                           [Dst<"dst">, Src<"src">, Count<"n">, Count<"h">, Count<"w">, Count<"c">],
                           "orders n filters of h * w * c for WRAM: row (i % 64) * (n / 64) + i / 64 = row i"> {
  let Insn = "vlanes";
  let Rules = [R_NoAlias<"dst", "src">];
}
def BI_RESHAPE_FILTER : Builtin<"__bang_reshape_filter", OP_RESHAPE_FILTER>;
