// Gather.td: copies from and to scattered places, tables in NRAM, and locks.
//
// Offsets are bytes, of the type in the mnemonic. Bit i of the mask (bit i % 8 of byte i / 8) says whether piece i is
// copied; a zero address is no mask. The direction, a value of mluMemcpyDirection_t, chooses the engine.
defvar OffsetTypes = Types<[E_U8, E_U16, E_U32]>.R;
multiclass Scattered<int op, string mn, string stride, string brief> {
  defvar operands = [Wr<"dst", "any">, Rd<"src", "any">, Val<"bytes">, Val<"dir">, Rd<"offset">, Rd<"mask">,
                     Fld<stride>, Fld<"count">];
  def "" : Insn<op, mn, OffsetTypes, operands, Dyn, "dma", brief>;
  def _ASYNC : Insn<!add(op, 1), mn#".async", OffsetTypes, operands, Dyn, "dma", brief#", asynchronous">;
}
defm GATHER : Scattered<0x88, "gather", "dst_stride", "piece i from src + offset[i] to dst + i * dst_stride">;
defm SCATTER : Scattered<0x8a, "scatter", "src_stride", "piece i from src + i * src_stride to dst + offset[i]">;

def VLUT : Insn<0x8c, "vlut", [Variant<E_B16, E_U8>, Variant<E_B16, E_U16>, Variant<E_B32, E_U8>,
                               Variant<E_B32, E_U16>, Variant<E_B32, E_U32>],
                [Wr<"dst">, Rd<"index">, Rd<"table">, Val<"n">, Val<"table_n">], Compute, "move",
                "dst[i] = table[index[i]] where the index is below table_n; other elements stay">;

// Piece i follows itself count[i] times; the next one goes behind.
def VEXTEND : Insn<0x8f, "vextend", OffsetTypes,
                   [Wr<"dst">, Rd<"src">, Rd<"count">, Val<"bytes">, Val<"dir">, Val<"n">], Compute, "move",
                   "copy piece i count[i] times, one behind the other">;

// A lock belongs to one cluster and is named by its two ids. Unlocking drains the core first.
def LOCK : Insn<0x8d, "lock", NoTypes, [Val<"id0">, Val<"id1">], Sync, "barrier", "wait for a lock and take it">;
def UNLOCK : Insn<0x8e, "unlock", NoTypes, [Val<"id0">, Val<"id1">], Sync, "barrier", "give a lock back">;
