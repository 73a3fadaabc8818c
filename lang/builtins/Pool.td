// Pool.td: windows over an HWC image. Output is (h - kh) / sh + 1 by (w - kw) / sw + 1; the remainder is dropped.
//
// in_dh and in_dw spread the pixels of a window, out_dh and out_dw the results; 0 and 1 leave them together.
defvar image = [Count<"c">, Count<"h">, Count<"w">, Count<"kh">, Count<"kw">]<Param>;
defvar strides = [Count<"sw">, Count<"sh">]<Param>;
defvar optStrides = [UInt<"sw">, UInt<"sh">]<Param>;
defvar dilations = [UInt<"in_dh">, UInt<"in_dw">, UInt<"out_dh">, UInt<"out_dw">]<Param>;
defvar dilationNote = "out_dh and out_dw leave rows and columns of dst free between results; these keep their value";

defvar windowRules = [R_NotAbove<"kh", "h">, R_NotAbove<"kw", "w">];

// A pool with its three forms: windows side by side, with strides, with dilations.
multiclass Windows<string name, BangOperation op, list<Param> head> {
  def "" : Builtin<name, op, !listconcat(head, image, strides)>;
  def _TILED : Builtin<name, op, !listconcat(head, image), "tiled">;
  def _DILATED : Builtin<name, op, !listconcat(head, image, strides, dilations), "dilated">;
}
multiclass Pooling<string op, string insn, string what, string zh> {
  defvar head = [Dst<"dst">, Src<"src">]<Param>;
  def OP_#NAME : BangOperation<op, Each<FloatTypes>.R, !listconcat(head, image, optStrides, dilations),
                    what#" of each window; strides of 0 mean the window's size"> {
    let Insn = insn;
    let Zh = "每个窗口的"#zh#"；步长为 0 表示等于窗口大小";
    let Rules = windowRules;
    let Note = dilationNote;
  }
  defm BI_#NAME : Windows<"__bang_"#op, !cast<BangOperation>("OP_"#NAME), head>;
}
defm SUMPOOL : Pooling<"sumpool", "psum", "sum", "和">;
defm MAXPOOL : Pooling<"maxpool", "pmax", "maximum", "最大值">;
defm MINPOOL : Pooling<"minpool", "pmin", "minimum", "最小值">;
defm AVGPOOL : Pooling<"avgpool", "pavg", "mean", "平均值">;
defm NAN_MAXPOOL : Pooling<"nan_maxpool", "pmaxnan", "maximum, or NaN where there is one,", "最大值，有 NaN 时得 NaN">;
defm NAN_MINPOOL : Pooling<"nan_minpool", "pminnan", "minimum, or NaN where there is one,", "最小值，有 NaN 时得 NaN">;

// Positions of extremes: kh * width of the window + kw, as unsigned integers of the elements' width.
class IndexOf<string mode> {
  list<Overload> R = [Overload<"f16."#mode, [E_F16, E_U16]>, Overload<"bf16."#mode, [E_BF16, E_U16]>,
                      Overload<"f32."#mode, [E_F32, E_U32]>];
}
multiclass Indexed<string kind, string mode, string what, string zh> {
  defvar head = [Dst<"dst", "$U">, Src<"src">]<Param>;
  def OP_#NAME#_INDEX
      : BangOperation<kind#"_index", IndexOf<mode>.R, !listconcat(head, image, optStrides, dilations),
                      "position kh * width + kw of the first "#what#" of each window"> {
    let Insn = "pindex";
    let Zh = "每个窗口中第一个"#zh#"的位置 kh * 窗口宽 + kw";
    let Basis = "inferred from the positions __bang_unpool takes";
    let Note = dilationNote;
  }
  defm : Windows<"__bang_"#kind#"_index", !cast<BangOperation>("OP_"#NAME#"_INDEX"), head>;
  defvar values = [Dst<"dst">, Src<"src">]<Param>;
  defvar distance = [UInt<"value_index_stride">]<Param>;
  def OP_#NAME#_VALUE_INDEX
      : BangOperation<kind#"_value_index", IndexOf<mode>.R,
                      !listconcat(values, image, strides, distance, dilations),
                      what#" of each window, and value_index_stride bytes behind their positions"> {
    let Insn = "pvindex";
    let Zh = "每个窗口的"#zh#"，其位置在 value_index_stride 字节之后";
    let Details = "windows that reach over the edge are cut, not left out";
    let Note = dilationNote;
  }
  defvar both = !cast<BangOperation>("OP_"#NAME#"_VALUE_INDEX");
  def : Builtin<"__bang_"#kind#"_value_index", both, !listconcat(values, image, strides, distance)>;
  def : Builtin<"__bang_"#kind#"_value_index", both, both.Params, "dilated">;
}
defm MAXPOOL : Indexed<"maxpool", "max", "maximum", "最大值">;
defm MINPOOL : Indexed<"minpool", "min", "minimum", "最小值">;
defm NAN_MAXPOOL : Indexed<"nan_maxpool", "nan_max", "maximum, NaN before all numbers,", "最大值（NaN 优先）">;
defm NAN_MINPOOL : Indexed<"nan_minpool", "nan_min", "minimum, NaN before all numbers,", "最小值（NaN 优先）">;

