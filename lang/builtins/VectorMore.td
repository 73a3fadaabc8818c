// VectorMore.td: element-wise operations whose instruction names the operation by its mode.
class WithMode<list<BangElt> es, string mode> {
  list<Overload> R = !foreach(e, es, Overload<e.Name#"."#mode, [e], e.Name>);
}

// The vector, scalar and cycling form of an operation; `before` and `after` stand around the operands in summaries.
multiclass ThreeForms<string name, string insn, string before, string between, string after, list<Overload> os,
                      string basis = "documented", string note = "", string zhAfter = after,
                      string zhBefore = before> {
  def OP_#NAME : BangOperation<name, os, [Dst<"dst">, Src<"lhs">, Src<"rhs">, Count<"n">],
                               "dst[i] = "#before#"lhs[i]"#between#"rhs[i]"#after> {
    let Insn = insn;
    let Zh = "逐元素：dst[i] = "#zhBefore#"lhs[i]"#between#"rhs[i]"#zhAfter;
    let Rules = rows2xx;
    let Basis = basis;
    let Note = note;
  }
  def OP_#NAME#_SCALAR : BangOperation<name#"_scalar", os, [Dst<"dst">, Src<"src">, Value<"value">, Count<"n">],
                                       "dst[i] = "#before#"src[i]"#between#"value"#after> {
    let Insn = insn#".vs";
    let Zh = "逐元素：dst[i] = "#zhBefore#"src[i]"#between#"value"#zhAfter;
    let Rules = rows2xx;
    let Basis = basis;
    let Note = note;
  }
  def OP_#NAME#_CYCLE : BangOperation<"cycle_"#name, os,
                                      [Dst<"dst">, Src<"src">, Src<"seg">, Count<"n">, Count<"seg_n">],
                                      "dst[i] = "#before#"src[i]"#between#"seg[i % seg_n]"#after> {
    let Insn = insn#".cy";
    let Zh = "逐元素：dst[i] = "#zhBefore#"src[i]"#between#"seg[i % seg_n]"#zhAfter;
    let Rules = [R_Multiple<"n", "seg_n">, R_ByteMultiple<"n", 128>];
    let Basis = basis;
    let Note = note;
  }
}
multiclass ThreeNames<string name, string op> {
  def BI_#NAME : Builtin<"__bang_"#name, !cast<BangOperation>("OP_"#op)>;
  def BI_#NAME#_SCALAR : Builtin<"__bang_"#name#"_scalar", !cast<BangOperation>("OP_"#op#"_SCALAR")>;
  def BI_#NAME#_CYCLE : Builtin<"__bang_cycle_"#name, !cast<BangOperation>("OP_"#op#"_CYCLE")>;
}

defm MAXIMUM : ThreeForms<"maximum", "vpick", "max(", ", ", "), NaN where both are NaN", WithMode<FloatTypes, "maxnum">.R,
                          "documented", "", ")，两者都是 NaN 时得 NaN">;
defm MINIMUM : ThreeForms<"minimum", "vpick", "min(", ", ", "), NaN where both are NaN", WithMode<FloatTypes, "minnum">.R,
                          "documented", "", ")，两者都是 NaN 时得 NaN">;
defm NAN_MAXIMUM : ThreeForms<"nan_maximum", "vpick", "max(", ", ", "), NaN where either is NaN",
                              WithMode<FloatTypes, "maxnan">.R, "documented", "", ")，有 NaN 时得 NaN">;
defm NAN_MINIMUM : ThreeForms<"nan_minimum", "vpick", "min(", ", ", "), NaN where either is NaN",
                              WithMode<FloatTypes, "minnan">.R, "documented", "", ")，有 NaN 时得 NaN">;
defm ADD_TZ : ThreeForms<"add_tz", "vaddtz", "", " + ", ", rounded toward zero", Each<FloatTypes>.R,
                         "documented", "", "，向零舍入">;
defm REM : ThreeForms<"rem", "vrem", "", " % ", "", Each<NumTypes>.R, "chosen",
                      "the sign is that of the dividend, as in C; float types are inferred from public kernels">;
defm MULH : ThreeForms<"mulh", "vmulh", "high half of ", " * ", "", Each<IntTypes>.R, "chosen",
                       "only the name is documented: the half of the product that __bang_mul leaves out", " 的高半部分", "">;
foreach op = ["add", "sub", "mul"] in
  defm SAT_#op : ThreeForms<op#"s", "vsat", op#"(", ", ", "), at the ends of the type where it does not fit",
                            WithMode<IntTypes, op>.R, "chosen", "only the name is documented", ")，溢出时取类型的端值">;
