// Matmul.td: products with weights in WRAM. Types in labels are result, left operand, weights.
class Tri<BangElt d, BangElt a, BangElt b> : Overload<d.Name#"."#a.Name#"."#b.Name, [d, a, b]>;
defvar FloatProducts = [Tri<E_F32, E_F32, E_F32>, Tri<E_F16, E_F16, E_F16>, Tri<E_F32, E_F16, E_F16>,
                        Tri<E_F32, E_F16, E_F32>, Tri<E_F32, E_F32, E_F16>, Tri<E_F32, E_BF16, E_BF16>,
                        Tri<E_BF16, E_BF16, E_BF16>];
defvar IntProducts = [Tri<E_F16, E_I8, E_I8>, Tri<E_F16, E_I8C, E_I8C>, Tri<E_F32, E_I8, E_I8>,
                      Tri<E_F16, E_I16, E_I8>, Tri<E_F32, E_I16, E_I8>, Tri<E_F32, E_I16, E_I16>,
                      Tri<E_I32, E_I8, E_I8>, Tri<E_I32, E_I16, E_I8>, Tri<E_I32, E_I16, E_I16>,
                      Tri<E_F16, E_I16, E_I16>, Tri<E_I16, E_I8, E_I8>, Tri<E_I16, E_I16, E_I8>,
                      Tri<E_I16, E_I16, E_I16>, Tri<E_F32, E_I32, E_I16>,
                      Tri<E_F16, E_I4, E_I4>, Tri<E_F32, E_I4, E_I4>, Tri<E_F16, E_I4, E_I8>, Tri<E_F32, E_I4, E_I8>,
                      Tri<E_F16, E_I4, E_I16>, Tri<E_F32, E_I4, E_I16>, Tri<E_F16, E_I8, E_I4>,
                      Tri<E_F32, E_I8, E_I4>, Tri<E_F16, E_I16, E_I4>, Tri<E_F32, E_I16, E_I4>];
// Names of their own: tf32 has no C type.
defvar TF32Products = [Tri<E_F32, E_TF32, E_TF32>];
defvar AllProducts = !listconcat(FloatProducts, IntProducts);
defvar weightsNote = "weight row r lies in WRAM table r % 64 at slot r / 64, as __bang_reshape_filter and a plain copy "
                     "put it";
defvar orderNote = "accumulates over ascending k in float, integers exactly; the card's order is unpublished";

defvar mmDst = Dst<"dst", "$T">;
class Operands<string left> {
  list<Param> R = [Dst<"dst", "$T">, Src<left, "$U">, Src<"weights", "$V", "wram">];
}
class OperandsBias<string left> {
  list<Param> R = [Dst<"dst", "$T">, Src<left, "$U">, Src<"weights", "$V", "wram">, Src<"bias", "$T">];
}

def OP_MATMUL : BangOperation<"matmul", AllProducts,
                   !listconcat(OperandsBias<"lhs">.R, [Count<"m">, Count<"k">, Count<"n">, Int<"pos">]),
                   "dst[m][n] = sum over k of lhs[m][k] * weights[n][k] (+ bias[m][n]) (* 2^pos for integers)"> {
  let Insn = "tmatmul";
  let Zh = "矩阵乘：dst[m][n] = 对 k 求和 lhs[m][k] * weights[n][k]（+ bias[m][n]）（整数再乘 2^pos）";
  let Rules = [R_ByteMultipleOf<"k", "weights", 32>, R_Range<"pos", -127, 127>, R_NoAlias<"dst", "lhs">];
  let Note = orderNote;
  let Details = weightsNote;
}
defvar mkn = [Count<"m">, Count<"k">, Count<"n">];
def : Builtin<"__bang_matmul", OP_MATMUL, !listconcat(Operands<"lhs">.R, mkn), "float", FloatProducts>;
def : Builtin<"__bang_matmul", OP_MATMUL, !listconcat(OperandsBias<"lhs">.R, mkn), "float.bias", FloatProducts>;
def : Builtin<"__bang_matmul", OP_MATMUL, !listconcat(Operands<"lhs">.R, mkn, [Int<"pos">]), "int", IntProducts>;
def : Builtin<"__bang_matmul", OP_MATMUL, OP_MATMUL.Params, "int.bias", IntProducts>;