// Backward. Sizes are those of dst.
class Overlap : Param<"overlap", "mluPoolBPOverlap", "flag"> { let Default = "OVERLAP_ACC"; }
defvar backTail = !listconcat(image, strides, [Overlap<>]<Param>);
defvar backNote = "pixels of dst under windows are written, also with zero; others keep their value";
def OP_MAXPOOL_BP
    : BangOperation<"maxpool_bp", [Overload<"f16.max", [E_F16, E_I16]>,
                                   Overload<"f16.max", [E_F16, E_U16], "f16.u16.max">,
                                   Overload<"bf16.max", [E_BF16, E_I16]>,
                                   Overload<"bf16.max", [E_BF16, E_U16], "bf16.u16.max">,
                                   Overload<"f32.max", [E_F32, E_I32]>,
                                   Overload<"f32.max", [E_F32, E_U32], "f32.u32.max">],
                    !listconcat([Dst<"dst">, Src<"src">, Src<"mask", "$U">], backTail),
                    "adds src to the pixel mask names in each window of dst; OVERLAP_COVER overwrites instead"> {
  let Insn = "pback";
  let Zh = "把 src 加到 dst 每个窗口中 mask 指定的像素；OVERLAP_COVER 时覆盖";
  let Basis = "inferred from public kernels";
  let Note = backNote#"; a position outside of the window names no pixel";
}
def BI_MAXPOOL_BP : Builtin<"__bang_maxpool_bp", OP_MAXPOOL_BP>;
multiclass PoolBack<string kind, string mode, string what> {
  def OP_#NAME : BangOperation<kind, !foreach(e, FloatTypes, Overload<e.Name#"."#mode, [e]>),
                               !listconcat([Dst<"dst">, Src<"src">], backTail),
                               "adds "#what#" to every pixel of each window of dst; OVERLAP_COVER overwrites instead"> {
    let Insn = "pback";
    let Zh = "把 "#what#" 加到 dst 每个窗口的所有像素；OVERLAP_COVER 时覆盖";
    let Note = backNote;
  }
  def BI_#NAME : Builtin<"__bang_"#kind, !cast<BangOperation>("OP_"#NAME)>;
}
defm AVGPOOL_BP : PoolBack<"avgpool_bp", "avg", "src / (kh * kw)">;
defm SUMPOOL_BP : PoolBack<"sumpool_bp", "sum", "src">;
def OP_UNPOOL : BangOperation<"unpool", Each<FloatTypes>.R,
                   !listconcat([Dst<"dst">, Src<"src">], image, strides, [UInt<"index">]),
                   "puts src at position index of each window of dst and zero at the others"> {
  let Insn = "pput";
  let Zh = "把 src 放到 dst 每个窗口的 index 位置，其余置 0";
  let Note = "where windows overlap the later one wins";
}
def BI_UNPOOL : Builtin<"__bang_unpool", OP_UNPOOL>;
