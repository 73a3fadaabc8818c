// VectorRegister.td: operations on vv_* values: 256 bytes of lanes that live on the stack, in NRAM or in LDRAM.
class LaneOp<string name, int enc> : DlpSuffix<name, enc>;
def L_Add    : LaneOp<"add", 1>;
def L_Mul    : LaneOp<"mul", 2>;    // integers keep the low half
def L_Mulh   : LaneOp<"mulh", 3>;   // the high half
def L_Xor    : LaneOp<"xor", 4>;
def L_Trixor : LaneOp<"trixor", 5>; // a ^ b ^ c

defvar LaneInts = [E_I16, E_U16, E_I32, E_U32];
defvar LaneElts = !listconcat([E_F32, E_F16], LaneInts);
defvar InStack = "nram|ldram";
class LaneVariants<list<LaneOp> ops, list<DlpElt> es> {
  list<Variant> R = !foldl([]<Variant>, ops, acc, o, !listconcat(acc, !foreach(e, es, Variant<e, S_None, o>)));
}
def VV : Insn<0xfa, "vv", !listconcat(LaneVariants<[L_Add, L_Mul], LaneElts>.R,
                                      LaneVariants<[L_Mulh, L_Xor, L_Trixor], LaneInts>.R),
              [Wr<"dst", InStack>, Rd<"a", InStack>, Rd<"b", InStack>, Rd<"c", InStack>], Compute, "add",
              "operation on each lane of 256 bytes">;
def VV_INDEX : Insn<0xfb, "vv.index", Types<LaneElts>.R, [Wr<"dst", InStack>, Val<"start">, Val<"step">], Compute, "add",
                    "lane i of 256 bytes becomes start + i * step">;
def VV_MOVE : Insn<0xfc, "vv.move", NoTypes, [Wr<"dst", InStack>, Rd<"src", InStack>, Val<"bytes">], Compute, "move",
                   "copy up to 256 bytes">;
