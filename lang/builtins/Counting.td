// Counting.td: histograms and running sums with a pattern in WRAM, random numbers.
class PatternTypes<BangElt d, BangElt s> : Overload<d.Name#"."#s.Name, [d, s]>;
defvar patternNote = "row r of the pattern is the first 64 bytes of WRAM table r, where a plain copy of 4096 bytes puts it";
class Pattern : Src<"kernel", "$U", "wram">;

def OP_HISTOGRAM
    : BangOperation<"histogram", [PatternTypes<E_F16, E_I8>, PatternTypes<E_F32, E_I8>, PatternTypes<E_I16, E_I8>,
                                  PatternTypes<E_I32, E_I8>, PatternTypes<E_F16, E_I16>, PatternTypes<E_F32, E_I16>,
                                  PatternTypes<E_I16, E_I16>, PatternTypes<E_I32, E_I16>, PatternTypes<E_F32, E_F16>,
                                  PatternTypes<E_F32, E_BF16>],
                    [Dst<"dst">, Src<"src", "$U">, Pattern<>, Count<"n">],
                    "adds to dst[r], r < 64, how many src[i] equal the pattern's element of row r below them"> {
  let Insn = "vhist";
  let Zh = "dst[r] += 与 kernel 第 r 行对应元素相等的 src[i] 的个数，r < 64";
  let Rules = apart;
  let Basis = "inferred from the documented example";
  let Details = patternNote#"; all elements of a row are usually the value that is counted";
  let Note = "src[i] is compared with element i % (64 / size) of a row; the counts are added, since the documented "
             "example clears dst first";
}
def BI_HISTOGRAM : Builtin<"__bang_histogram", OP_HISTOGRAM>;

defvar fixedSums = [PatternTypes<E_F16, E_I16>, PatternTypes<E_F32, E_I16>, PatternTypes<E_F16, E_I8>,
                    PatternTypes<E_F32, E_I8>]<Overload>;
defvar plainSums = [PatternTypes<E_I32, E_I16>, PatternTypes<E_I16, E_I16>, PatternTypes<E_I32, E_I8C>,
                    PatternTypes<E_I16, E_I8C>, PatternTypes<E_I32, E_I8>, PatternTypes<E_I16, E_I8>,
                    PatternTypes<E_F32, E_F32>, PatternTypes<E_F32, E_F16>]<Overload>;
def OP_INTEGRAL
    : BangOperation<"integral", !listconcat(fixedSums, plainSums),
                    [Dst<"dst">, Src<"src", "$U">, Pattern<>, Count<"n">, Int<"pos">],
                    "dst[i] = src[0] + ... + src[i], with a lower triangle of ones as pattern (* 2^pos)"> {
  let Insn = "vintegral";
  let Zh = "dst[i] = src[0] + ... + src[i]（kernel 为全 1 下三角矩阵时；再乘 2^pos）";
  let Rules = !listconcat(apart, [R_Range<"pos", -127, 127>]);
  let Details = patternNote#"; the triangle has as many rows as 64 bytes have elements";
  let Basis = "inferred from the documented matrix";
  let Note = "64 bytes of src at a time are multiplied by the pattern, and the last sum goes on into the next 64 bytes; "
             "floats add in float, in order";
}
defvar sumHead = [Dst<"dst">, Src<"src", "$U">, Pattern<>, Count<"n">]<Param>;
def : Builtin<"__bang_integral", OP_INTEGRAL, sumHead, "", plainSums>;
def : Builtin<"__bang_integral", OP_INTEGRAL, OP_INTEGRAL.Params, "pos", fixedSums>;

// bang/memory.h has the documented form without a seed.
def OP_RAND : BangOperation<"rand", [Overload<"i16", [E_I16]>], [Dst<"dst">, Count<"n">, UInt<"seed">],
                            "dst[0 .. n) = uniformly distributed random numbers"> {
  let Insn = "vrand";
  let Zh = "dst 的 n 个元素为均匀分布的随机数";
  let Rules = [R_MultipleOf<"n", 64>];
  let Basis = "chosen";
  let Note = "a card's generator is not published; here the numbers are a function of the seed, and the form without a "
             "seed takes the next one of each task, so that every run of a program gets the same numbers";
}
def BI_RAND : Builtin<"__bang_rand", OP_RAND>;