// Unordered comparisons.
foreach c = ["eq", "ne", "lt", "le", "gt", "ge"] in
  defm CMPU_#c : ThreeForms<c#"u", "vcmpu", "", " "#c#" ", " or either is NaN ? 1 : 0", WithMode<NumTypes, c#"u">.R,
                            "documented", "", " 或有 NaN ? 1 : 0">;

defm MAXIMUM : ThreeNames<"maximum", "MAXIMUM">;
defm MINIMUM : ThreeNames<"minimum", "MINIMUM">;
defm NAN_MAXIMUM : ThreeNames<"nan_maximum", "NAN_MAXIMUM">;
defm NAN_MINIMUM : ThreeNames<"nan_minimum", "NAN_MINIMUM">;
defm MULH : ThreeNames<"mulh", "MULH">;
foreach op = ["add", "sub", "mul"] in
  defm SAT_#op : ThreeNames<op#"s", "SAT_"#op>;
foreach c = ["eq", "ne", "lt", "le", "gt", "ge"] in
  defm CMPU_#c : ThreeNames<c#"u", "CMPU_"#c>;
def BI_ADD_TZ : Builtin<"__bang_add_tz", OP_ADD_TZ>;
def BI_ADD_TZ_SCALAR : Builtin<"__bang_add_tz_scalar", OP_ADD_TZ_SCALAR>;
def BI_ADD_TZ_CYCLE : Builtin<"__bang_cycle_add_tz", OP_ADD_TZ_CYCLE>;
// The divisor may be a scalar under the name of the vector form.
def BI_REM : Builtin<"__bang_rem", OP_REM>;
def BI_REM_SCALAR : Builtin<"__bang_rem", OP_REM_SCALAR>;
def BI_REM_CYCLE : Builtin<"__bang_cycle_rem", OP_REM_CYCLE>;

// Comparisons packed into bits, and packed masks.
class BitDst : Param<"bits", "void *", "write", "nram">;
class BitSrc : Param<"bits", "const void *", "read", "nram">;
foreach c = ["eq", "ne", "lt", "le", "gt", "ge", "equ", "neu", "ltu", "leu", "gtu", "geu"] in {
  def OP_BITINDEX_#c : BangOperation<c#"_bitindex", WithMode<FloatTypes, c>.R,
                                     [Dst<"bits">, Src<"lhs">, Src<"rhs">, Count<"n">],
                                     "bit i % 8 of byte i / 8 of bits = lhs[i] "#c#" rhs[i]"> {
    let Insn = "vcmpb";
    let Zh = "bits 第 i / 8 字节的第 i % 8 位 = lhs[i] "#c#" rhs[i]";
    let Rules = [R_ByteMultiple<"n", 512>];
    let Basis = "chosen";
    let Note = "bits of the last byte that belong to no element are 0";
  }
  def BI_BITINDEX_#c : Builtin<"__bang_"#c#"_bitindex", !cast<BangOperation>("OP_BITINDEX_"#c)>;
}
def OP_FILTER_BITINDEX : BangOperation<"filter_bitindex", Each<FloatTypes>.R,
                                       [Dst<"dst">, Src<"src">, BitSrc<>, Count<"n">],
                                       "packs src[i] whose bit is set to the front of dst, in order; gives their number"> {
  let Insn = "vcollectb";
  let Zh = "把对应位为 1 的 src[i] 依次压缩到 dst 开头，返回个数";
  let Result = "unsigned int";
}
def BI_FILTER_BITINDEX : Builtin<"__bang_filter_bitindex", OP_FILTER_BITINDEX>;
def OP_COUNT_BITINDEX : BangOperation<"count_bitindex", Untyped, [BitSrc<>, Count<"n">],
                                      "number of set bits among the first n"> {
  let Insn = "vcountb";
  let Zh = "前 n 位中 1 的个数";
  let Result = "unsigned int";
  let Basis = "chosen";
  let Note = "only the name is documented";
}
def BI_COUNT_BITINDEX : Builtin<"__bang_count_bitindex", OP_COUNT_BITINDEX>;

