// Pool.td: windows over an HWC image. Output is (h - kh) / sh + 1 by (w - kw) / sw + 1; the remainder is dropped.
defvar poolTiled = [Dst<"dst">, Src<"src">, Count<"c">, Count<"h">, Count<"w">, Count<"kh">, Count<"kw">];
defvar poolFull = !listconcat(poolTiled, [Count<"sw">, Count<"sh">]);

multiclass Pooling<string op, string insn, string what> {
  def OP_#NAME : BangOperation<op, Each<FloatTypes>.R,
                    [Dst<"dst">, Src<"src">, Count<"c">, Count<"h">, Count<"w">, Count<"kh">, Count<"kw">, UInt<"sw">,
                     UInt<"sh">],
                    what#" of each window; strides of 0 mean the window's size"> {
    let Insn = insn;
  }
  def BI_#NAME : Builtin<"__bang_"#op, !cast<BangOperation>("OP_"#NAME)>;
  def BI_#NAME#_TILED : Builtin<"__bang_"#op, !cast<BangOperation>("OP_"#NAME), poolTiled, "tiled">;
}
defm SUMPOOL : Pooling<"sumpool", "psum", "sum">;
defm MAXPOOL : Pooling<"maxpool", "pmax", "maximum">;
defm MINPOOL : Pooling<"minpool", "pmin", "minimum">;
defm AVGPOOL : Pooling<"avgpool", "pavg", "mean">;
