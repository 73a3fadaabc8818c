// VectorRegister.td: the vv_* types of bang/vector_register.h, which has the forms users call.
class LaneDst<string n> : Dst<n, "$T", "nram|ldram">;
class LaneSrc<string n> : Src<n, "$T", "nram|ldram">;
defvar laneInts = [E_I16, E_U16, E_I32, E_U32];
defvar laneTypes = !listconcat([E_F32, E_F16], laneInts);
class LaneOverloads<string op, list<BangElt> es> {
  list<Overload> R = !foreach(e, es, Overload<e.Name#"."#op, [e]>);
}
defvar vvBasis = "inferred from public kernels";

def OP_VV : BangOperation<"vv", !foldl(!listconcat(LaneOverloads<"add", laneTypes>.R, LaneOverloads<"mul", laneTypes>.R),
                                       ["mulh", "xor", "trixor"], acc, o,
                                       !listconcat(acc, LaneOverloads<o, laneInts>.R)),
                          [LaneDst<"dst">, LaneSrc<"a">, LaneSrc<"b">, LaneSrc<"c">],
                          "each lane of 256 bytes: sum, low or high half of the product, exclusive or of two or three"> {
  let Insn = "vv";
  let Zh = "256 字节的每个分量：和、积的低半或高半、两个或三个数的异或";
  let Basis = vvBasis;
}
foreach op = ["add", "mul"] in
  def : Builtin<"__vv_"#op, OP_VV, !filter(p, OP_VV.Params, !ne(p.Name, "c")), "", LaneOverloads<op, laneTypes>.R>;
foreach op = ["mulh", "xor"] in
  def : Builtin<"__vv_"#op, OP_VV, !filter(p, OP_VV.Params, !ne(p.Name, "c")), "", LaneOverloads<op, laneInts>.R>;
def : Builtin<"__vv_trixor", OP_VV, OP_VV.Params, "", LaneOverloads<"trixor", laneInts>.R>;

def OP_VV_INDEX : BangOperation<"vv_index", Each<laneTypes>.R, [LaneDst<"dst">, Value<"start">, Value<"step">],
                     "lane i of 256 bytes becomes start + i * step"> {
  let Insn = "vv.index";
  let Zh = "256 字节的第 i 个分量 = start + i * step";
  let Basis = vvBasis;
  let Note = "half and float lanes are computed in float and rounded once";
}
def BI_VV_INDEX : Builtin<"__vv_index", OP_VV_INDEX>;
def OP_VV_STORE : BangOperation<"vv_store", Untyped,
                     [Param<"dst", "void *", "write", "nram|ldram">, Param<"src", "const void *", "read", "nram|ldram">,
                      Bytes<"bytes">], "copies the first bytes of a register"> {
  let Insn = "vv.move";
  let Zh = "拷贝寄存器的前若干字节";
  let Basis = vvBasis;
}
def BI_VV_STORE : Builtin<"__vv_store", OP_VV_STORE>;
