// Gather.td: scattered copies, tables in NRAM, locks.
defvar offsets = [Overload<"u8", [E_U8]>, Overload<"u16", [E_U16]>, Overload<"u32", [E_U32]>];
defvar scatterNote = "slots and pieces are counted with the masked ones; bit i % 8 of byte i / 8 of the mask is piece i";

multiclass Scattered<string op, string stride, string what, string zh> {
  foreach late = ["", "_async"] in {
    def OP_#NAME#late
        : BangOperation<op#late, offsets,
                        [AnyDst<"dst">, AnySrc<"src">, Src<"offset">, Param<"mask", "const void *", "read", "nram">,
                         Bytes<"bytes">, Dir<"dir">, UInt<stride>, Count<"count">],
                        what#!if(!empty(late), "", "; visible only after a sync of its queue")> {
      let Insn = op#!if(!empty(late), "", ".async");
      let Zh = "对每个 i < count："#zh#!if(!empty(late), "", "；其队列同步之后才可见");
      let Details = scatterNote;
    }
    defvar it = !cast<BangOperation>("OP_"#NAME#late);
    def : Builtin<"__"#op#late, it, it.Params, "mask">;
    def : Builtin<"__"#op#late, it, !filter(p, it.Params, !ne(p.Name, "mask"))>;
  }
}
defm GATHER : Scattered<"gather", "dst_stride",
                        "for each i < count: copies bytes from src + offset[i] to dst + i * dst_stride", "从 src + offset[i] 拷贝 bytes 字节到 dst + i * dst_stride">;
defm SCATTER : Scattered<"scatter", "src_stride",
                         "for each i < count: copies bytes from src + i * src_stride to dst + offset[i]", "从 src + i * src_stride 拷贝 bytes 字节到 dst + offset[i]">;
// The direction is GDRAM2NRAM.
def : Builtin<"__bang_gather_async", OP_GATHER_async,
              !filter(p, OP_GATHER_async.Params, !ne(p.Name, "dir")), "from_gdram", [Overload<"u32", [E_U32]>]>;

def OP_LUT : BangOperation<"lut", [Overload<"b32.u32", [E_I32, E_U32]>, Overload<"b32.u16", [E_I32, E_U16]>,
                                   Overload<"b32.u8", [E_I32, E_U8]>, Overload<"b16.u16", [E_I16, E_U16]>,
                                   Overload<"b16.u8", [E_I16, E_U8]>],
                           [Dst<"dst">, Src<"index", "$U">, Src<"table">, Count<"n">, Count<"table_n">],
                           "dst[i] = table[index[i]] where index[i] < table_n; other elements keep their value"> {
  let Insn = "vlut";
  let Zh = "index[i] < table_n 时 dst[i] = table[index[i]]，其余元素不变";
  let Details = "dst may be index";
}
def BI_LUT : Builtin<"__bang_lut", OP_LUT>;
def : Builtin<"__bang_lut_s32", OP_LUT, OP_LUT.Params, "", [Overload<"b32.u32", [E_I32, E_U32]>]>;
def : Builtin<"__bang_lut_s16", OP_LUT, OP_LUT.Params, "", [Overload<"b16.u16", [E_I16, E_U16]>]>;

// What no document names: only one public kernel uses it.
def OP_EXTENSION
    : BangOperation<"extension", offsets,
                    [Param<"dst", "void *", "write", "nram">, Param<"src", "const void *", "read", "nram">, Src<"count">,
                     Bytes<"bytes">, Dir<"dir">, Count<"n">],
                    "copies piece i of so many bytes count[i] times, all behind each other, for each i < n"> {
  let Insn = "vextend";
  let Zh = "对每个 i < n：把第 i 块（bytes 字节）重复 count[i] 次，依次排列";
  let Basis = "chosen";
  let Note = "undocumented: a public kernel builds the row numbers of a grid from 0, 1, 2, ... with it and the number of "
             "columns as 8-bit counts, which only this meaning explains; the direction is NRAM2NRAM; 16- and 32-bit "
             "counts are an addition";
}
def BI_EXTENSION : Builtin<"__extension", OP_EXTENSION>;

class Lock<string op, string summary, string zh> : BangOperation<op, Untyped, [UInt<"id0">, UInt<"id1">], summary> {
  let Insn = op;
  let Zh = zh;
  let Basis = "chosen";
  let Note = "a lock belongs to a cluster and is named by the pair of its ids";
}
def OP_LOCK : Lock<"lock", "waits until no other core of the cluster holds the lock, and takes it", "等到 cluster 内没有其他核持有锁，然后取得锁">;
def OP_UNLOCK : Lock<"unlock", "waits for the copies of this core and gives the lock back", "等待本核的拷贝，然后释放锁">;
def BI_LOCK : Builtin<"__bang_lock", OP_LOCK>;
def BI_UNLOCK : Builtin<"__bang_unlock", OP_UNLOCK>;
