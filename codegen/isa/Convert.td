// Convert.td: dst[i] = round(src[i] * 2^src_pos / 2^dst_pos), saturating for integer destinations, NaN gives 0.
//
// Without a mode the conversion is exact (widening) or rounds toward zero. Ascending element order is observable when
// src and dst overlap: the sources are read before any result is written. i4 lies two to a byte, the first one low; of
// an odd number of results the last byte keeps its upper half. tf32 lies in 32 bits, the low 13 of which are written as 0;
// sources are read in full.
class ConvertVariants<list<DlpElt> es> {
  list<Variant> Pairs = !foldl([]<Variant>, es, acc, d, !listconcat(acc,
      !foreach(s, !filter(x, es, !ne(x.Name, d.Name)), Variant<d, s>)));
  list<Variant> R = !foldl(Pairs, Roundings, acc, m, !listconcat(acc,
      !foreach(p, Pairs, Variant<p.E0, p.E1, m>)));
}

def VCVT : Insn<0x60, "vcvt", ConvertVariants<!listconcat(NumElts, [E_TF32, E_I4])>.R,
                [Wr<"dst">, Rd<"src">, Val<"n">, Val<"dst_pos">, Val<"src_pos">], Compute, "add",
                "convert element type">;
def VCVT_2D : Insn<0x61, "vcvt.2d", ConvertVariants<NumElts>.R,
                   [Wr<"dst">, Rd<"src">, Val<"n">, Val<"pos">, Val<"dst_stride">, Val<"src_stride">, Val<"segnum">],
                   Move, "add", "convert n elements in each of segnum + 1 segments, strides in bytes; pos is that of the integer side">;
def VCVT_SR : Insn<0x62, "vcvt.sr", [Variant<E_F16, E_F32>, Variant<E_TF32, E_F32>],
                   [Wr<"dst">, Rd<"src">, Rd<"random">, Val<"n">], Compute, "add",
                   "convert, away from zero where random / 2^32 is less than the discarded part of the last place">;
