// Fusion.td: __bang_fusion, two operations on three operands in one pass.
//
// The second and third operand are each a vector, whose element is i % seg_n, or one scalar.
class FusionCode : Param<"code", "mluFusionOpCode", "flag">;
defvar fusionSummary = "dst[i] = a[i] op b op c: FMA a*b+c, FMS a*b-c, FAM (a+b)*c, FSM (a-b)*c, FAA a+b+c, FAS a+b-c, "
                       "FSS a-b-c, FSA a-b+c";

class Fusion<string mnemonic, list<Param> operands, list<Param> counts, string insn>
    : BangOperation<mnemonic, Each<NumTypes>.R, !listconcat([FusionCode<>, Dst<"dst">, Src<"a">], operands, counts),
                    fusionSummary> {
  let Insn = insn;
  let Zh = "dst[i] = a[i] 与 b、c 的两步运算：FMA a*b+c，FMS a*b-c，FAM (a+b)*c，FSM (a-b)*c，FAA a+b+c，FAS a+b-c，FSS "
           "a-b-c，FSA a-b+c";
  let Basis = "chosen";
  let Note = "floats compute in double and round once to the element type, integers wrap: the documentation does not "
             "say how often it rounds; integer types are inferred from public kernels";
}
class SegmentedFusion<string mnemonic, Param b, Param c, string insn>
    : Fusion<mnemonic, [b, c], [Count<"n">, Count<"seg_n">], insn> {
  let Rules = [R_Multiple<"n", "seg_n">, R_ByteMultiple<"n", 128>];
}

def OP_FUSION : SegmentedFusion<"fusion", Src<"b">, Src<"c">, "vfuse">;
def OP_FUSION_VS : SegmentedFusion<"fusion_vs", Src<"b">, Value<"c">, "vfuse.vs">;
def OP_FUSION_SV : SegmentedFusion<"fusion_sv", Value<"b">, Src<"c">, "vfuse.sv">;
def OP_FUSION_SS : Fusion<"fusion_ss", [Value<"b">, Value<"c">], [Count<"n">], "vfuse.ss"> {
  let Rules = [R_ByteMultiple<"n", 128>];
}
def BI_FUSION : Builtin<"__bang_fusion", OP_FUSION>;
def BI_FUSION_VS : Builtin<"__bang_fusion", OP_FUSION_VS>;
def BI_FUSION_SV : Builtin<"__bang_fusion", OP_FUSION_SV>;
def BI_FUSION_SS : Builtin<"__bang_fusion", OP_FUSION_SS>;

// The assembler's fuse.nram.<type> [dst], n, [src], .op(x), ...: no C name, so the types are those the assembler has.
def OP_FUSE_CHAIN : BangOperation<"fuse_chain", Each<[E_F16, E_BF16, E_F32, E_I16, E_I32, E_U16, E_U32]>.R,
                                  [Dst<"dst">, Src<"src">, Src<"v0">, Src<"v1">, Src<"v2">, Count<"n">, UInt<"steps">,
                                   Value<"x0">, Value<"x1">, Value<"x2">, Value<"x3">],
                                  "dst[i] = src[i] after up to four steps from left to right"> {
  let Insn = "vchain";
  let Zh = "dst[i] = src[i] 从左到右经过最多四步运算";
  let Basis = "inferred from public kernels";
  let Note = "each step rounds; comparisons give 1 or 0; and, or are bitwise";
}
