// Bits.td: elements packed into bits and back, counts of bits, structured sparsity.
class RawSuffixed<list<BangElt> es, string mode> {
  list<Overload> R = !foreach(e, es, Overload<"b"#e.Width#"."#mode, [e]>);
}
defvar packed = [E_I8, E_I8C, E_I16, E_I32]<BangElt>;
defvar packedNote = "the parameters are public, their meaning is taken from the names: bits follow each other over all "
                    "n * h * w rows, the lowest bit of a byte first";
def OP_BREDUCE : BangOperation<"breduce", EachRaw<packed>.R,
                               [Dst<"dst", "unsigned char">, Src<"src">, Count<"n">, Count<"h">, Count<"w">,
                                Bytes<"bytes">],
                               "bit i of dst = src[i] is not 0, for n * h * w rows of so many bytes of src"> {
  let Insn = "vpackb";
  let Zh = "src[i] 非零时 dst 的第 i 位为 1；src 为 n * h * w 行，每行 bytes 字节";
  let Basis = "chosen";
  let Note = packedNote#"; bits of the last byte that belong to no element are 0";
}
def OP_BEXPAND : BangOperation<"bexpand", EachRaw<packed>.R,
                               [Dst<"dst">, Src<"src", "unsigned char">, Count<"n">, Count<"h">, Count<"w">,
                                Bytes<"bytes">],
                               "dst[i] = bit i of src, as 1 or 0, for n * h * w rows of so many bytes of dst"> {
  let Insn = "vunpackb";
  let Zh = "dst[i] = src 的第 i 位（1 或 0）；dst 为 n * h * w 行，每行 bytes 字节";
  let Basis = "chosen";
  let Note = packedNote#"; a set bit becomes 1, the truth of BANG C";
}
def : Builtin<"__bang_breduce", OP_BREDUCE>;
def : Builtin<"__bang_bexpand", OP_BEXPAND>;

multiclass BitCount<string name, string mode, list<BangElt> es, string what, string zh, string note> {
  def OP_#NAME : BangOperation<name, RawSuffixed<es, mode>.R, [Dst<"dst">, Src<"src">, Count<"n">], "dst[i] = "#what> {
    let Insn = "vbitcnt";
    let Zh = "dst[i] = "#zh;
    let Basis = "chosen";
    let Note = "only the name is documented: "#note;
  }
  def : Builtin<"__bang_"#name, !cast<BangOperation>("OP_"#NAME)>;
}
defm NSA : BitCount<"nsa", "nsa", packed, "number of bits below the sign of src[i] that equal it",
                    "src[i] 符号位之下与符号位相同的位数",
                    "the normalisation shift amount of signal processors, how far a number can be shifted left">;
defm SET1IN32 : BitCount<"set1in32", "ones", [E_I32, E_U32], "number of bits of src[i] that are 1",
                         "src[i] 中 1 的个数", "taken as the set bits in 32, beside __bang_count_bitindex">;
defm SET0IN32 : BitCount<"set0in32", "zeros", [E_I32, E_U32], "number of bits of src[i] that are 0",
                         "src[i] 中 0 的个数", "taken as the clear bits in 32, beside __bang_count_bitindex">;

// Structured sparsity. Filters keep their dense form, with zeros: __bang_conv_sparse is a convolution with those.
defvar sparseNote = "the parameters are public, their meaning is not: of each 4 channels the 2 largest magnitudes are kept, "
                    "the first of equal ones, NaN before numbers; filters stay dense, with zeros, since no packed form is "
                    "published";
defvar filter = [Count<"ci">, Count<"h">, Count<"w">, Count<"co">]<Param>;
class Sparse<string name, list<Param> operands, string what, string zh>
    : BangOperation<"ssparse_filter_"#name,
                    !foreach(e, [E_F16, E_BF16, E_F32, E_I8, E_I16, E_I32], Overload<e.Name#"."#name, [e]>),
                    !listconcat(operands, filter), what> {
  let Insn = "vsparse";
  let Zh = zh;
  let Rules = [R_MultipleOf<"ci", 4>];
  let Basis = "chosen";
  let Note = sparseNote;
}
def OP_SPARSE_UNION : Sparse<"union", [Dst<"dst">, Src<"src">],
                             "dst = src with 2 of each 4 channels kept and 0 for the others",
                             "每 4 个通道保留 2 个，其余置 0">;
def OP_SPARSE_INDEX : Sparse<"index", [Dst<"dst">, Src<"src">], "dst[i] = 1 where src[i] is kept, else 0",
                             "保留 src[i] 时 dst[i] = 1，否则为 0">;
def OP_SPARSE_UNION_INDEX : Sparse<"union_index", [Dst<"dst">, Src<"src">, Src<"index">],
                                   "dst[i] = index[i] is not 0 ? src[i] : 0", "index[i] 非零时 dst[i] = src[i]，否则为 0">;
def OP_SPARSE_SPARSE_INDEX : Sparse<"sparse_index", [Dst<"dst">, Src<"src">, Src<"index">],
                                    "the first two elements of each 4 channels whose index is not 0, behind each other",
                                    "每 4 个通道中 index 非零的前两个元素，依次排列">;
foreach op = ["UNION", "INDEX", "UNION_INDEX", "SPARSE_INDEX"] in
  def : Builtin<"__bang_"#!cast<BangOperation>("OP_SPARSE_"#op).Mnemonic, !cast<BangOperation>("OP_SPARSE_"#op)>;
