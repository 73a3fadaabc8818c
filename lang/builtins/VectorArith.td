// VectorArith.td: element-wise arithmetic with its scalar and cycling forms, unary arithmetic, bitwise operations.
// 2xx cards want operands at whole 64 bytes and counts of whole 128 bytes.
defvar rows2xx = [R_ByteMultiple<"n", 128>];
class Rows2xx<list<string> addresses> {
  list<Rule> R = !listconcat([R_ByteMultiple<"n", 128>], !foreach(a, addresses, R_Aligned<a, 64>));
}

multiclass VecArith<string name, string insn, string c, list<BangElt> es, string zh = c> {
  def OP_#NAME : BangOperation<name, Each<es>.R, [Dst<"dst">, Src<"lhs">, Src<"rhs">, Count<"n">], "dst[i] = "#c> {
    let Insn = insn;
    let Rules = Rows2xx<["dst", "lhs", "rhs"]>.R;
    let Zh = "逐元素：dst[i] = "#zh;
  }
  def BI_#NAME : Builtin<"__bang_"#name, !cast<BangOperation>("OP_"#NAME)>;
}
multiclass VecScalar<string name, string insn, string c, list<BangElt> es, string zh = c> {
  def OP_#NAME : BangOperation<name, Each<es>.R, [Dst<"dst">, Src<"src">, Value<"value">, Count<"n">], "dst[i] = "#c> {
    let Insn = insn#".vs";
    let Rules = Rows2xx<["dst", "src"]>.R;
    let Zh = "逐元素：dst[i] = "#zh;
  }
  def BI_#NAME : Builtin<"__bang_"#name, !cast<BangOperation>("OP_"#NAME)>;
}
multiclass VecCycle<string name, string insn, string c, list<BangElt> es, string zh = c> {
  def OP_#NAME : BangOperation<name, Each<es>.R, [Dst<"dst">, Src<"src">, Src<"seg">, Count<"n">, Count<"seg_n">],
                    "dst[i] = "#c> {
    let Insn = insn#".cy";
    let Rules = !listconcat([R_Multiple<"n", "seg_n">, R_ByteMultiple<"seg_n", 128>],
                            Rows2xx<["dst", "src", "seg"]>.R);
    let Zh = "逐元素：dst[i] = "#zh;
  }
  def BI_#NAME : Builtin<"__bang_"#name, !cast<BangOperation>("OP_"#NAME)>;
}

defm ADD : VecArith<"add", "vadd", "lhs[i] + rhs[i]", WideTypes>;
defm SUB : VecArith<"sub", "vsub", "lhs[i] - rhs[i]", WideTypes>;
defm MUL : VecArith<"mul", "vmul", "lhs[i] * rhs[i]", WideTypes>;
defm DIV : VecArith<"div", "vdiv", "lhs[i] / rhs[i]", [E_F16, E_BF16, E_F32, E_I16, E_I32, E_U16, E_U32]>;
defm MAXEQUAL : VecArith<"maxequal", "vmax", "max(lhs[i], rhs[i]), lhs[i] where either is NaN", NumTypes, "max(lhs[i], rhs[i])，有 NaN 时取 lhs[i]">;
defm MINEQUAL : VecArith<"minequal", "vmin", "min(lhs[i], rhs[i]), lhs[i] where either is NaN", NumTypes, "min(lhs[i], rhs[i])，有 NaN 时取 lhs[i]">;

defm ADD_SCALAR : VecScalar<"add_scalar", "vadd", "src[i] + value", WideTypes>;
defm SUB_SCALAR : VecScalar<"sub_scalar", "vsub", "src[i] - value", WideTypes>;
defm MUL_SCALAR : VecScalar<"mul_scalar", "vmul", "src[i] * value", WideTypes>;
defm MAXEQ_SCALAR : VecScalar<"maxeq_scalar", "vmax", "max(src[i], value), src[i] where either is NaN", NumTypes, "max(src[i], value)，有 NaN 时取 src[i]">;
defm MINEQ_SCALAR : VecScalar<"mineq_scalar", "vmin", "min(src[i], value), src[i] where either is NaN", NumTypes, "min(src[i], value)，有 NaN 时取 src[i]">;
def BI_ADD_CONST : Builtin<"__bang_add_const", OP_ADD_SCALAR, OP_ADD_SCALAR.Params, "", Each<[E_F16, E_F32]>.R>;
def BI_MUL_CONST : Builtin<"__bang_mul_const", OP_MUL_SCALAR, OP_MUL_SCALAR.Params, "", Each<[E_F16, E_F32]>.R>;
// The divisor may be a scalar under the name of the vector form.
def OP_DIV_SCALAR : BangOperation<"div_scalar", Each<[E_F16, E_BF16, E_F32, E_I16, E_I32, E_U16, E_U32]>.R,
                       [Dst<"dst">, Src<"src">, Value<"value">, Count<"n">], "dst[i] = src[i] / value"> {
  let Insn = "vdiv.vs";
  let Zh = "逐元素：dst[i] = src[i] / value";
}
def BI_DIV_SCALAR : Builtin<"__bang_div", OP_DIV_SCALAR>;

