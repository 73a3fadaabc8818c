// Reduce.td: many elements to one.
def OP_SUM : BangOperation<"sum", Each<FloatTypes>.R, [Src<"src">, Count<"n">], "sum of n elements"> {
  let Insn = "vsum";
  let Zh = "n 个元素之和";
  let Result = "$T";
  let Basis = "chosen";
  let Note = "accumulates in float, pairwise inside each 128-byte row, rows in order; the card's order is unpublished";
}
def BI_SUM : Builtin<"__bang_sum", OP_SUM>;
def OP_REDUCE_SUM : BangOperation<"reduce_sum", Each<FloatTypes>.R, [Dst<"dst">, Src<"src">, Count<"n">],
                       "sum of each 128-byte row of src to the first element of that row in dst"> {
  let Insn = "vsum.row";
  let Zh = "src 每 128 字节求和，写到 dst 同一行的第一个元素";
  let Rules = [R_ByteMultiple<"n", 128, "all">];
  let Note = "the other elements of dst keep their value, as documented for 3xx";
}
def BI_REDUCE_SUM : Builtin<"__bang_reduce_sum", OP_REDUCE_SUM>;

multiclass ArgOf<string op, string insn, string what, string zh> {
  def OP_#NAME : BangOperation<op, Each<FloatTypes>.R, [Dst<"dst">, Src<"src">, Count<"n">],
                    "dst[0] = "#what#" ignoring NaN; its index follows directly as a 32-bit word"> {
    let Insn = insn;
    let Zh = "dst[0] = "#zh#"（忽略 NaN），其后的 32 位字是它的下标";
  }
}
defm ARGMAX : ArgOf<"argmax", "vargmax", "the first maximum", "第一个最大值">;
defm ARGMIN : ArgOf<"argmin", "vargmin", "the first minimum", "第一个最小值">;
def BI_ARGMAX : Builtin<"__bang_argmax", OP_ARGMAX>;
def BI_ARGMIN : Builtin<"__bang_argmin", OP_ARGMIN>;
def BI_MAX : Builtin<"__bang_max", OP_ARGMAX>;
def BI_MIN : Builtin<"__bang_min", OP_ARGMIN>;

multiclass ScalarOf<string op, string insn, string what, string zh> {
  def OP_#NAME : BangOperation<op, Each<NumTypes>.R, [Src<"src">, Count<"n">], what> {
    let Insn = insn;
    let Zh = zh;
    let Result = "unsigned int";
  }
  def BI_#NAME : Builtin<"__bang_"#op, !cast<BangOperation>("OP_"#NAME)>;
}
defm COUNT : ScalarOf<"count", "vcount", "number of non-zero elements", "非零元素的个数">;
defm FINDFIRST1 : ScalarOf<"findfirst1", "vfirst", "index of the first non-zero element, 0xffffffff if none", "第一个非零元素的下标，没有则为 0xffffffff">;
defm FINDLAST1 : ScalarOf<"findlast1", "vlast", "index of the last non-zero element, 0xffffffff if none", "最后一个非零元素的下标，没有则为 0xffffffff">;
