// Dma.td: copies and fills by the IO and Move engines. Sizes and strides are bytes, segment counts are count - 1.
//
// 1-D: bytes from src to dst. 2-D: segnum + 1 pieces. 4-D: (dseg1 + 1) * (dseg2 + 1) pieces, addressed by two strides
// on each side. The async forms return at once; their result is visible after a sync of their queue. Suffixes name the
// destination, then the source. Copies between SRAM and off-chip memory run on the memory core only.
defvar FourD = Fields<["dstride0", "dseg1", "dstride1", "dseg2", "sstride0", "sseg1", "sstride1", "sseg2"]>.R;

multiclass Copy<int op, string mn, list<Variant> vs, string dspaces, string sspaces, DlpEngine e, string brief> {
  foreach a = [0, 1] in {
    defvar async = !if(a, ".async", "");
    defvar tag = !if(a, "_ASYNC", "");
    defvar base = !add(op, !mul(a, 3));
    defvar way = brief#!if(a, ", asynchronous", "");
    def NAME#tag : Insn<base, mn#async, vs, [Wr<"dst", dspaces>, Rd<"src", sspaces>, Val<"bytes">], e, "dma", way>;
    def NAME#tag#"_2D" : Insn<!add(base, 1), mn#async#".2d", vs,
                       [Wr<"dst", dspaces>, Rd<"src", sspaces>, Val<"bytes">, Val<"dst_stride">, Val<"src_stride">,
                        Val<"segnum">], e, "dma", way#", segments with a stride on each side">;
    def NAME#tag#"_4D" : Insn<!add(base, 2), mn#async#".4d", vs,
                       !listconcat([Wr<"dst", dspaces>, Rd<"src", sspaces>, Val<"bytes">], FourD), e, "dma",
                       way#", segments with two strides on each side">;
  }
}

defm LD : Copy<0x90, "ld", [Variant<M_Nram, M_Gdram>, Variant<M_Nram, M_Ldram>, Variant<M_Wram, M_Gdram>,
                            Variant<M_Wram, M_Ldram>, Variant<M_Sram, M_Gdram>, Variant<M_Sram, M_Ldram>],
               "nram|wram|sram", "gdram|ldram", IO, "load from off-chip memory">;
defm ST : Copy<0x96, "st", [Variant<M_Gdram, M_Nram>, Variant<M_Ldram, M_Nram>, Variant<M_Gdram, M_Wram>,
                            Variant<M_Ldram, M_Wram>, Variant<M_Gdram, M_Sram>, Variant<M_Ldram, M_Sram>],
               "gdram|ldram", "nram|wram|sram", IO, "store to off-chip memory">;
defm MV : Copy<0x9c, "mv", [Variant<M_Nram, M_Nram>, Variant<M_Wram, M_Nram>, Variant<M_Nram, M_Wram>,
                            Variant<M_Nram, M_Sram>, Variant<M_Sram, M_Nram>, Variant<M_Wram, M_Sram>,
                            Variant<M_Sram, M_Wram>, Variant<M_Sram, M_Sram>],
               "nram|wram|sram", "nram|wram|sram", Move, "move between on-chip memories">;
defm CP : Copy<0xa2, "cp", [Variant<M_Gdram, M_Gdram>, Variant<M_Ldram, M_Gdram>, Variant<M_Gdram, M_Ldram>,
                            Variant<M_Ldram, M_Ldram>],
               "gdram|ldram", "gdram|ldram", IO, "copy between off-chip memories">;