def OP_MLP : BangOperation<"mlp", AllProducts, !listconcat(OperandsBias<"src">.R, [Count<"h">, Count<"w">, Int<"pos">]),
                "dst[h] = sum over w of src[w] * weights[h][w] (+ bias[h]) (* 2^pos for integers)"> {
  let Insn = "tmlp";
  let Zh = "全连接：dst[h] = 对 w 求和 src[w] * weights[h][w]（+ bias[h]）（整数再乘 2^pos）";
  let Rules = [R_ByteMultipleOf<"w", "weights", 32>, R_Range<"pos", -127, 127>];
  let Note = orderNote;
  let Details = weightsNote;
}
// In the C form the bias stands before the weights.
class MlpBias { list<Param> R = [Dst<"dst", "$T">, Src<"src", "$U">, Src<"bias", "$T">, Src<"weights", "$V", "wram">]; }
defvar hw = [Count<"h">, Count<"w">];
def : Builtin<"__bang_mlp", OP_MLP, !listconcat(Operands<"src">.R, hw), "float", FloatProducts>;
def : Builtin<"__bang_mlp", OP_MLP, !listconcat(MlpBias<>.R, hw), "float.bias", FloatProducts>;
def : Builtin<"__bang_mlp", OP_MLP, !listconcat(Operands<"src">.R, hw, [Int<"pos">]), "int", IntProducts>;
def : Builtin<"__bang_mlp", OP_MLP, !listconcat(MlpBias<>.R, hw, [Int<"pos">]), "int.bias", IntProducts>;

// Convolutions: window dilations come after the fixed-point position, dilations of the result after these.
defvar convDims = [Count<"ci">, Count<"h">, Count<"w">, Count<"kh">, Count<"kw">, Count<"sw">, Count<"sh">,
                   Count<"co">]<Param>;
defvar convTail = [Int<"pos">, UInt<"dw">, UInt<"dh">, UInt<"odw">, UInt<"odh">]<Param>;
class ConvForm<string name, list<string> params> {
  string Name = name;
  list<Param> Tail = !foldl([]<Param>, params, acc, p,
                            !listconcat(acc, !filter(q, convTail, !eq(q.Name, p))));
}
defvar floatForms = [ConvForm<"float", []>, ConvForm<"float.dil", ["dw", "dh"]>,
                     ConvForm<"float.dil2", ["dw", "dh", "odw", "odh"]>];
defvar intForms = [ConvForm<"int", ["pos"]>, ConvForm<"int.dil", ["pos", "dw", "dh"]>,
                   ConvForm<"int.dil2", ["pos", "dw", "dh", "odw", "odh"]>];
defvar convNote = "rows and columns between spread results keep their value";

