// Atomic.td: atomic operations on GDRAM. Names without `reduce` give the old values to NRAM.
//
// Labels end in the element type and the operation: bang.atomic.f32.add.
class GdramRW<string n, string t = "$T"> : Param<n, t#" *", "write", "gdram">;

defvar atomAligned = "g is aligned to its elements; the copy queue executes it";
defvar strideOrder = "the order of strides follows the order of pointers, as in the reduce form of public kernels";

// What a name does: the operation's suffix, the end of plain and of reduce names, element types.
class AtomName<string op, string name, string reduce, list<BangElt> es> {
  string Op = op;
  string Name = name;
  string Reduce = reduce;
  list<Overload> Overloads = !foreach(e, es, Overload<e.Name#"."#op, [e]>);
}
defvar atomInts = [E_I16, E_I32, E_U16, E_U32];
defvar atomAll = !listconcat(FloatTypes, atomInts);
defvar atomNames = [
  AtomName<"add", "add", "reduce_add", atomAll>, AtomName<"max", "max", "reduce_max", atomAll>,
  AtomName<"min", "min", "reduce_min", atomAll>, AtomName<"exch", "exch", "reduce_exch", atomAll>,
  AtomName<"and", "and", "reduce_and", atomInts>, AtomName<"or", "or", "reduce_or", atomInts>,
  AtomName<"xor", "xor", "reduce_xor", atomInts>, AtomName<"inc", "inc", "reduce_inc", atomInts>,
  AtomName<"dec", "dec", "reduce_dec", atomInts>,
  AtomName<"nan_max", "nan_max", "nan_reduce_max", FloatTypes>,
  AtomName<"nan_min", "nan_min", "nan_reduce_min", FloatTypes>,
  AtomName<"number_max", "number_max", "number_reduce_max", FloatTypes>,
  AtomName<"number_min", "number_min", "number_reduce_min", FloatTypes>];
defvar casName = AtomName<"cas", "cas", "reduce_cas", atomAll>;
defvar atomOverloads = !foldl([]<Overload>, atomNames, acc, n, !listconcat(acc, n.Overloads));
defvar withCas = !listconcat(atomOverloads, casName.Overloads);

class GSrcN<string old> {
  list<Param> Head = !if(!empty(old), [GdramRW<"g">], [Dst<old>, GdramRW<"g">]);
}
defvar atomTail = [Src<"src">, Value<"value">, Value<"compare">, OptCount<"n">];
defvar atomStrides = [Src<"src">, Count<"elems">, UInt<"seg1">, UInt<"seg2">];
defvar gSrcStrides = [Int<"g_stride0">, Int<"g_stride1">, Int<"src_stride0">, Int<"src_stride1">];

// Plain and reduce forms, at once and later.
foreach late = ["", "_async"] in {
  defvar when = !if(!empty(late), "", "; visible only after a sync of the copy queue");
  defvar insn = "atom"#!if(!empty(late), "", ".async");
  foreach old = ["dst", ""] in {
    defvar kind = "atomic"#!if(!empty(old), "_reduce", "");
    defvar head = GSrcN<old>.Head;
    defvar gives = !if(!empty(old), "", "dst[i] = g[i]; ");
    def OP_#kind#late
        : BangOperation<kind#late, withCas, !listconcat(head, atomTail),
                        gives#"g[i] = g[i] op src[i], or op value, without any core in between"#when> {
      let Insn = insn;
      let Zh = !if(!empty(old), "", "dst[i] = g[i]；")#"g[i] = g[i] op src[i]（或 op value），中间没有其他核"#
               !if(!empty(late), "", "；拷贝队列同步之后才可见");
      let Details = atomAligned#"; inc: g >= value ? 0 : g + 1; dec: g == 0 or g > value ? value : g - 1; exch: value; "
                    "cas: g == compare ? value : g";
      let Note = "max and min change nothing where either side is NaN, nan_ forms give NaN there, number_ forms the "
                 "number";
    }
    def OP_#kind#_strided#late
        : BangOperation<kind#"_strided"#late, atomOverloads,
                        !listconcat(head, atomStrides,
                                    !if(!empty(old), [], [Int<"dst_stride0">, Int<"dst_stride1">]), gSrcStrides),
                        "the same on (seg1 + 1) * (seg2 + 1) segments of elems elements; strides are bytes"#when> {
      let Insn = insn#".3d";
      let Zh = "同上，作用于 (seg1 + 1) * (seg2 + 1) 段，每段 elems 个元素；步长以字节计";
      let Details = atomAligned;
      let Note = !if(!empty(old), "", strideOrder);
    }
    defvar op = !cast<BangOperation>("OP_"#kind#late);
    defvar strided = !cast<BangOperation>("OP_"#kind#"_strided"#late);
    foreach n = atomNames in {
      defvar name = "__bang_atomic_"#!if(!empty(old), n.Reduce, n.Name)#late;
      def : Builtin<name, op, !listconcat(head, [Value<"value">, OptCount<"n">]), "value", n.Overloads>;
      def : Builtin<name, op, !listconcat(head, [Src<"src">, Count<"n">]), "", n.Overloads>;
      def : Builtin<name, strided, strided.Params, "", n.Overloads>;
    }
    def : Builtin<"__bang_atomic_"#!if(!empty(old), "reduce_cas", "cas")#late, op,
                  !listconcat(head, [Value<"compare">, Value<"value">, OptCount<"n">]), "", casName.Overloads>;
  }
}

// Scattered places. bang/memory.h has the documented names: any type of offset, with and without mask.
class AnyRead<string n> : Param<n, "const void *", "read", "nram">;
def OP_DISCRETE_ATOMIC
    : BangOperation<"discrete_atomic", withCas,
                    [Dst<"dst">, GdramRW<"g">, AnyRead<"offset">, Src<"src">, Src<"other">, AnyRead<"mask">,
                     Count<"elems">, UInt<"offset_bytes">],
                    "dst[i] = *(g + offset[i]); *(g + offset[i]) op= src[i], one element after the other"> {
  let Insn = "atom.at";
  let Zh = "逐个元素：dst[i] = *(g + offset[i])；*(g + offset[i]) op= src[i]";
  let Basis = "chosen";
  let Note = "offsets are signed bytes and a set bit of the mask means do it, as in __gather; elements that are left "
             "out keep dst[i]; of cas, src is compared and other is stored";
}
foreach n = atomNames in
  def : Builtin<"__bang_discrete_atomic_"#n.Name, OP_DISCRETE_ATOMIC,
                [Dst<"dst">, GdramRW<"g">, AnyRead<"offset">, Src<"src">, AnyRead<"mask">, Count<"elems">,
                 UInt<"offset_bytes">], "", n.Overloads>;
def : Builtin<"__bang_discrete_atomic_cas", OP_DISCRETE_ATOMIC, OP_DISCRETE_ATOMIC.Params, "", casName.Overloads>;
