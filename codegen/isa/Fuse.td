// Fuse.td: several operations on each element in one pass.
//
// Sources are read before any lane is written, so every alias is allowed. `code` is the operation as in BANG C's
// mluFusionOpCode: 0 a*b+c, 1 a*b-c, 2 (a+b)*c, 3 (a-b)*c, 4 a+b+c, 5 a+b-c, 6 a-b-c, 7 a-b+c.
class Fused<int op, string mn, Opnd b, Opnd c, list<Opnd> seg, string brief>
    : Insn<op, mn, Types<NumElts>.R, !listconcat([Wr<"dst">, Rd<"a">, b, c, Val<"n">], seg, [Val<"code">]), Compute,
           "mul", brief>;
def VFUSE : Fused<0xe0, "vfuse", Rd<"b">, Rd<"c">, [Val<"seg_n">],
                  "two operations on a and the vectors b, c, which repeat every seg_n elements">;
def VFUSE_VS : Fused<0xe1, "vfuse.vs", Rd<"b">, Val<"c">, [Val<"seg_n">],
                     "two operations on a, the vector b, which repeats every seg_n elements, and the scalar c">;
def VFUSE_SV : Fused<0xe2, "vfuse.sv", Val<"b">, Rd<"c">, [Val<"seg_n">],
                     "two operations on a, the scalar b and the vector c, which repeats every seg_n elements">;
def VFUSE_SS : Fused<0xe3, "vfuse.ss", Val<"b">, Val<"c">, [], "two operations on a and the scalars b, c">;

// `steps` has a byte for each step, the first one lowest, 0 after the last: bits 3:0 the operation (1 add, 2 sub, 3 mul,
// 4 and, 5 or, 6 eq, 7 ne, 8 lt, 9 le, 10 gt, 11 ge, 12 max, 13 min), bits 5:4 its operand: 0 the scalar x of the
// step, 1 to 3 the vectors v0 to v2.
def VCHAIN : Insn<0xe4, "vchain", Types<[E_F16, E_BF16, E_F32, E_I16, E_I32, E_U16, E_U32]>.R,
                  !listconcat([Wr<"dst">, Rd<"src">, Rd<"v0">, Rd<"v1">, Rd<"v2">, Val<"n">],
                              Fields<["steps", "x0", "x1", "x2", "x3"]>.R),
                  Compute, "mul", "up to four operations on each element, from left to right">;