def OP_CONV : BangOperation<"conv", !listconcat(AllProducts, TF32Products),
                 !listconcat(OperandsBias<"src">.R, convDims, convTail),
                 "dst[y][x][co] = sum of src[y * sh + i][x * sw + j][ci] * weights[co][i][j][ci] (+ bias[co])"> {
  let Insn = "tconv";
  let Zh = "卷积：dst[y][x][co] = src[y * sh + i][x * sw + j][ci] * weights[co][i][j][ci] 之和（+ bias[co]）";
  let Rules = [R_ByteMultipleOf<"ci", "weights", 32>, R_Range<"pos", -127, 127>, R_AtMost<"sw", 1023>,
               R_AtMost<"sh", 1023>, R_Range<"dw", 0, 1023>, R_Range<"dh", 0, 1023>, R_NotAbove<"kh", "h">,
               R_NotAbove<"kw", "w">];
  let Note = orderNote#"; "#convNote;
  let Details = "HWC layout, no padding; note the order stride of w, then stride of h; "#weightsNote;
}
class OperandsPartial {
  list<Param> R = [Dst<"dst", "$T">, Src<"src", "$U">, Src<"weights", "$V", "wram">, Src<"partial", "$T">];
}
def OP_CONV_PARTIAL : BangOperation<"conv_partial", !listconcat(AllProducts, TF32Products),
                         !listconcat(OperandsPartial<>.R, convDims, convTail),
                         "dst = partial + the convolution; partial has the shape of dst"> {
  let Zh = "dst = partial + 卷积；partial 与 dst 形状相同";
  let Rules = [R_ByteMultipleOf<"ci", "weights", 32>, R_Range<"pos", -127, 127>, R_NotAbove<"kh", "h">,
               R_NotAbove<"kw", "w">];
  let Note = orderNote#"; "#convNote;
  let Details = weightsNote;
}
multiclass Convolutions<list<ConvForm> forms, list<Overload> products, string suffix> {
  foreach f = forms in {
    def : Builtin<"__bang_conv"#suffix, OP_CONV, !listconcat(Operands<"src">.R, convDims, f.Tail), f.Name, products>;
    def : Builtin<"__bang_conv"#suffix, OP_CONV, !listconcat(OperandsBias<"src">.R, convDims, f.Tail), f.Name#".bias",
                  products>;
    def : Builtin<"__bang_conv_partial"#suffix, OP_CONV_PARTIAL, !listconcat(OperandsPartial<>.R, convDims, f.Tail),
                  f.Name, products>;
  }
}
defm : Convolutions<floatForms, FloatProducts, "">;
defm : Convolutions<intForms, IntProducts, "">;
defm : Convolutions<floatForms, TF32Products, "_tf32">;

// With filters of __bang_ssparse_filter_union, see Bits.td.
defvar SparseFloats = [Tri<E_F32, E_F32, E_F32>, Tri<E_F32, E_F16, E_F16>]<Overload>;
defvar SparseInts = [Tri<E_F32, E_I8, E_I8>, Tri<E_F32, E_I8, E_I16>, Tri<E_F32, E_I16, E_I8>, Tri<E_F32, E_I16, E_I16>,
                     Tri<E_F16, E_I8, E_I8>, Tri<E_F16, E_I8, E_I16>, Tri<E_F16, E_I16, E_I8>, Tri<E_F16, E_I16, E_I16>,
                     Tri<E_I16, E_I8, E_I8>, Tri<E_I16, E_I16, E_I8>, Tri<E_I16, E_I16, E_I16>]<Overload>;
def OP_CONV_SPARSE : BangOperation<"conv_sparse", !listconcat(SparseFloats, SparseInts),
                        !listconcat(Operands<"src">.R, convDims, [Int<"pos">]<Param>),
                        "the convolution, with weights of which 2 of each 4 channels are not 0"> {
  let Insn = "tconv";
  let Zh = "卷积，权重每 4 个通道中有 2 个非零";
  let Rules = [R_ByteMultipleOf<"ci", "weights", 32>, R_Range<"pos", -127, 127>, R_AtMost<"sw", 1023>,
               R_AtMost<"sh", 1023>, R_NotAbove<"kh", "h">, R_NotAbove<"kw", "w">];
  let Basis = "chosen";
  let Note = sparseNote#"; "#orderNote;
  let Details = weightsNote;
}
def : Builtin<"__bang_conv_sparse", OP_CONV_SPARSE, !listconcat(Operands<"src">.R, convDims), "float", SparseFloats>;
def : Builtin<"__bang_conv_sparse", OP_CONV_SPARSE, OP_CONV_SPARSE.Params, "int", SparseInts>;
