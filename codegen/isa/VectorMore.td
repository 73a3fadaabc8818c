// VectorMore.td: two-operand rows whose operation is the mode of the mnemonic, so that a family shares its opcodes.
//
// Forms and aliasing are those of VectorBinary.td.
class Op2<string name, int enc> : DlpSuffix<name, enc>;

// Modes of vpick: maxnum and minnum give the other operand where one is NaN, maxnan and minnan give NaN.
defvar PickModes = [Op2<"maxnum", 1>, Op2<"minnum", 2>, Op2<"maxnan", 3>, Op2<"minnan", 4>];
// Modes of comparisons: ordered ones are 0 where either operand is NaN, unordered ones 1.
defvar OrderedModes = [Op2<"eq", 1>, Op2<"ne", 2>, Op2<"lt", 3>, Op2<"le", 4>, Op2<"gt", 5>, Op2<"ge", 6>];
defvar UnorderedModes = [Op2<"equ", 7>, Op2<"neu", 8>, Op2<"ltu", 9>, Op2<"leu", 10>, Op2<"gtu", 11>, Op2<"geu", 12>];
defvar SaturatingModes = [Op2<"add", 1>, Op2<"sub", 2>, Op2<"mul", 3>];
defvar ShiftModes = [Op2<"sll", 1>, Op2<"srl", 2>, Op2<"sra", 3>, Op2<"rol", 4>, Op2<"ror", 5>];

class WithModes<list<DlpElt> es, list<DlpSuffix> modes> {
  list<Variant> R = !foldl([]<Variant>, es, acc, e, !listconcat(acc, !foreach(m, modes, Variant<e, S_None, m>)));
}

multiclass VecForms<int op, string mn, list<Variant> variants, string latency, string brief> {
  def "" : Insn<op, mn, variants, [Wr<"dst">, Rd<"lhs">, Rd<"rhs">, Val<"n">], Compute, latency, brief>;
  def _VS : Insn<!add(op, 1), mn#".vs", variants, [Wr<"dst">, Rd<"src">, Val<"value">, Val<"n">], Compute, latency,
                 brief#", second operand one scalar">;
  def _CY : Insn<!add(op, 2), mn#".cy", variants, [Wr<"dst">, Rd<"src">, Rd<"seg">, Val<"n">, Val<"seg_n">], Compute,
                 latency, brief#", second operand repeats every seg_n elements">;
}
defm VREM : VecForms<0x37, "vrem", Types<NumElts>.R, "div", "element-wise remainder with the sign of the dividend">;
defm VMULH : VecForms<0x3a, "vmulh", Types<IntElts>.R, "mul", "high half of the element-wise product">;
defm VADDTZ : VecForms<0x3d, "vaddtz", Types<FloatElts>.R, "add", "element-wise sum rounded toward zero">;
defm VPICK : VecForms<0xe5, "vpick", WithModes<FloatElts, PickModes>.R, "add",
                      "element-wise maximum or minimum that says which NaN it gives">;
defm VCMPU : VecForms<0xe8, "vcmpu", WithModes<NumElts, UnorderedModes>.R, "add",
                      "1 where the comparison holds or an operand is NaN, else 0">;
defm VSAT : VecForms<0xeb, "vsat", WithModes<IntElts, SaturatingModes>.R, "add",
                     "element-wise sum, difference or product that stays at the ends of its type">;

def VSHIFT : Insn<0xee, "vshift.vs", WithModes<IntElts, ShiftModes>.R,
                  [Wr<"dst">, Rd<"src">, Val<"bits">, Val<"n">], Compute, "add",
                  "shift or rotation of each element by so many bits">;
def VCMPB : Insn<0xef, "vcmpb", WithModes<FloatElts, !listconcat(OrderedModes, UnorderedModes)>.R,
                 [Wr<"bits">, Rd<"lhs">, Rd<"rhs">, Val<"n">], Compute, "add",
                 "comparison packed into bits: bit i % 8 of byte i / 8 is element i">;

// Packed masks as operands.
def VCOLLECTB : Insn<0x6c, "vcollectb", Types<FloatElts>.R,
                     [Result<"count">, Wr<"dst">, Rd<"src">, Rd<"bits">, Val<"n">], Compute, "reduce",
                     "pack the elements whose bit is set, in order; gives their number">;
def VCOUNTB : Insn<0x6d, "vcountb", NoTypes, [Result<"count">, Rd<"bits">, Val<"n">], Compute, "reduce",
                   "number of set bits among the first n">;
def VARGMAXN : Insn<0x6e, "vargmaxnan", Types<FloatElts>.R, [Wr<"dst">, Rd<"src">, Val<"n">], Compute, "reduce",
                    "first NaN or else first maximum, then its index as a 32-bit word directly behind it">;
def VARGMINN : Insn<0x6f, "vargminnan", Types<FloatElts>.R, [Wr<"dst">, Rd<"src">, Val<"n">], Compute, "reduce",
                    "first NaN or else first minimum, then its index as a 32-bit word directly behind it">;

// One operand, and others.
def VRELUN : Insn<0x55, "vrelun", Types<NumElts>.R, [Wr<"dst">, Rd<"src">, Val<"n">, Val<"cap">], Compute, "add",
                  "min(max(x, 0), cap)">;
def VGELUP : Insn<0x56, "vgelup", Types<FloatElts>.R, [Wr<"dst">, Rd<"src">, Val<"n">], Compute, "func",
                  "0.5 x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3)))">;
def VROUND : Insn<0x57, "vround", WithModes<FloatElts, [R_RD, R_RN]>.R, [Wr<"dst">, Rd<"src">, Val<"n">], Compute, "add",
                  "nearest integral value">;
def VIOTA : Insn<0x59, "viota", Types<WideElts>.R, [Wr<"dst">, Val<"n">], Compute, "add",
                 "dst[i] = i">;
def VHYPOT : Insn<0x5b, "vhypot", Types<FloatElts>.R, [Wr<"dst">, Rd<"lhs">, Rd<"rhs">, Val<"n">], Compute, "func",
                  "square root of the sum of squares">;
def VMOD64 : Insn<0x5c, "vmod64.vs", Types<[E_U64]>.R, [Wr<"dst">, Rd<"src">, Val<"value">, Val<"n">], Compute, "div",
                  "remainder of 64-bit elements by one scalar">;
def VROWMUL : Insn<0x5d, "vrowmul", Types<FloatElts>.R, [Wr<"dst">, Rd<"w">, Rd<"src">, Val<"p">, Val<"c">], Compute, "mul",
                   "multiplies row i of p rows of c elements by w[i]">;
def VROWMULADD : Insn<0x5e, "vrowmuladd", Types<FloatElts>.R,
                      [Wr<"dst">, Rd<"w">, Rd<"src">, Rd<"acc">, Val<"p">, Val<"c">], Compute, "mul",
                      "multiplies row i of p rows of c elements by w[i] and adds acc">;
def VSOFTPLUS : Insn<0x5f, "vsoftplus", Types<FloatElts>.R, [Wr<"dst">, Rd<"src">, Val<"n">], Compute, "func",
                     "logarithm of 1 + e to the x">;
def VSQUAREW : Insn<0xf0, "vsquarew", [Variant<E_I16, E_I8>, Variant<E_I32, E_I16>, Variant<E_U16, E_U8>,
                                       Variant<E_U32, E_U16>],
                    [Wr<"dst">, Rd<"src">, Val<"n">], Compute, "mul", "square in a type of twice the width">;
