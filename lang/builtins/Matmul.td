// Matmul.td: products with weights in WRAM. Types in labels are result, left operand, weights.
class Tri<BangElt d, BangElt a, BangElt b> : Overload<d.Name#"."#a.Name#"."#b.Name, [d, a, b]>;
defvar FloatProducts = [Tri<E_F32, E_F32, E_F32>, Tri<E_F16, E_F16, E_F16>, Tri<E_F32, E_F16, E_F16>,
                        Tri<E_F32, E_F16, E_F32>, Tri<E_F32, E_F32, E_F16>, Tri<E_F32, E_BF16, E_BF16>,
                        Tri<E_BF16, E_BF16, E_BF16>];
defvar IntProducts = [Tri<E_F16, E_I8, E_I8>, Tri<E_F16, E_I8C, E_I8C>, Tri<E_F32, E_I8, E_I8>,
                      Tri<E_F16, E_I16, E_I8>, Tri<E_F32, E_I16, E_I8>, Tri<E_F32, E_I16, E_I16>,
                      Tri<E_I32, E_I8, E_I8>, Tri<E_I32, E_I16, E_I8>, Tri<E_I32, E_I16, E_I16>];
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

defvar convDims = [Count<"ci">, Count<"h">, Count<"w">, Count<"kh">, Count<"kw">, Count<"sw">, Count<"sh">, Count<"co">];
def OP_CONV : BangOperation<"conv", AllProducts,
                 !listconcat(OperandsBias<"src">.R, convDims, [Int<"pos">, UInt<"dw">, UInt<"dh">]),
                 "dst[y][x][co] = sum of src[y * sh + i][x * sw + j][ci] * weights[co][i][j][ci] (+ bias[co])"> {
  let Insn = "tconv";
  let Note = orderNote;
  let Details = "HWC layout, no padding; note the order stride of w, then stride of h; "#weightsNote;
}
defvar dil = [UInt<"dw">, UInt<"dh">];
def : Builtin<"__bang_conv", OP_CONV, !listconcat(Operands<"src">.R, convDims), "float", FloatProducts>;
def : Builtin<"__bang_conv", OP_CONV, !listconcat(OperandsBias<"src">.R, convDims), "float.bias", FloatProducts>;
def : Builtin<"__bang_conv", OP_CONV, !listconcat(Operands<"src">.R, convDims, dil), "float.dil", FloatProducts>;
def : Builtin<"__bang_conv", OP_CONV, !listconcat(OperandsBias<"src">.R, convDims, dil), "float.bias.dil",
              FloatProducts>;
def : Builtin<"__bang_conv", OP_CONV, !listconcat(Operands<"src">.R, convDims, [Int<"pos">]), "int", IntProducts>;
def : Builtin<"__bang_conv", OP_CONV, !listconcat(OperandsBias<"src">.R, convDims, [Int<"pos">]), "int.bias",
              IntProducts>;
def : Builtin<"__bang_conv", OP_CONV, !listconcat(Operands<"src">.R, convDims, [Int<"pos">], dil), "int.dil",
              IntProducts>;
def : Builtin<"__bang_conv", OP_CONV, OP_CONV.Params, "int.bias.dil", IntProducts>;
