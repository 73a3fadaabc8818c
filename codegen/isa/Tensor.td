// Tensor.td: products with weights in WRAM. Type suffixes: result, left operand, weights.
//
// Weight row r lies in WRAM table r % 64 at slot r / 64. Each result accumulates over ascending k in f32 (floats) or
// 64-bit integers; integer forms scale the sum by 2^pos. A zero bias address means no bias. tf32 is f32 with 10 bits of
// mantissa; i4 packs two integers in a byte, the first in the low half.
defvar TensorVariants = [
  Variant<E_F32, E_F32, E_F32>, Variant<E_F16, E_F16, E_F16>, Variant<E_F32, E_F16, E_F16>,
  Variant<E_F32, E_F16, E_F32>, Variant<E_F32, E_F32, E_F16>, Variant<E_F32, E_BF16, E_BF16>,
  Variant<E_BF16, E_BF16, E_BF16>, Variant<E_F16, E_I8, E_I8>, Variant<E_F32, E_I8, E_I8>,
  Variant<E_F16, E_I16, E_I8>, Variant<E_F32, E_I16, E_I8>, Variant<E_F32, E_I16, E_I16>,
  Variant<E_I32, E_I8, E_I8>, Variant<E_I32, E_I16, E_I8>, Variant<E_I32, E_I16, E_I16>,
  Variant<E_F16, E_I16, E_I16>, Variant<E_I16, E_I8, E_I8>, Variant<E_I16, E_I16, E_I8>, Variant<E_I16, E_I16, E_I16>,
  Variant<E_F32, E_I8, E_I16>, Variant<E_F16, E_I8, E_I16>, Variant<E_F32, E_I32, E_I16>,
  Variant<E_F32, E_TF32, E_TF32>, Variant<E_F16, E_I4, E_I4>, Variant<E_F32, E_I4, E_I4>,
  Variant<E_F16, E_I4, E_I8>, Variant<E_F32, E_I4, E_I8>, Variant<E_F16, E_I4, E_I16>, Variant<E_F32, E_I4, E_I16>,
  Variant<E_F16, E_I8, E_I4>, Variant<E_F32, E_I8, E_I4>, Variant<E_F16, E_I16, E_I4>, Variant<E_F32, E_I16, E_I4>];

def TMATMUL : Insn<0x80, "tmatmul", TensorVariants,
                   !listconcat([Wr<"dst">, Rd<"lhs">, Rd<"weights", "wram">, Rd<"bias">], Fields<["m", "k", "n", "pos"]>.R),
                   Compute, "tensor", "dst[m][n] = bias[m][n] + sum over k of lhs[m][k] * weights[n][k]">;
def TMLP : Insn<0x81, "tmlp", TensorVariants,
                !listconcat([Wr<"dst">, Rd<"src">, Rd<"weights", "wram">, Rd<"bias">], Fields<["h", "w", "pos"]>.R),
                Compute, "tensor", "dst[h] = bias[h] + sum over w of src[w] * weights[h][w]">;
def TCONV : Insn<0x82, "tconv", TensorVariants,
                 !listconcat([Wr<"dst">, Rd<"src">, Rd<"weights", "wram">, Rd<"bias">],
                             Fields<["ci", "h", "w", "kh", "kw", "sw", "sh", "co", "pos", "dw", "dh", "odw", "odh",
                                    "partial"]>.R),
                 Compute, "tensor",
                 "convolution of an HWC image without padding; dw, dh spread the window, odw, odh the results, 0 means 1; "
                 "bias: one for each channel, or with partial for each result">;
