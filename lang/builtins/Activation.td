// Activation.td: activations and transcendental functions.
//
// Cards approximate `active` functions by tables; here every function is accurate to 2 ulp of its type.
multiclass Active<string name, string insn, string c, string zh, list<BangElt> es = [E_F16, E_F32]> {
  def OP_#NAME : BangOperation<name, Each<es>.R, [Dst<"dst">, Src<"src">, Count<"n">], "dst[i] = "#c> {
    let Insn = insn;
    let Zh = "逐元素：dst[i] = "#zh;
    let Rules = [R_ByteMultiple<"n", 128>];
    let Basis = "chosen";
    let Note = "accurate to 2 ulp instead of the card's table approximation";
    let Ulps = 2;
    let Approximate = true;
  }
}
defm ACTIVE_ABS : Active<"active_abs", "vabs", "|src[i]|", "|src[i]|">;
defm ACTIVE_EXP : Active<"active_exp", "vexp", "e to the src[i]", "e 的 src[i] 次方", FloatTypes>;
defm ACTIVE_LOG : Active<"active_log", "vlog", "natural logarithm of src[i]", "src[i] 的自然对数", FloatTypes>;
defm ACTIVE_RECIP : Active<"active_recip", "vrecip", "1 / src[i]", "1 / src[i]">;
defm ACTIVE_SQRT : Active<"active_sqrt", "vsqrt", "square root of src[i]", "src[i] 的平方根">;
defm ACTIVE_RSQRT : Active<"active_rsqrt", "vrsqrt", "1 / square root of src[i]", "src[i] 的平方根的倒数">;
defm ACTIVE_SIGMOID : Active<"active_sigmoid", "vsigmoid", "1 / (1 + e to the -src[i])", "1 / (1 + e 的 -src[i] 次方)", FloatTypes>;
defm ACTIVE_RELU : Active<"active_relu", "vrelu", "max(src[i], 0)", "max(src[i], 0)">;
defm ACTIVE_TANH : Active<"active_tanh", "vtanh", "hyperbolic tangent of src[i]", "src[i] 的双曲正切", FloatTypes>;
defm ACTIVE_GELU : Active<"active_gelu", "vgelu", "src[i] times the normal distribution function of src[i]", "src[i] 乘以正态分布函数在 src[i] 的值">;
defm ACTIVE_SIGN : Active<"active_sign", "vsign", "src[i] >= 0 ? 1 : -1, both zeros give 1", "src[i] >= 0 ? 1 : -1，正负零都得 1">;
defm ACTIVE_SIN : Active<"active_sin", "vsin", "sine of src[i]", "src[i] 的正弦">;
defm ACTIVE_COS : Active<"active_cos", "vcos", "cosine of src[i]", "src[i] 的余弦">;
defm EXP2 : Active<"pow2", "vexp2", "2 to the src[i]", "2 的 src[i] 次方", [E_F32, E_BF16]>;
defm LOG2 : Active<"log2", "vlog2", "logarithm of src[i] to base 2", "src[i] 以 2 为底的对数", [E_F32]>;
defm SIN : Active<"sin", "vsin", "sine of src[i], radians", "src[i]（弧度）的正弦", [E_F32, E_BF16]>;
defm COS : Active<"cos", "vcos", "cosine of src[i], radians", "src[i]（弧度）的余弦", [E_F32, E_BF16]>;

multiclass ActiveName<string name, BangOperation op> {
  def "" : Builtin<name, op>;
}
defm : ActiveName<"__bang_active_abs", OP_ACTIVE_ABS>;
defm : ActiveName<"__bang_active_exp", OP_ACTIVE_EXP>;
defm : ActiveName<"__bang_active_exphp", OP_ACTIVE_EXP>;
defm : ActiveName<"__bang_active_exp_less_0", OP_ACTIVE_EXP>;
defm : ActiveName<"__bang_active_log", OP_ACTIVE_LOG>;
defm : ActiveName<"__bang_active_loghp", OP_ACTIVE_LOG>;
defm : ActiveName<"__bang_active_recip", OP_ACTIVE_RECIP>;
defm : ActiveName<"__bang_active_reciphp", OP_ACTIVE_RECIP>;
defm : ActiveName<"__bang_active_recip_greater_1", OP_ACTIVE_RECIP>;
defm : ActiveName<"__bang_active_sqrt", OP_ACTIVE_SQRT>;
defm : ActiveName<"__bang_active_sqrthp", OP_ACTIVE_SQRT>;
defm : ActiveName<"__bang_active_rsqrt", OP_ACTIVE_RSQRT>;
defm : ActiveName<"__bang_active_rsqrthp", OP_ACTIVE_RSQRT>;
defm : ActiveName<"__bang_active_sigmoid", OP_ACTIVE_SIGMOID>;
defm : ActiveName<"__bang_sigmoid", OP_ACTIVE_SIGMOID>;
defm : ActiveName<"__bang_active_relu", OP_ACTIVE_RELU>;
defm : ActiveName<"__bang_active_tanh", OP_ACTIVE_TANH>;
defm : ActiveName<"__bang_active_gelu", OP_ACTIVE_GELU>;
defm : ActiveName<"__bang_active_sign", OP_ACTIVE_SIGN>;
defm : ActiveName<"__bang_active_sin", OP_ACTIVE_SIN>;
defm : ActiveName<"__bang_active_cos", OP_ACTIVE_COS>;
defm : ActiveName<"__bang_exp", OP_ACTIVE_EXP>;
defm : ActiveName<"__bang_pow2", OP_EXP2>;
defm : ActiveName<"__bang_log", OP_LOG2>;
defm : ActiveName<"__bang_log2", OP_LOG2>;
defm : ActiveName<"__bang_sin", OP_SIN>;
defm : ActiveName<"__bang_cos", OP_COS>;
