// Convert.td: __bang_<from>2<to>[_<rounding>]; types in labels are destination, source, rounding.
class Cvt<string suffix, string mode> {
  string Suffix = suffix;  // of the C name
  string Mode = mode;      // of the instruction
}
defvar Plain = [Cvt<"", "">];
defvar Rounded = [Cvt<"_tz", ".tz">, Cvt<"_oz", ".oz">, Cvt<"_up", ".up">, Cvt<"_dn", ".dn">, Cvt<"_rd", ".rd">,
                  Cvt<"_rn", ".rn">, Cvt<"_rm", ".rm">];
defvar Both = !listconcat(Plain, Rounded);

// All conversions are one operation; a name without a fixed-point position leaves it 0.
def OP_CONVERT
    : BangOperation<"convert", [], [Dst<"dst", "$T">, Src<"src", "$U">, Count<"n">, Int<"dst_pos">, Int<"src_pos">],
                    "dst[i] = src[i] * 2^src_pos / 2^dst_pos, rounded; integer results saturate, NaN gives 0"> {
  let Insn = "vcvt";
  let Basis = "chosen";
  let Note = "saturation and NaN are chosen; names without a rounding suffix round toward zero, _rm to nearest with "
             "ties toward +inf";
}
def OP_CONVERT_STRIDED
    : BangOperation<"convert_strided", [], [Dst<"dst", "$T">, Src<"src", "$U">, Count<"n">, UInt<"dst_stride">,
                                 UInt<"src_stride">, UInt<"segnum">],
         "converts n elements in each of segnum + 1 segments; strides are bytes"> {
  let Insn = "vcvt.2d";
}

defvar dstPtr = Dst<"dst", "$T">;
defvar srcPtr = Src<"src", "$U">;
defvar cvtPlain = [Dst<"dst", "$T">, Src<"src", "$U">, Count<"n">];
defvar cvtDst = [Dst<"dst", "$T">, Src<"src", "$U">, Count<"n">, Int<"dst_pos">];
defvar cvtSrc = [Dst<"dst", "$T">, Src<"src", "$U">, Count<"n">, Int<"src_pos">];
defvar cvtBoth = [Dst<"dst", "$T">, Src<"src", "$U">, Count<"n">, Int<"dst_pos">, Int<"src_pos">];

multiclass Conv<string from, BangElt s, string to, BangElt d, list<Cvt> modes, list<Param> params, string form> {
  foreach m = modes in
    def : Builtin<"__bang_"#from#"2"#to#m.Suffix, OP_CONVERT, params, form,
                  [Overload<d.Name#"."#s.Name#m.Mode, [d, s]>]>;
}
multiclass ConvStrided<string from, BangElt s, string to, BangElt d, list<Cvt> modes> {
  foreach m = modes in
    def : Builtin<"__bang_"#from#"2"#to#m.Suffix, OP_CONVERT_STRIDED, OP_CONVERT_STRIDED.Params, "",
                  [Overload<d.Name#"."#s.Name#m.Mode, [d, s]>]>;
}

// Between floating-point types.
defm : Conv<"half", E_F16, "float", E_F32, Plain, cvtPlain, "nopos">;
defm : ConvStrided<"half", E_F16, "float", E_F32, Plain>;
defm : Conv<"float", E_F32, "half", E_F16, Both, cvtPlain, "nopos">;
defm : ConvStrided<"float", E_F32, "half", E_F16, Rounded>;
defm : Conv<"bfloat16", E_BF16, "float", E_F32, Plain, cvtPlain, "nopos">;
defm : Conv<"float", E_F32, "bfloat16", E_BF16, Both, cvtPlain, "nopos">;
defm : Conv<"half", E_F16, "bfloat16", E_BF16, Both, cvtPlain, "nopos">;
defm : Conv<"bfloat16", E_BF16, "half", E_F16, Both, cvtPlain, "nopos">;

// Floating point to integers: stores round(x / 2^pos).
foreach f = [["half"], ["float"], ["bfloat16"]] in {
  defvar s = !cond(!eq(!head(f), "half"): E_F16, !eq(!head(f), "float"): E_F32, true: E_BF16);
  defm : Conv<!head(f), s, "int8", E_I8, Both, cvtDst, "dpos">;
  defm : Conv<!head(f), s, "int16", E_I16, Both, cvtDst, "dpos">;
  defm : Conv<!head(f), s, "int32", E_I32, Both, cvtDst, "dpos">;
  defm : Conv<!head(f), s, "uchar", E_U8, Both, cvtPlain, "nopos">;
  // Integers to floating point: x = i * 2^pos.
  defm : Conv<"int8", E_I8, !head(f), s, Both, cvtSrc, "spos">;
  defm : Conv<"int16", E_I16, !head(f), s, Both, cvtSrc, "spos">;
  defm : Conv<"int32", E_I32, !head(f), s, Both, cvtSrc, "spos">;
  defm : Conv<"uchar", E_U8, !head(f), s, Plain, cvtPlain, "nopos">;
}
defm : Conv<"half", E_F16, "short", E_I16, Rounded, cvtPlain, "nopos">;
defm : Conv<"short", E_I16, "half", E_F16, Plain, cvtPlain, "nopos">;
defm : Conv<"float", E_F32, "uint16", E_U16, Rounded, cvtDst, "dpos">;
defm : Conv<"float", E_F32, "uint32", E_U32, Rounded, cvtDst, "dpos">;
defm : Conv<"uint16", E_U16, "float", E_F32, Plain, cvtSrc, "spos">;
defm : Conv<"uint32", E_U32, "float", E_F32, Plain, cvtSrc, "spos">;
defm : Conv<"float", E_F32, "int", E_I32, Both, cvtDst, "dpos">;
defm : Conv<"int", E_I32, "float", E_F32, Both, cvtSrc, "spos">;

// Between integer types: both positions.
defm : Conv<"int8", E_I8, "int16", E_I16, Plain, cvtBoth, "">;
defm : Conv<"int8", E_I8, "int32", E_I32, Plain, cvtBoth, "">;
defm : Conv<"int16", E_I16, "int8", E_I8, Plain, cvtBoth, "">;
defm : Conv<"int16", E_I16, "int32", E_I32, Plain, cvtBoth, "">;
defm : Conv<"int32", E_I32, "int8", E_I8, Plain, cvtBoth, "">;
defm : Conv<"int32", E_I32, "int16", E_I16, Plain, cvtBoth, "">;