defm CYCLE_ADD : VecCycle<"cycle_add", "vadd", "src[i] + seg[i % seg_n]", WideTypes>;
defm CYCLE_SUB : VecCycle<"cycle_sub", "vsub", "src[i] - seg[i % seg_n]", WideTypes>;
defm CYCLE_MUL : VecCycle<"cycle_mul", "vmul", "src[i] * seg[i % seg_n]", WideTypes>;
defm CYCLE_MAXEQUAL : VecCycle<"cycle_maxequal", "vmax", "max(src[i], seg[i % seg_n])", NumTypes>;
defm CYCLE_MINEQUAL : VecCycle<"cycle_minequal", "vmin", "min(src[i], seg[i % seg_n])", NumTypes>;

multiclass VecUnary<string name, string insn, string c, list<BangElt> es, string zh = c> {
  def OP_#NAME : BangOperation<name, Each<es>.R, [Dst<"dst">, Src<"src">, Count<"n">], "dst[i] = "#c> {
    let Insn = insn;
    let Rules = Rows2xx<["dst", "src"]>.R;
    let Zh = "逐元素：dst[i] = "#zh;
  }
  def BI_#NAME : Builtin<"__bang_"#name, !cast<BangOperation>("OP_"#NAME)>;
}
defm ABS : VecUnary<"abs", "vabs", "|src[i]|", [E_F16, E_BF16, E_F32, E_I8, E_I8C, E_I16, E_I32]>;
defm NEG : VecUnary<"neg", "vneg", "-src[i]", [E_F16, E_BF16, E_F32, E_I8, E_I8C, E_I16, E_I32]>;
defm SQUARE : VecUnary<"square", "vsquare", "src[i] * src[i]", FloatTypes>;
defm SQRT : VecUnary<"sqrt", "vsqrt", "square root of src[i]", FloatTypes, "src[i] 的平方根">;
defm RSQRT : VecUnary<"rsqrt", "vrsqrt", "1 / square root of src[i]", FloatTypes, "src[i] 的平方根的倒数">;
defm RECIP : VecUnary<"recip", "vrecip", "1 / src[i]", FloatTypes>;
defm FLOOR : VecUnary<"floor", "vfloor", "largest integral value not above src[i]", FloatTypes, "不大于 src[i] 的最大整数">;
defm RELU : VecUnary<"relu", "vrelu", "max(src[i], 0)", [E_F16, E_BF16, E_F32, E_I8, E_I8C, E_I16, E_I32]>;

// Bitwise operations count elements, which are bytes in the documented forms; kernels also use wider types.
multiclass Bitwise<string name, string insn, string c, string zh> {
  def OP_#NAME : BangOperation<name, EachRaw<NumTypes>.R, [Dst<"dst">, Src<"lhs">, Src<"rhs">, Count<"n">],
                    "dst[i] = lhs[i] "#c#" rhs[i], bitwise"> {
    let Insn = insn;
    let Zh = "dst[i] = lhs[i] 按位"#zh#" rhs[i]";
  }
  def BI_#NAME : Builtin<"__bang_"#name, !cast<BangOperation>("OP_"#NAME)>;
}
defm BAND : Bitwise<"band", "vband", "and", "与">;
defm BOR : Bitwise<"bor", "vbor", "or", "或">;
defm BXOR : Bitwise<"bxor", "vbxor", "xor", "异或">;
def OP_BNOT : BangOperation<"bnot", EachRaw<NumTypes>.R, [Dst<"dst">, Src<"src">, Count<"n">],
                 "dst[i] = complement of src[i]"> {
  let Insn = "vbnot";
  let Zh = "dst[i] = src[i] 按位取反";
}
def BI_BNOT : Builtin<"__bang_bnot", OP_BNOT>;
