// Atomic.td: read, modify and write elements of GDRAM; no other core sees a state in between.
//
// Instructions are atomic as a whole, since cores take turns; cards promise it for each element. The sources of all
// elements are read before the first is changed. A zero address of `dst` gives nothing back; a zero address of `src`
// takes `value` for every element. `compare` belongs to cas.
class AtomicOp<string name, int enc> : DlpSuffix<name, enc>;
def A_Add       : AtomicOp<"add", 1>;
def A_Max       : AtomicOp<"max", 2>;        // a NaN on either side changes nothing
def A_Min       : AtomicOp<"min", 3>;
def A_NanMax    : AtomicOp<"nan_max", 4>;    // a NaN on either side gives NaN
def A_NanMin    : AtomicOp<"nan_min", 5>;
def A_NumberMax : AtomicOp<"number_max", 6>; // a NaN loses against a number
def A_NumberMin : AtomicOp<"number_min", 7>;
def A_And       : AtomicOp<"and", 8>;
def A_Or        : AtomicOp<"or", 9>;
def A_Xor       : AtomicOp<"xor", 10>;
def A_Inc       : AtomicOp<"inc", 11>;       // old >= value ? 0 : old + 1
def A_Dec       : AtomicOp<"dec", 12>;       // old == 0 || old > value ? value : old - 1
def A_Exch      : AtomicOp<"exch", 13>;
def A_Cas       : AtomicOp<"cas", 14>;       // old == compare ? value : old

defvar AtomInts = [E_I16, E_I32, E_U16, E_U32];
defvar AtomElts = !listconcat(FloatElts, AtomInts);
class AtomVariants<list<AtomicOp> ops, list<DlpElt> es> {
  list<Variant> R = !foldl([]<Variant>, ops, acc, o, !listconcat(acc, !foreach(e, es, Variant<e, S_None, o>)));
}
defvar TwoOperandAtoms = !listconcat(AtomVariants<[A_Add, A_Max, A_Min, A_Exch], AtomElts>.R,
                                     AtomVariants<[A_NanMax, A_NanMin, A_NumberMax, A_NumberMin], FloatElts>.R,
                                     AtomVariants<[A_And, A_Or, A_Xor, A_Inc, A_Dec], AtomInts>.R);
defvar AllAtoms = !listconcat(TwoOperandAtoms, AtomVariants<[A_Cas], AtomElts>.R);

defvar AtomOperands = [Wr<"dst">, RW<"g", "gdram">, Rd<"src">, Val<"value">, Val<"compare">, Val<"n">];
defvar AtomSegments = !listconcat([Wr<"dst">, RW<"g", "gdram">, Rd<"src">],
                                  Fields<["elems", "seg1", "seg2", "dst_stride0", "dst_stride1", "g_stride0",
                                          "g_stride1", "src_stride0", "src_stride1"]>.R);
def ATOM : Insn<0x83, "atom", AllAtoms, AtomOperands, IO, "atomic", "atomic operation on n elements">;
def ATOM_ASYNC : Insn<0x84, "atom.async", AllAtoms, AtomOperands, IO, "atomic",
                      "atomic operation on n elements, asynchronous">;
def ATOM_3D : Insn<0x85, "atom.3d", TwoOperandAtoms, AtomSegments, IO, "atomic",
                   "atomic operation on (seg1 + 1) * (seg2 + 1) segments of elems elements, strides in bytes">;
def ATOM_ASYNC_3D : Insn<0x86, "atom.async.3d", TwoOperandAtoms, AtomSegments, IO, "atomic",
                         "atomic operation on segments, asynchronous">;
// Each element has its own place: g + offset[i] bytes. offset_bytes is the size of a signed offset.
def ATOM_AT : Insn<0x87, "atom.at", AllAtoms,
                   [Wr<"dst">, RW<"g", "gdram">, Rd<"offset">, Rd<"src">, Rd<"other">, Rd<"mask">, Fld<"elems">,
                    Fld<"offset_bytes">], IO, "atomic",
                   "atomic operation on n scattered elements; other: compared elements of cas; mask: bits or none">;
