// Dma.td: copies and fills. Sizes and strides are bytes, segment counts are count - 1.
class AnyDst<string n> : Param<n, "void *", "write", "any">;
class AnySrc<string n> : Param<n, "const void *", "read", "any">;

defvar copy1 = [AnyDst<"dst">, AnySrc<"src">, Bytes<"bytes">, Dir<"dir">];
defvar copy2 = !listconcat(copy1, [UInt<"dst_stride">, Int<"src_stride">, UInt<"segnum">]);
defvar copy4 = !listconcat(copy1, [Int<"dstride0">, UInt<"dseg1">, Int<"dstride1">, UInt<"dseg2">, Int<"sstride0">,
                                   UInt<"sseg1">, Int<"sstride1">, UInt<"sseg2">]);

multiclass Copies<string op, string name, string how, string zh> {
  def OP_#NAME : BangOperation<op, Untyped, copy1, "copies bytes from src to dst"#how> {
    let Zh = "从 src 拷贝 bytes 字节到 dst"#zh;
  }
  def OP_#NAME#_2D : BangOperation<op#"_2d", Untyped, copy2,
                                 "copies segnum + 1 segments with a stride on each side"#how> {
    let Zh = "拷贝 segnum + 1 段，两侧各有步长"#zh;
    let Rules = [R_Range<"segnum", 0, 65535>, R_Apart<"bytes", "dst_stride", "segnum">];
  }
  def OP_#NAME#_4D : BangOperation<op#"_4d", Untyped, copy4,
                                 "copies segments addressed by two strides on each side"#how> {
    let Zh = "拷贝两侧各由两个步长寻址的多段"#zh;
    let Rules = [R_SamePieces<"dseg1", "dseg2", "sseg1", "sseg2">];
  }
  def BI_#NAME : Builtin<name, !cast<BangOperation>("OP_"#NAME)>;
  def BI_#NAME#_2D : Builtin<name, !cast<BangOperation>("OP_"#NAME#"_2D")>;
  def BI_#NAME#_4D : Builtin<name, !cast<BangOperation>("OP_"#NAME#"_4D")>;
}
defm MEMCPY : Copies<"memcpy", "__memcpy", "; later instructions of the core see the result", "；本核之后的指令可见结果">;
defm MEMCPY_ASYNC : Copies<"memcpy_async", "__memcpy_async", "; visible only after a sync of its queue", "；其队列同步之后才可见">;

// With the number of a cluster of the task at the end, SRAM2SRAM copies go to its SRAM.
foreach late = ["", "_async"] in
  foreach form = ["", "_2d", "_4d"] in {
    def OP_MEMCPY_CLUSTER#late#form
        : BangOperation<"memcpy_cluster"#late#form, Untyped,
                        !listconcat(!cond(!empty(form): copy1, !eq(form, "_2d"): copy2, true: copy4),
                                    [UInt<"cluster">]<Param>),
                        "copies to the SRAM of another cluster of the task"#
                            !if(!empty(late), "", "; visible only after a sync of its queue")> {
      let Zh = "拷贝到任务中另一个 cluster 的 SRAM"#!if(!empty(late), "", "；其队列同步之后才可见");
    }
    def : Builtin<"__memcpy"#late, !cast<BangOperation>("OP_MEMCPY_CLUSTER"#late#form)>;
  }

def OP_MOVE : BangOperation<"move", Untyped,
                 [Param<"dst", "void *", "write", "nram">, Param<"src", "const void *", "read", "nram">, Count<"n">],
                 "copies n bytes inside NRAM on the compute queue; overlap is allowed"> {
  let Details = "the same as __memcpy(..., NRAM2NRAM)";
  let Zh = "在计算队列上于 NRAM 内拷贝 n 字节，允许重叠";
}
def BI_MOVE : Builtin<"__bang_move", OP_MOVE>;
class NramDst<string n> : Param<n, "void *", "write", "nram">;
class NramSrc<string n> : Param<n, "const void *", "read", "nram">;
def OP_MOVE_2D : BangOperation<"move_2d", Untyped,
                    [NramDst<"dst">, NramSrc<"src">, Bytes<"bytes">, UInt<"dst_stride">, UInt<"src_stride">,
                     UInt<"segnum">], "copies segnum + 1 segments inside NRAM; strides are bytes"> {
  let Zh = "在 NRAM 内拷贝 segnum + 1 段；步长以字节计";
  let Rules = [R_Range<"segnum", 0, 65535>, R_Apart<"bytes", "dst_stride", "segnum">];
}
def OP_MOVE_4D : BangOperation<"move_4d", Untyped,
                    !listconcat([NramDst<"dst">, NramSrc<"src">, Bytes<"bytes">], !tail(!tail(!tail(!tail(copy4))))),
                    "copies segments addressed by two strides on each side inside NRAM"> {
  let Zh = "在 NRAM 内拷贝两侧各由两个步长寻址的多段";
  let Rules = [R_SamePieces<"dseg1", "dseg2", "sseg1", "sseg2">];
}
def BI_MOVE_2D : Builtin<"__bang_move", OP_MOVE_2D>;
def BI_MOVE_4D : Builtin<"__bang_move", OP_MOVE_4D>;

