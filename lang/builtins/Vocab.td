// Vocab.td: the words in which builtin rows are written. No include: each view says what a row means to its reader.
//
// A BangOperation is one operation of the `bang` dialect. A Builtin is a C name of it: an overload set declared with
// assembler labels `bang.<op>[.<form>][.<types>]`, by which the middle end finds the operation again.

class BangElt<string name, string ctype, int width> {
  string Name = name;    // in labels, ops and mnemonics
  string CType = ctype;  // in kernels
  int Width = width;     // bits
}
def E_F16  : BangElt<"f16", "half", 16>;
def E_BF16 : BangElt<"bf16", "bfloat16_t", 16>;
def E_F32  : BangElt<"f32", "float", 32>;
def E_I8   : BangElt<"i8", "signed char", 8>;
def E_I8C  : BangElt<"i8", "char", 8>;
def E_I16  : BangElt<"i16", "short", 16>;
def E_I32  : BangElt<"i32", "int", 32>;
def E_U8   : BangElt<"u8", "unsigned char", 8>;
def E_U16  : BangElt<"u16", "unsigned short", 16>;
def E_U32  : BangElt<"u32", "unsigned int", 32>;
// In some operations only.
def E_I64  : BangElt<"i64", "long", 64>;
def E_U64  : BangElt<"u64", "unsigned long", 64>;
def E_TF32 : BangElt<"tf32", "float", 32>;
def E_I4   : BangElt<"i4", "int4x2_t", 4>;

defvar FloatTypes = [E_F16, E_BF16, E_F32];
defvar IntTypes = [E_I8, E_I8C, E_I16, E_I32, E_U8, E_U16, E_U32];
defvar NumTypes = !listconcat(FloatTypes, IntTypes);