// Shifts by one number for all elements.
multiclass Shift<string name, string c, list<BangElt> es, string zh> {
  def OP_#NAME : BangOperation<name, WithMode<es, name>.R, [Dst<"dst">, Src<"src">, UInt<"bits">, Count<"n">],
                               "dst[i] = src[i] "#c> {
    let Insn = "vshift.vs";
    let Zh = "dst[i] = src[i] "#zh#" bits 位";
    let Rules = rows2xx;
    let Basis = "chosen";
    let Note = "shifts by the width or more give 0 or, arithmetic ones, the sign; rotations count modulo the width";
  }
  def BI_#NAME : Builtin<"__bang_"#name, !cast<BangOperation>("OP_"#NAME)>;
}
defvar Unsigned = [E_U8, E_U16, E_U32];
defm SLL : Shift<"sll", "shifted left by bits", IntTypes, "左移">;
defm SRL : Shift<"srl", "shifted right by bits, zeros follow", Unsigned, "逻辑右移">;
defm SRA : Shift<"sra", "shifted right by bits, the sign follows", [E_I8, E_I8C, E_I16, E_I32], "算术右移">;
defm ROL : Shift<"rol", "rotated left by bits", Unsigned, "循环左移">;
defm ROR : Shift<"ror", "rotated right by bits", Unsigned, "循环右移">;

// Bitwise operations with a scalar's bits, and cycling ones.
multiclass BitwiseForms<string name, string c, string zh> {
  def OP_#NAME#_SCALAR : BangOperation<name#"_scalar", EachRawValue<NumTypes>.R,
                                       [Dst<"dst">, Src<"src">, Value<"value">, Count<"n">],
                                       "dst[i] = src[i] "#c#" value, bitwise"> {
    let Insn = "v"#name#".vs";
    let Zh = "dst[i] = src[i] 按位"#zh#" value";
    let Rules = rows2xx;
  }
  def OP_#NAME#_CYCLE : BangOperation<"cycle_"#name, EachRaw<NumTypes>.R,
                                      [Dst<"dst">, Src<"src">, Src<"seg">, Count<"n">, Count<"seg_n">],
                                      "dst[i] = src[i] "#c#" seg[i % seg_n], bitwise"> {
    let Insn = "v"#name#".cy";
    let Zh = "dst[i] = src[i] 按位"#zh#" seg[i % seg_n]";
    let Rules = [R_Multiple<"n", "seg_n">];
  }
  def BI_#NAME#_SCALAR : Builtin<"__bang_"#name#"_scalar", !cast<BangOperation>("OP_"#NAME#"_SCALAR")>;
  def BI_#NAME#_CYCLE : Builtin<"__bang_cycle_"#name, !cast<BangOperation>("OP_"#NAME#"_CYCLE")>;
}
defm BAND : BitwiseForms<"band", "and", "与">;
defm BOR : BitwiseForms<"bor", "or", "或">;
defm BXOR : BitwiseForms<"bxor", "xor", "异或">;

// Rounding to integral values.
def OP_ROUND : BangOperation<"round", WithMode<FloatTypes, "rd">.R, [Dst<"dst">, Src<"src">, Count<"n">],
                             "dst[i] = nearest integral value, ties away from zero"> {
  let Insn = "vround";
  let Zh = "dst[i] = 最接近的整数，中间值远离零";
  let Basis = "chosen";
  let Note = "only the name is documented: as round() of C";
}
def BI_ROUND : Builtin<"__bang_round", OP_ROUND>;
def OP_NEARBYINT : BangOperation<"nearbyint", WithMode<FloatTypes, "rn">.R, [Dst<"dst">, Src<"src">, Count<"n">],
                                 "dst[i] = nearest integral value, ties to even"> {
  let Insn = "vround";
  let Zh = "dst[i] = 最接近的整数，中间值取偶数";
  let Basis = "chosen";
  let Note = "only the name is documented: as nearbyint() of C";
}
def BI_NEARBYINT : Builtin<"__bang_nearbyint", OP_NEARBYINT>;

def OP_RELUN : BangOperation<"relun", Each<NumTypes>.R, [Dst<"dst">, Src<"src">, Count<"n">, Value<"cap">],
                             "dst[i] = min(max(src[i], 0), cap)"> {
  let Insn = "vrelun";
  let Zh = "dst[i] = min(max(src[i], 0), cap)";
  let Rules = rows2xx;
}
def BI_RELUN : Builtin<"__bang_relun", OP_RELUN>;

