// Vocab.td: the words in which instruction rows are written.
//
// Nothing here knows LLVM's or MLIR's own TableGen classes; a view (PlainView.td for bang-tblgen, MLIRView.td for
// mlir-tblgen) is included first and says what `Insn` means to that reader.

// A suffix of a mnemonic: an element type, a memory space or a rounding mode. `Enc` is the value of its field.
class DlpSuffix<string name, int enc> {
  string Name = name;
  int Enc = enc;
}

def S_None : DlpSuffix<"", 0>;

// Element types. The first sixteen fit the four-bit mode field too (third type of tensor instructions).
class DlpElt<string name, int enc, int width> : DlpSuffix<name, enc> {
  int Bits = width;
}
def E_F16  : DlpElt<"f16", 1, 16>;
def E_BF16 : DlpElt<"bf16", 2, 16>;
def E_F32  : DlpElt<"f32", 3, 32>;
def E_TF32 : DlpElt<"tf32", 4, 32>;
def E_I4   : DlpElt<"i4", 5, 4>;
def E_I8   : DlpElt<"i8", 6, 8>;
def E_I16  : DlpElt<"i16", 7, 16>;
def E_I32  : DlpElt<"i32", 8, 32>;
def E_I64  : DlpElt<"i64", 9, 64>;
def E_U8   : DlpElt<"u8", 10, 8>;
def E_U16  : DlpElt<"u16", 11, 16>;
def E_U32  : DlpElt<"u32", 12, 32>;
def E_U64  : DlpElt<"u64", 13, 64>;
def E_B8   : DlpElt<"b8", 16, 8>;
def E_B16  : DlpElt<"b16", 17, 16>;
def E_B32  : DlpElt<"b32", 18, 32>;
def E_B64  : DlpElt<"b64", 19, 64>;
def E_B128 : DlpElt<"b128", 20, 128>;
def E_B256 : DlpElt<"b256", 21, 256>;

defvar FloatElts = [E_F16, E_BF16, E_F32];
defvar IntElts = [E_I8, E_I16, E_I32, E_U8, E_U16, E_U32];
defvar NumElts = !listconcat(FloatElts, IntElts);
// What sums, differences and products have besides.
defvar WideElts = !listconcat(NumElts, [E_I64, E_U64]);
defvar RawElts = [E_B8, E_B16, E_B32];

// Memory spaces, in the order of the address map.
class DlpSpace<string name, int enc> : DlpSuffix<name, enc>;
def M_Nram  : DlpSpace<"nram", 1>;
def M_Wram  : DlpSpace<"wram", 2>;
def M_Sram  : DlpSpace<"sram", 3>;
def M_Ldram : DlpSpace<"ldram", 4>;
def M_Gdram : DlpSpace<"gdram", 5>;

// Rounding modes, as BANG names them.
class DlpRound<string name, int enc> : DlpSuffix<name, enc>;
def R_TZ : DlpRound<"tz", 1>;  // toward zero
def R_OZ : DlpRound<"oz", 2>;  // away from zero
def R_UP : DlpRound<"up", 3>;  // toward +inf
def R_DN : DlpRound<"dn", 4>;  // toward -inf
def R_RD : DlpRound<"rd", 5>;  // nearest, ties away from zero
def R_RN : DlpRound<"rn", 6>;  // nearest, ties to even
def R_RM : DlpRound<"rm", 7>;  // nearest, ties toward +inf
defvar Roundings = [R_TZ, R_OZ, R_UP, R_DN, R_RD, R_RN, R_RM];

// One legal combination of suffixes of a row: `mnemonic.e0.e1.mode`, empty suffixes left out.
class Variant<DlpSuffix e0, DlpSuffix e1 = S_None, DlpSuffix mode = S_None> {
  DlpSuffix E0 = e0;
  DlpSuffix E1 = e1;
  DlpSuffix Mode = mode;
}
class Types<list<DlpSuffix> es> {
  list<Variant> R = !foreach(e, es, Variant<e>);
}
defvar NoTypes = [Variant<S_None>];

// The pipe that executes an instruction. `Dyn` is resolved by the value of an operand, when it issues.
class DlpEngine<string name> { string Name = name; }
def Scalar  : DlpEngine<"Scalar">;
def Compute : DlpEngine<"Compute">;
def IO      : DlpEngine<"IO">;
def Move    : DlpEngine<"Move">;
def Sync    : DlpEngine<"Sync">;
def Dyn     : DlpEngine<"Dyn">;

// Operands. A register operand occupies one of the seven 5-bit fields, in the order written. Field operands
// (`InDesc`) are 64-bit words of a descriptor in memory; the row's last register then points to the descriptor.
class Opnd<string name, string kind, string space = "", bit inDesc = 0> {
  string Name = name;
  string Kind = kind;    // read, write, readwrite: an address; value; result: a register written
  string Space = space;  // spaces an address may be in, separated by '|'; "any"
  bit InDesc = inDesc;
}
class Rd<string name, string space = "nram"> : Opnd<name, "read", space>;
class Wr<string name, string space = "nram"> : Opnd<name, "write", space>;
class RW<string name, string space = "nram"> : Opnd<name, "readwrite", space>;
class Val<string name> : Opnd<name, "value">;
class Result<string name> : Opnd<name, "result">;
class Fld<string name> : Opnd<name, "value", "", 1>;
class Fields<list<string> names> {
  list<Opnd> R = !foreach(n, names, Fld<n>);
}