// Fills. The element width comes from the static type of the value.
def OP_WRITE_VALUE : BangOperation<"write_value", EachRawValue<NumTypes>.R,
                        [Param<"dst", "void *", "write", "nram">, Count<"n">, Value<"value">],
                        "dst[0 .. n) = value on the compute queue"> {
  let Zh = "在计算队列上把 dst 的 n 个元素置为 value";
  let Insn = "vset";
}
def BI_WRITE_VALUE : Builtin<"__bang_write_value", OP_WRITE_VALUE>;
defvar grid = [Int<"stride0">, UInt<"seg1">, Int<"stride1">, UInt<"seg2">]<Param>;
def OP_WRITE_VALUE_3D : BangOperation<"write_value_3d", EachRawValue<NumTypes>.R,
                           !listconcat([Param<"dst", "void *", "write", "nram">, Count<"elems">, Value<"value">], grid),
                           "fills (seg1 + 1) * (seg2 + 1) segments of elems elements; strides are bytes"> {
  let Zh = "填充 (seg1 + 1) * (seg2 + 1) 段，每段 elems 个元素；步长以字节计";
}
def BI_WRITE_VALUE_3D : Builtin<"__bang_write_value", OP_WRITE_VALUE_3D>;
def OP_WRITE_ZERO : BangOperation<"write_zero", EachRaw<NumTypes>.R, [Dst<"dst">, Count<"n">], "dst[0 .. n) = 0"> {
  let Zh = "把 dst 的 n 个元素置为 0";
  let Insn = "vset";
}
def BI_WRITE_ZERO : Builtin<"__bang_write_zero", OP_WRITE_ZERO>;

multiclass FillSpace<string op, string space, string name> {
  def OP_#NAME : BangOperation<op, EachRawValue<NumTypes>.R,
                    [Param<"dst", "void *", "write", space>, Count<"n">, Value<"value">],
                    "dst[0 .. n) = value"> {
    let Zh = "把 dst 的 n 个元素置为 value";
  }
  def OP_#NAME#_ASYNC : BangOperation<op#"_async", EachRawValue<NumTypes>.R,
                           [Param<"dst", "void *", "write", space>, Count<"n">, Value<"value">],
                           "dst[0 .. n) = value; visible only after a sync of its queue"> {
    let Zh = "把 dst 的 n 个元素置为 value；其队列同步之后才可见";
  }
  def OP_#NAME#_2D : BangOperation<op#"_2d", EachRawValue<NumTypes>.R,
                        [Param<"dst", "void *", "write", space>, Count<"n">, Value<"value">, UInt<"stride">,
                         UInt<"segnum">], "fills n elements in each of segnum + 1 segments; the stride is bytes"> {
    let Zh = "填充 segnum + 1 段，每段 n 个元素；步长以字节计";
    let Rules = [R_Range<"segnum", 0, 65535>];
  }
  def OP_#NAME#_2D_ASYNC : BangOperation<op#"_2d_async", EachRawValue<NumTypes>.R,
                              [Param<"dst", "void *", "write", space>, Count<"n">, Value<"value">, UInt<"stride">,
                               UInt<"segnum">],
                              "fills n elements in each of segnum + 1 segments; visible only after a sync"> {
    let Zh = "填充 segnum + 1 段，每段 n 个元素；其队列同步之后才可见";
    let Rules = [R_Range<"segnum", 0, 65535>];
  }
  foreach late = ["", "_async"] in {
    def OP_#NAME#_3D#late
        : BangOperation<op#"_3d"#late, EachRawValue<NumTypes>.R,
                        !listconcat([Param<"dst", "void *", "write", space>, Count<"elems">, Value<"value">], grid),
                        "fills (seg1 + 1) * (seg2 + 1) segments of elems elements; strides are bytes"#
                            !if(!empty(late), "", "; visible only after a sync")> {
      let Zh = "填充 (seg1 + 1) * (seg2 + 1) 段，每段 elems 个元素；步长以字节计"#!if(!empty(late), "", "；同步之后才可见");
    }
    def BI_#NAME#_3D#late : Builtin<name#late, !cast<BangOperation>("OP_"#NAME#"_3D"#late)>;
  }
  def BI_#NAME : Builtin<name, !cast<BangOperation>("OP_"#NAME)>;
  def BI_#NAME#_ASYNC : Builtin<name#"_async", !cast<BangOperation>("OP_"#NAME#"_ASYNC")>;
  def BI_#NAME#_2D : Builtin<name, !cast<BangOperation>("OP_"#NAME#"_2D")>;
  def BI_#NAME#_2D_ASYNC : Builtin<name#"_async", !cast<BangOperation>("OP_"#NAME#"_2D_ASYNC")>;
}
defm NRAMSET : FillSpace<"nramset", "nram", "__nramset">;
defm SRAMSET : FillSpace<"sramset", "sram", "__sramset">;
defm GDRAMSET : FillSpace<"gdramset", "gdram", "__gdramset">;
defm LDRAMSET : FillSpace<"ldramset", "ldram", "__ldramset">;
def BI_MEMSET_NRAM : Builtin<"__memset_nram", OP_NRAMSET>;
def BI_MEMSET_NRAM_ASYNC : Builtin<"__memset_nram_async", OP_NRAMSET_ASYNC>;

class TypedFill<string suffix, BangElt e>
    : Builtin<"__nramset_"#suffix, OP_NRAMSET, OP_NRAMSET.Params, "", EachRawValue<[e]>.R>;
def : TypedFill<"half", E_F16>;
def : TypedFill<"float", E_F32>;
def : TypedFill<"int", E_I32>;
def : TypedFill<"short", E_I16>;
def : TypedFill<"unsigned_int", E_U32>;
def : TypedFill<"unsigned_short", E_U16>;