// One overload: the types that replace $T, $U, $V, and the suffix that names them.
class Overload<string suffix, list<BangElt> types, string label = suffix> {
  string Suffix = suffix;  // of the instruction
  string Label = label;    // of the assembler label
  list<BangElt> Types = types;
}
class Each<list<BangElt> es> {
  list<Overload> R = !foreach(e, es, Overload<e.Name, [e]>);
}
// The operation depends on the width only.
class EachRaw<list<BangElt> es> {
  list<Overload> R = !foreach(e, es, Overload<"b"#e.Width, [e]>);
}
// The same where a value of the type is passed: a label stands for one C signature.
class EachRawValue<list<BangElt> es> {
  list<Overload> R = !foreach(e, es, Overload<"b"#e.Width, [e], e.Name>);
}
// 64-bit integers too, which kernels for archs above 592 use.
defvar WideTypes = !listconcat(NumTypes, [E_I64, E_U64]);
defvar Untyped = [Overload<"", []>];

// Parameters. Role: write, read (addresses), value (of the element type), count, size, index, flag (plain integers),
// text (address of a string).
class Param<string name, string ctype, string role, string space = ""> {
  string Name = name;
  string CType = ctype;
  string Role = role;
  string Space = space;  // where the address must lie: nram, wram, sram, gdram, ldram, alternatives by '|', any
  string Default = "";   // of the C parameter, for callers that leave it out
}
class Dst<string n, string t = "$T", string space = "nram"> : Param<n, t#" *", "write", space>;
class Src<string n, string t = "$T", string space = "nram"> : Param<n, "const "#t#" *", "read", space>;
class Value<string n, string t = "$T"> : Param<n, t, "value">;
class Count<string n> : Param<n, "unsigned int", "count">;   // of elements; must not be zero
class OptCount<string n> : Count<n> { let Default = "1"; }
class Bytes<string n> : Param<n, "unsigned int", "size">;
class UInt<string n> : Param<n, "unsigned int", "index">;
class Int<string n> : Param<n, "int", "index">;
class Dir<string n> : Param<n, "mluMemcpyDirection_t", "flag">;
class Flag<string n> : Param<n, "bool", "flag">;
class Text<string n> : Param<n, "const char *", "text", "any">;

// Rules that the middle end checks when operands are constants. Archs: "all" or "2xx".
class Rule<string kind, string a, string b, int number, string archs, string text, string c = "", string d = ""> {
  string Kind = kind;
  string A = a;
  string B = b;
  string C = c;
  string D = d;
  int Number = number;
  int Low = 1;
  string Archs = archs;
  string Text = text;
}
// count a is a multiple of count b
class R_Multiple<string a, string b> : Rule<"multiple", a, b, 0, "all", a#" is a multiple of "#b>;
// buffers a and b are different objects
class R_NoAlias<string a, string b> : Rule<"noalias", a, b, 0, "all", a#" does not overlap "#b>;
// a elements fill whole units of so many bytes
class R_ByteMultiple<string a, int bytes, string archs = "2xx">
    : Rule<"bytemultiple", a, "", bytes, archs, a#" elements are a multiple of "#bytes#" bytes">;
// a elements of the type of b fill whole units of so many bytes
class R_ByteMultipleOf<string a, string b, int bytes>
    : Rule<"bytemultiple", a, b, bytes, "all", a#" elements of "#b#" are a multiple of "#bytes#" bytes">;
// a is a multiple of a number
class R_MultipleOf<string a, int number> : Rule<"unit", a, "", number, "all", a#" is a multiple of "#number>;
// a lies in 1..number
class R_AtMost<string a, int number> : Rule<"range", a, "", number, "all", a#" is at most "#number>;
// a lies in low..high
class R_Range<string a, int low, int high> : Rule<"range", a, "", high, "all", a#" is "#low#" to "#high> {
  let Low = low;
}
// a is not larger than b
class R_NotAbove<string a, string b> : Rule<"notabove", a, b, 0, "all", a#" is at most "#b>;
// when segments follow each other, c of them, a stride b is not shorter than a segment of a
class R_Apart<string a, string b, string c> : Rule<"apart", a, b, 0, "all", b#" is at least "#a, c>;
// two loops a and b over one side of a copy make as many pieces as c and d over the other
class R_SamePieces<string a, string b, string c, string d>
    : Rule<"samepieces", a, b, 0, "all", "("#a#" + 1) * ("#b#" + 1) is ("#c#" + 1) * ("#d#" + 1)", c, d>;
// address a is a multiple of so many bytes
class R_Aligned<string a, int bytes> : Rule<"aligned", a, "", bytes, "2xx", a#" is aligned to "#bytes#" bytes">;

// A function that a header defines, with no operation behind it: what its page says. All names share the page of the
// first.
class Function<list<string> names, list<string> signatures, string summary, string zh> {
  list<string> Names = names;
  list<string> Signatures = signatures;
  string Summary = summary;
  string Zh = zh;
  string Basis = "documented";
  string Note = "";
}

class BangOperation<string mnemonic, list<Overload> overloads, list<Param> params, string summary> {
  string Mnemonic = mnemonic;
  list<Overload> Overloads = overloads;
  list<Param> Params = params;
  string Summary = summary;
  string Insn = "";            // instruction of the same operand names; "": lowered by a pattern
  string Result = "void";      // C type of the result: void, $T, unsigned int
  list<Rule> Rules = [];
  string Basis = "documented"; // documented, inferred from public kernels, chosen
  string Note = "";            // what was chosen and why
  string Details = "";         // more for the reference page
  string Zh = "";              // the summary in Chinese
  int Ulps = 0;                // largest error in units of the last place; 0: exact, or exact and then rounded once
  bit Approximate = false;     // a card approximates, so the last digits differ from a card's
}

class Builtin<string name, BangOperation op, list<Param> params = op.Params, string form = "",
              list<Overload> overloads = op.Overloads> {
  string Name = name;
  BangOperation Operation = op;
  list<Param> Params = params;  // a subset of the operation's; the others are zero
  string Form = form;
  list<Overload> Overloads = overloads;
}
