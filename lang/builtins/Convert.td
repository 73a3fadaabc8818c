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
  let Zh = "dst[i] = src[i] * 2^src_pos / 2^dst_pos，按后缀舍入；整数结果饱和，NaN 得 0";
  let Basis = "chosen";
  let Note = "saturation and NaN are chosen; names without a rounding suffix round toward zero, _rm to nearest with "
             "ties toward +inf; int4 counts elements, two to a byte, the first one low; tf32 lies in float storage, "
             "its results have 13 low bits of 0 and its sources are read in full";
}
def OP_CONVERT_STRIDED
    : BangOperation<"convert_strided", [], [Dst<"dst", "$T">, Src<"src", "$U">, Count<"n">, Int<"pos">,
                                            UInt<"dst_stride">, UInt<"src_stride">, UInt<"segnum">],
         "converts n elements in each of segnum + 1 segments; strides are bytes"> {
  let Insn = "vcvt.2d";
  let Zh = "转换 segnum + 1 段，每段 n 个元素；步长以字节计";
  let Note = "the one position is that of the integer side: half to int8 divides by 2^pos, int8 to half multiplies";
}
def OP_CONVERT_RANDOM
    : BangOperation<"convert_random", [], [Dst<"dst", "$T">, Src<"src", "$U">, Src<"random", "int">, Count<"n">],
                    "dst[i] = src[i], rounded up or down by chance"> {
  let Insn = "vcvt.sr";
  let Basis = "chosen";
  let Note = "goes away from zero where random[i] / 2^32, unsigned, is less than the discarded part of the last place";
  let Zh = "dst[i] = src[i]，随机向上或向下舍入";
}

class CvtType<string name, BangElt elt> {
  string Name = name;  // in C names
  BangElt Elt = elt;
}
def CT_Half : CvtType<"half", E_F16>;
def CT_Float : CvtType<"float", E_F32>;
def CT_BFloat : CvtType<"bfloat16", E_BF16>;
def CT_TF32 : CvtType<"tf32", E_TF32>;
def CT_Int4 : CvtType<"int4", E_I4>;
def CT_Int8 : CvtType<"int8", E_I8>;
def CT_Int16 : CvtType<"int16", E_I16>;
def CT_Int32 : CvtType<"int32", E_I32>;
def CT_UChar : CvtType<"uchar", E_U8>;
def CT_UInt8 : CvtType<"uint8", E_U8>;
def CT_UInt16 : CvtType<"uint16", E_U16>;
def CT_UInt32 : CvtType<"uint32", E_U32>;
def CT_Char : CvtType<"char", E_I8C>;
def CT_Short : CvtType<"short", E_I16>;
def CT_Int : CvtType<"int", E_I32>;

// Where the positions stand in the C form: none, of the destination, of the source, both.
class CvtForm<string form, list<Param> positions> {
  string Form = form;
  list<Param> Params = !listconcat([Dst<"dst", "$T">, Src<"src", "$U">, Count<"n">], positions);
}
def NoPos : CvtForm<"nopos", []>;
def DstPos : CvtForm<"dpos", [Int<"dst_pos">]>;
def SrcPos : CvtForm<"spos", [Int<"src_pos">]>;
def BothPos : CvtForm<"", [Int<"dst_pos">, Int<"src_pos">]>;

