// Compare.td: comparisons and logic. True is 1 and false is 0 of the element type; a NaN compares false.
multiclass Comparison<string name, string insn, string c> {
  defm _V : VecArith<name, insn, "lhs[i] "#c#" rhs[i] ? 1 : 0", NumTypes>;
  defm _S : VecScalar<name#"_scalar", insn, "src[i] "#c#" value ? 1 : 0", NumTypes>;
  defm _C : VecCycle<"cycle_"#name, insn, "src[i] "#c#" seg[i % seg_n] ? 1 : 0", NumTypes>;
}
defm EQ : Comparison<"eq", "veq", "==">;
defm NE : Comparison<"ne", "vne", "!=">;
defm LT : Comparison<"lt", "vlt", "<">;
defm LE : Comparison<"le", "vle", "<=">;
defm GT : Comparison<"gt", "vgt", ">">;
defm GE : Comparison<"ge", "vge", ">=">;
defm AND : Comparison<"and", "vand", "&&">;
defm OR  : Comparison<"or", "vor", "||">;
defm XOR : Comparison<"xor", "vxor", "^^">;
defm NOT : VecUnary<"not", "vnot", "src[i] == 0 ? 1 : 0", NumTypes>;

// Compaction.
def OP_FILTER : BangOperation<"filter", Each<FloatTypes>.R, [Dst<"dst">, Src<"src">, Src<"mask">, Count<"n">],
                   "packs src[i] with mask[i] != 0 to the front of dst, in order; gives their number"> {
  let Insn = "vcollect";
  let Zh = "把 mask[i] 非零的 src[i] 依次压缩到 dst 开头，返回个数";
  let Result = "unsigned int";
  let Basis = "inferred from public kernels";
}
def BI_FILTER : Builtin<"__bang_filter", OP_FILTER>;
def OP_COLLECT : BangOperation<"collect", Each<[E_F16, E_F32]>.R, [Dst<"dst">, Src<"src">, Src<"mask">, Count<"n">],
                    "packs src[i] with mask[i] != 0 to the front of dst, in order"> {
  let Zh = "把 mask[i] 非零的 src[i] 依次压缩到 dst 开头";
  let Note = "elements of dst behind the packed ones keep their value";
}
def BI_COLLECT : Builtin<"__bang_collect", OP_COLLECT>;
def OP_SELECT : BangOperation<"select", Each<[E_F16, E_F32]>.R, [Dst<"dst">, Src<"src">, Src<"mask">, Count<"n">],
                   "packs src[i] with mask[i] != 0 to dst + 128 bytes; the first 32-bit word of dst is their number"> {
  let Zh = "把 mask[i] 非零的 src[i] 依次压缩到 dst + 128 字节处；dst 的第一个 32 位字是个数";
  let Note = "the rest of the 128-byte header keeps its value, as documented for 3xx";
}
def BI_SELECT : Builtin<"__bang_select", OP_SELECT>;