class SquareWide<BangElt d, BangElt s> : Overload<d.Name#"."#s.Name, [d, s]>;
def OP_SQUARE_WIDE : BangOperation<"square_wide",
                                   [SquareWide<E_I16, E_I8>, SquareWide<E_I16, E_I8C>, SquareWide<E_I32, E_I16>,
                                    SquareWide<E_U16, E_U8>, SquareWide<E_U32, E_U16>],
                                   [Dst<"dst", "$T">, Src<"src", "$U">, Count<"n">], "dst[i] = src[i] * src[i]"> {
  let Insn = "vsquarew";
  let Zh = "dst[i] = src[i] * src[i]，结果位宽加倍";
}
def BI_SQUARE_WIDE : Builtin<"__bang_square", OP_SQUARE_WIDE>;

def OP_INCSEQ : BangOperation<"incseq", Each<WideTypes>.R, [Dst<"dst">, Count<"n">],
                              "dst[i] = i"> {
  let Insn = "viota";
  let Zh = "dst[i] = i";
  let Basis = "inferred from public kernels";
}
def BI_INCSEQ : Builtin<"__bang_incseq", OP_INCSEQ>;

// Rows scaled by one factor each; the pattern buffer in WRAM is not looked at.
class Unit : Src<"unit", "$T", "wram">;
defvar expandNote = "the WRAM pattern is not read: the result only depends on the other operands";
def OP_EXPAND_CHANNEL_MUL
    : BangOperation<"expand_channel_mul", Each<FloatTypes>.R,
                    [Dst<"dst">, Src<"w">, Unit<>, Src<"src">, Count<"p">, Count<"c">],
                    "dst[i * c + j] = src[i * c + j] * w[i]"> {
  let Zh = "逐通道：dst[i * c + j] = src[i * c + j] * w[i]";
  let Basis = "inferred from public kernels";
  let Note = expandNote;
}
def BI_EXPAND_CHANNEL_MUL : Builtin<"__bang_expand_channel_mul", OP_EXPAND_CHANNEL_MUL>;
def OP_EXPAND_CHANNEL_MUL_ADD
    : BangOperation<"expand_channel_mul_add", Each<FloatTypes>.R,
                    [Dst<"dst">, Src<"w">, Unit<>, Src<"src">, Src<"acc">, Count<"p">, Count<"c">],
                    "dst[i * c + j] = src[i * c + j] * w[i] + acc[i * c + j]"> {
  let Zh = "逐通道：dst[i * c + j] = src[i * c + j] * w[i] + acc[i * c + j]";
  let Basis = "inferred from public kernels";
  let Note = expandNote;
}
def BI_EXPAND_CHANNEL_MUL_ADD : Builtin<"__bang_expand_channel_mul_add", OP_EXPAND_CHANNEL_MUL_ADD>;

// Extremes that a NaN wins.
multiclass NanArg<string op, string insn, string what, string zh> {
  def OP_#NAME : BangOperation<op, Each<FloatTypes>.R, [Dst<"dst">, Src<"src">, Count<"n">],
                               "dst[0] = the first NaN, else "#what#"; its index follows directly as a 32-bit word"> {
    let Insn = insn;
    let Zh = "dst[0] = 第一个 NaN，没有则为第一个"#zh#"，其后的 32 位字是它的下标";
    let Basis = "chosen";
    let Note = "only the name is documented: as the form without nan, but a NaN wins";
  }
  def BI_#NAME : Builtin<"__bang_"#op, !cast<BangOperation>("OP_"#NAME)>;
}
defm NAN_ARGMAX : NanArg<"nan_argmax", "vargmaxnan", "the first maximum", "最大值">;
defm NAN_ARGMIN : NanArg<"nan_argmin", "vargminnan", "the first minimum", "最小值">;

// Legacy forms that store their number instead of returning it.
multiclass Stored<string op, string what, string zh> {
  def OP_#NAME : BangOperation<op#"_to", Each<NumTypes>.R, [Dst<"dst", "unsigned int">, Src<"src">, Count<"n">],
                               "dst[0] = "#what> {
    let Zh = "dst[0] = "#zh;
    let Note = "the rest of dst keeps its value, as documented for 3xx";
  }
  def BI_#NAME : Builtin<"__bang_"#op, !cast<BangOperation>("OP_"#NAME)>;
}
defm COUNT_TO : Stored<"count", "number of non-zero elements", "非零元素的个数">;
defm FINDFIRST1_TO : Stored<"findfirst1", "index of the first non-zero element, 0xffffffff if none", "第一个非零元素的下标，没有则为 0xffffffff">;
defm FINDLAST1_TO : Stored<"findlast1", "index of the last non-zero element, 0xffffffff if none", "最后一个非零元素的下标，没有则为 0xffffffff">;