// The direction is a value of mluMemcpyDirection_t known only at run time.
multiclass DynCopy<int op> {
  foreach a = [0, 1] in {
    defvar async = !if(a, ".async", "");
    defvar tag = !if(a, "_ASYNC", "");
    defvar base = !add(op, !mul(a, 3));
    defvar way = "copy in the direction given by a register"#!if(a, ", asynchronous", "");
    def NAME#tag : Insn<base, "dma"#async, NoTypes, [Wr<"dst", "any">, Rd<"src", "any">, Val<"bytes">, Val<"dir">], Dyn,
                   "dma", way>;
    def NAME#tag#"_2D" : Insn<!add(base, 1), "dma"#async#".2d", NoTypes,
                       [Wr<"dst", "any">, Rd<"src", "any">, Val<"bytes">, Val<"dir">, Val<"dst_stride">,
                        Val<"src_stride">, Val<"segnum">], Dyn, "dma", way#", segments with a stride on each side">;
    def NAME#tag#"_4D" : Insn<!add(base, 2), "dma"#async#".4d", NoTypes,
                       !listconcat([Wr<"dst", "any">, Rd<"src", "any">, Val<"bytes">, Val<"dir">], FourD), Dyn, "dma",
                       way#", segments with two strides on each side">;
  }
}
defm DMA : DynCopy<0xa8>;

defvar ToCluster = [Variant<M_Sram, M_Sram>];
multiclass ClusterCopy<string mn, string way, int op1, int op2, int op4> {
  def "" : Insn<op1, mn, ToCluster, [Wr<"dst", "sram">, Rd<"src", "sram">, Val<"bytes">, Val<"cluster">], Move, "dma",
                "copy to the SRAM of another cluster of the task"#way>;
  def _2D : Insn<op2, mn#".2d", ToCluster,
                 [Wr<"dst", "sram">, Rd<"src", "sram">, Val<"bytes">, Val<"cluster">, Val<"dst_stride">,
                  Val<"src_stride">, Val<"segnum">], Move, "dma",
                 "copy segments to the SRAM of another cluster"#way>;
  def _4D : Insn<op4, mn#".4d", ToCluster,
                 !listconcat([Wr<"dst", "sram">, Rd<"src", "sram">, Val<"bytes">, Val<"cluster">], FourD), Move, "dma",
                 "copy segments with two strides to the SRAM of another cluster"#way>;
}
defm MV_CLUSTER : ClusterCopy<"mv.cluster", "", 0xae, 0xaf, 0xbc>;
defm MV_CLUSTER_ASYNC : ClusterCopy<"mv.cluster.async", ", asynchronous", 0xbd, 0xbe, 0xbf>;

// Fills: suffixes are the element width and the space.
class FillVariants<list<DlpSpace> spaces> {
  list<Variant> R = !foldl([]<Variant>, RawElts, acc, e, !listconcat(acc, !foreach(s, spaces, Variant<e, s>)));
}
multiclass Fill<int op, int op3, string mn, list<DlpSpace> spaces, string names, DlpEngine e> {
  defvar vs = FillVariants<spaces>.R;
  def "" : Insn<op, mn, vs, [Wr<"dst", names>, Val<"value">, Val<"n">], e, "dma", "fill n elements">;
  def _2D : Insn<!add(op, 1), mn#".2d", vs, [Wr<"dst", names>, Val<"value">, Val<"n">, Val<"stride">, Val<"segnum">], e,
                 "dma", "fill n elements in each of segnum + 1 segments">;
  def _3D : Insn<op3, mn#".3d", vs,
                 [Wr<"dst", names>, Val<"value">, Val<"n">, Val<"stride0">, Val<"seg1">, Val<"stride1">, Val<"seg2">], e,
                 "dma", "fill n elements in each of (seg1 + 1) * (seg2 + 1) segments">;
}
defm SET        : Fill<0xb0, 0xb8, "set", [M_Nram, M_Sram], "nram|sram", Move>;
defm SET_ASYNC  : Fill<0xb2, 0xb9, "set.async", [M_Nram, M_Sram], "nram|sram", Move>;
defm SETX       : Fill<0xb4, 0xba, "setx", [M_Gdram, M_Ldram], "gdram|ldram", IO>;
defm SETX_ASYNC : Fill<0xb6, 0xbb, "setx.async", [M_Gdram, M_Ldram], "gdram|ldram", IO>;
