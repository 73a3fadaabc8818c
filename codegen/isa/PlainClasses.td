// PlainClasses.td: what a row means to bang-tblgen: just the record.
include "Vocab.td"
include "Formats.td"

class Insn<int opcode, string mnemonic, list<Variant> variants, list<Opnd> operands, DlpEngine engine, string latency,
           string summary> {
  int Opcode = opcode;
  string Mnemonic = mnemonic;
  list<Variant> Variants = variants;
  list<Opnd> Operands = operands;
  DlpEngine Engine = engine;
  string Latency = latency;
  string Summary = summary;
}

// A special register a kernel reads; `Csr` is its number in RISC-V's user read-only custom range.
class SpecialReg<string name, int csr, string summary> {
  string Name = name;
  int Csr = csr;
  string Summary = summary;
}
