// Formats.td: the Xdlp instruction word.
//
// Xdlp uses RISC-V's 64-bit long encoding: bits 6:0 are 0111111, so that stock disassemblers step over it whole.
//
//   63     59 58     54 53   50 49      42 41   37 36   32 31   27 26   22 21   17 16   12 11    7 6       0
//  +---------+---------+-------+----------+-------+-------+-------+-------+-------+-------+-------+---------+
//  |   e1    |   e0    | mode  |  opcode  |  r6   |  r5   |  r4   |  r3   |  r2   |  r1   |  r0   | 0111111 |
//  +---------+---------+-------+----------+-------+-------+-------+-------+-------+-------+-------+---------+
//       5         5        4        8         5       5       5       5       5       5       5        7
//
// r0..r6 are x-registers in operand order, 0 where unused. e0, e1 and mode hold suffixes (element types, spaces,
// rounding). Opcode 0 is never assigned: a word of zeros behind the prefix is illegal.
//
// Mnemonic grammar: unit action [.form] [.element or destination] [.source] [.mode]
//   unit   v = vector, t = tensor, p = pooling; none for copies (ld, st, mv, cp, set), sync, barrier, debug
//   form   vs = vector with scalar, cy = second operand cycles; async, 2d, 4d for copies
//
// Each instruction is one row:
//   def NAME : Insn<opcode, mnemonic, variants, operands, engine, latency class, summary>;