multiclass Conv<CvtType s, CvtType d, list<Cvt> modes, CvtForm form> {
  foreach m = modes in
    def : Builtin<"__bang_"#s.Name#"2"#d.Name#m.Suffix, OP_CONVERT, form.Params, form.Form,
                  [Overload<d.Elt.Name#"."#s.Elt.Name#m.Mode, [d.Elt, s.Elt]>]>;
}
multiclass ConvStrided<CvtType s, CvtType d, list<Cvt> modes, bit pos = false> {
  defvar head = [Dst<"dst", "$T">, Src<"src", "$U">, Count<"n">];
  defvar tail = [UInt<"dst_stride">, UInt<"src_stride">, UInt<"segnum">];
  foreach m = modes in
    def : Builtin<"__bang_"#s.Name#"2"#d.Name#m.Suffix, OP_CONVERT_STRIDED,
                  !listconcat(head, !if(pos, [Int<"pos">], []<Param>), tail), !if(pos, "pos", "nopos"),
                  [Overload<d.Elt.Name#"."#s.Elt.Name#m.Mode, [d.Elt, s.Elt]>]>;
}

// Between floating-point types.
defm : Conv<CT_Half, CT_Float, Plain, NoPos>;
defm : Conv<CT_Half, CT_TF32, Plain, NoPos>;
defm : Conv<CT_Half, CT_BFloat, Both, NoPos>;
defm : Conv<CT_Float, CT_Half, Both, NoPos>;
defm : Conv<CT_Float, CT_BFloat, Both, NoPos>;
defm : Conv<CT_Float, CT_TF32, Both, NoPos>;
defm : Conv<CT_BFloat, CT_Float, Plain, NoPos>;
defm : Conv<CT_BFloat, CT_TF32, Plain, NoPos>;
defm : Conv<CT_BFloat, CT_Half, Both, NoPos>;
foreach d = [CT_Half, CT_Float, CT_BFloat] in
  defm : Conv<CT_TF32, d, Both, NoPos>;
foreach d = [CT_Half, CT_TF32] in
  def : Builtin<"__bang_float2"#d.Name#"_sr", OP_CONVERT_RANDOM, OP_CONVERT_RANDOM.Params, "",
                [Overload<d.Elt.Name#".f32", [d.Elt, E_F32]>]>;

defvar FloatSide = [CT_Half, CT_Float, CT_BFloat, CT_TF32];
defvar IntSide = [CT_Int4, CT_Int8, CT_Int16, CT_Int32];
foreach f = FloatSide in {
  // Floating point to integers stores round(x / 2^pos), the way back gives i * 2^pos.
  foreach i = IntSide in {
    defm : Conv<f, i, Both, DstPos>;
    defm : Conv<i, f, Both, SrcPos>;
  }
  defm : Conv<f, CT_UChar, Both, NoPos>;
  defm : Conv<CT_UChar, f, Plain, NoPos>;
}
foreach i = IntSide in {
  defm : Conv<i, CT_UChar, Both, SrcPos>;
  defm : Conv<CT_UChar, i, Both, DstPos>;
}
foreach u = [CT_UInt8, CT_UInt16, CT_UInt32] in
  defm : Conv<CT_Float, u, Rounded, DstPos>;
foreach u = [CT_UInt16, CT_UInt32] in
  defm : Conv<u, CT_Float, Plain, SrcPos>;

// Between integer types; only int4 has rounding suffixes.
foreach s = IntSide in
  foreach d = IntSide in
    if !ne(s.Name, d.Name) then
      defm : Conv<s, d, !if(!or(!eq(s.Name, "int4"), !eq(d.Name, "int4")), Rounded, Plain), BothPos>;

// Names of older headers, with and without a position.
foreach f = [CT_Half, CT_Float] in
  foreach i = [CT_Char, CT_Short, CT_Int] in {
    defm : Conv<f, i, Both, DstPos>;
    defm : Conv<f, i, Both, NoPos>;
    defm : Conv<i, f, Both, SrcPos>;
    defm : Conv<i, f, Both, NoPos>;
  }

// The form of 2xx cards: scratch buffers, no position.
def OP_CONVERT_SCRATCH
    : BangOperation<"convert_scratch", [], [Dst<"dst", "$T">, Dst<"dst_aux", "$T">, Src<"src", "$U">,
                                            Dst<"src_aux", "$T">, Count<"n">],
                    "dst[i] = src[i], rounded toward zero"> {
  let Zh = "dst[i] = src[i]，向零舍入";
  let Note = "the scratch buffers keep their value";
}
def : Builtin<"__bang_int2float", OP_CONVERT_SCRATCH, OP_CONVERT_SCRATCH.Params, "",
              [Overload<"f32.i32", [E_F32, E_I32]>]>;

// Strided forms.
defm : ConvStrided<CT_Half, CT_Float, Plain>;
defm : ConvStrided<CT_Float, CT_Half, Rounded>;
defm : ConvStrided<CT_Half, CT_Short, Rounded>;
defm : ConvStrided<CT_Short, CT_Half, Plain>;
defm : ConvStrided<CT_UChar, CT_Half, Plain>;
defm : ConvStrided<CT_Half, CT_Int8, Rounded, true>;
defm : ConvStrided<CT_Int8, CT_Half, Plain, true>;
