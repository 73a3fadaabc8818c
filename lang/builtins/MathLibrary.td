// MathLibrary.td: series approximations and the vector part of the vendor's math library (the count stands first there).
//
// Everything is the exact function, as in Activation.td.
class Scratch<string n> : Dst<n>;
multiclass Taylor<string function, string c, string zh, list<string> orders> {
  def OP_TAYLOR_#NAME : BangOperation<"taylor_"#function, Each<[E_F16, E_F32]>.R,
                                      [Dst<"dst">, Src<"src">, Scratch<"aux1">, Scratch<"aux2">, Count<"n">],
                                      "dst[i] = "#c> {
    let Zh = "逐元素：dst[i] = "#zh;
    let Basis = "chosen";
    let Note = "accurate to 2 ulp instead of the card's series; the scratch buffers keep their value; forms other than "
               "taylor4_sin and taylor4_cos are documented by name only";
    let Ulps = 2;
    let Approximate = true;
  }
  foreach order = orders in
    def : Builtin<"__bang_taylor"#order#"_"#function, !cast<BangOperation>("OP_TAYLOR_"#NAME)>;
}
defm SIN : Taylor<"sin", "sine of src[i]", "src[i] 的正弦", ["3", "4"]>;
defm COS : Taylor<"cos", "cosine of src[i]", "src[i] 的余弦", ["3", "4"]>;
defm TANH : Taylor<"tanh", "hyperbolic tangent of src[i]", "src[i] 的双曲正切", ["3", "4"]>;
defm SIGMOID : Taylor<"sigmoid", "1 / (1 + e to the -src[i])", "1 / (1 + e 的 -src[i] 次方)", ["3", "4"]>;
defm SOFTPLUS : Taylor<"softplus", "logarithm of 1 + e to the src[i]", "1 + e 的 src[i] 次方的对数", ["3", "4"]>;

def OP_ACTIVE_GELUP : BangOperation<"active_gelup", Each<[E_F16, E_F32]>.R, [Dst<"dst">, Src<"src">, Count<"n">],
                                    "dst[i] = 0.5 x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) of x = src[i]"> {
  let Insn = "vgelup";
  let Ulps = 2;
  let Approximate = true;
  let Zh = "dst[i] = 0.5 x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3)))，x = src[i]";
  let Rules = rows2xx;
}
def BI_ACTIVE_GELUP : Builtin<"__bang_active_gelup", OP_ACTIVE_GELUP>;
def BI_ACTIVE_POW2 : Builtin<"__bang_active_pow2", OP_EXP2, OP_EXP2.Params, "active", Each<[E_F16, E_F32]>.R>;

class CnUnary<string name, BangOperation op, BangElt e>
    : Builtin<"__cn_vector_"#name#"_"#e.Name, op, [Count<"n">, Dst<"dst">, Src<"src">], "cn", Each<[e]>.R>;
foreach e = [E_F16, E_F32] in {
  def : CnUnary<"sin", OP_ACTIVE_SIN, e>;
  def : CnUnary<"cos", OP_ACTIVE_COS, e>;
}
def OP_HYPOT : BangOperation<"hypot", Each<FloatTypes>.R, [Dst<"dst">, Src<"lhs">, Src<"rhs">, Count<"n">],
                             "dst[i] = square root of lhs[i]^2 + rhs[i]^2"> {
  let Insn = "vhypot";
  let Ulps = 1;
  let Zh = "dst[i] = lhs[i]^2 + rhs[i]^2 的平方根";
  let Basis = "inferred from public kernels";
}
foreach e = [E_F16, E_F32] in
  def : Builtin<"__cn_vector_hypot_"#e.Name, OP_HYPOT, [Count<"n">, Dst<"dst">, Src<"lhs">, Src<"rhs">], "cn",
                Each<[e]>.R>;
def : Builtin<"__cn_vector_cast_f32_to_s32", OP_CONVERT, [Count<"n">, Dst<"dst", "$T">, Src<"src", "$U">], "cn",
              [Overload<"i32.f32", [E_I32, E_F32]>]>;
def OP_MOD_SCALAR : BangOperation<"mod_scalar", Each<[E_U64]>.R, [Dst<"dst">, Src<"src">, Value<"value">, Count<"n">],
                                  "dst[i] = src[i] % value"> {
  let Insn = "vmod64.vs";
  let Zh = "dst[i] = src[i] % value";
  let Basis = "inferred from public kernels";
}
def : Builtin<"__cn_vector_mod_scalar_u64", OP_MOD_SCALAR, [Count<"n">, Dst<"dst">, Src<"src">, Value<"value">], "cn">;
