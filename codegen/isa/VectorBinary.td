// VectorBinary.td: dst[i] = lhs[i] op rhs[i], with the vector-scalar and the cycling form of each.
//
// Lanes are computed in ascending order from sources read before any lane is written, so every alias is allowed.
multiclass VecBinary<int op, string mn, list<DlpElt> es, string latency, string brief> {
  def "" : Insn<op, mn, Types<es>.R, [Wr<"dst">, Rd<"lhs">, Rd<"rhs">, Val<"n">], Compute, latency, brief>;
  def _VS : Insn<!add(op, 1), mn#".vs", Types<es>.R, [Wr<"dst">, Rd<"src">, Val<"value">, Val<"n">], Compute, latency,
                 brief#", second operand one scalar">;
  def _CY : Insn<!add(op, 2), mn#".cy", Types<es>.R, [Wr<"dst">, Rd<"src">, Rd<"seg">, Val<"n">, Val<"seg_n">], Compute,
                 latency, brief#", second operand repeats every seg_n elements">;
}

defm VADD : VecBinary<0x01, "vadd", WideElts, "add", "element-wise sum, integers wrap">;
defm VSUB : VecBinary<0x04, "vsub", WideElts, "add", "element-wise difference, integers wrap">;
defm VMUL : VecBinary<0x07, "vmul", WideElts, "mul", "element-wise product, integers keep the low half">;
defm VDIV : VecBinary<0x0a, "vdiv", NumElts, "div", "element-wise quotient, integers truncate toward zero">;
defm VMAX : VecBinary<0x0d, "vmax", NumElts, "add", "element-wise maximum, lhs where either is NaN">;
defm VMIN : VecBinary<0x10, "vmin", NumElts, "add", "element-wise minimum, lhs where either is NaN">;

defm VEQ : VecBinary<0x13, "veq", NumElts, "add", "1 where lhs equals rhs, else 0, in the element type">;
defm VNE : VecBinary<0x16, "vne", NumElts, "add", "1 where lhs is ordered and differs from rhs, else 0">;
defm VLT : VecBinary<0x19, "vlt", NumElts, "add", "1 where lhs is less than rhs, else 0">;
defm VLE : VecBinary<0x1c, "vle", NumElts, "add", "1 where lhs is at most rhs, else 0">;
defm VGT : VecBinary<0x1f, "vgt", NumElts, "add", "1 where lhs is greater than rhs, else 0">;
defm VGE : VecBinary<0x22, "vge", NumElts, "add", "1 where lhs is at least rhs, else 0">;

defm VAND : VecBinary<0x25, "vand", NumElts, "add", "logical and of non-zero tests, 1 or 0">;
defm VOR  : VecBinary<0x28, "vor", NumElts, "add", "logical or of non-zero tests, 1 or 0">;
defm VXOR : VecBinary<0x2b, "vxor", NumElts, "add", "logical exclusive or of non-zero tests, 1 or 0">;

defm VBAND : VecBinary<0x2e, "vband", RawElts, "add", "bitwise and">;
defm VBOR  : VecBinary<0x31, "vbor", RawElts, "add", "bitwise or">;
defm VBXOR : VecBinary<0x34, "vbxor", RawElts, "add", "bitwise exclusive or">;
