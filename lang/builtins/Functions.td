// Functions.td: the functions of the headers that are no rows: which core this is, scalar loads, stores and conversions,
// forms that are written in terms of rows.
def : Function<["__is_mpu", "__is_ipu"], ["bool __is_mpu()", "bool __is_ipu()"],
               "whether this is the memory core, or one of the others", "是否为 memory core（MPU），或计算核（IPU）">;
def : Function<["__is_nram", "__is_wram", "__is_sram", "__is_dram"],
               !foreach(s, ["nram", "wram", "sram", "dram"], "bool __is_"#s#"(const void *p)"),
               "whether an address lies in this memory; dram is GDRAM or LDRAM", "地址是否位于该存储空间；dram 指 GDRAM 或 LDRAM">;
def : Function<["__load_nram", "__load_sram", "__load_gdram", "__load_ldram"],
               !foreach(s, ["nram", "sram", "gdram", "ldram"], "T __load_"#s#"(const T *p)"),
               "the value at p, a pointer into the memory of the name", "读取 p 处的值，p 指向名称所示的存储空间">;
def : Function<["__store_nram", "__store_sram", "__store_gdram", "__store_ldram"],
               !foreach(s, ["nram", "sram", "gdram", "ldram"], "void __store_"#s#"(T *p, T v)"),
               "stores v at p, a pointer into the memory of the name", "把 v 写到 p 处，p 指向名称所示的存储空间">;
def : Function<["__sync_io_move_compute"],
               ["void __sync_io_move_compute(bool ioProduces = true, bool moveProduces = true, bool computeProduces = true, "
                "bool ioConsumes = true, bool moveConsumes = true, bool computeConsumes = true)"],
               "later work of the consuming queues waits for earlier work of the producing ones",
               "consumes 队列之后的工作等待 produces 队列之前的工作">;
def : Function<["__bang_printf"], ["int __bang_printf(const char *format, ...)"],
               "prints from a kernel; the format is a literal, at most 16 arguments follow, %hf prints a half",
               "在 kernel 中打印；格式为字符串字面量，最多 16 个参数，%hf 打印 half">;
def : Function<["__cn_scalar_sin_f32", "__cn_scalar_cos_f32", "__cn_scalar_sin_f16", "__cn_scalar_cos_f16"],
               ["float __cn_scalar_sin_f32(float x)", "float __cn_scalar_cos_f32(float x)",
                "half __cn_scalar_sin_f16(half x)", "half __cn_scalar_cos_f16(half x)"],
               "sine or cosine of x, radians", "x（弧度）的正弦或余弦"> {
  let Basis = "inferred from public kernels";
}
def : Function<["__vv_get_length"], ["unsigned int __vv_get_length()"], "bytes of a vector register: 256",
               "向量寄存器的字节数：256"> {
  let Basis = "inferred from public kernels";
}
def : Function<["__vv_move"], ["void __vv_move(VV &dst, const VV &src)", "void __vv_move(VV &dst, T value)"],
               "copies a register, or gives each lane the value", "拷贝向量寄存器，或把每个分量置为 value"> {
  let Basis = "inferred from public kernels";
}
def : Function<["__bang_fcmpfilter"],
               ["void __bang_fcmpfilter(CompareMode mode, T *dst, const T *src0, const T *src1, unsigned int n)",
                "void __bang_fcmpfilter(CompareMode mode, T *dst, const T *src0, T src1, unsigned int n)",
                "// T: half, bfloat16_t, float; mode: CMP_EQ, CMP_NE, CMP_LT, CMP_LE, CMP_GT, CMP_GE"],
               "dst[i] = src0[i] compared with src1[i], or with one value, as 1 or 0",
               "dst[i] = src0[i] 与 src1[i]（或一个标量）按 mode 比较的结果，1 或 0"> {
  let Basis = "chosen";
  let Note = "the documents say that the result of the comparison is stored; that elements are packed, as the name would "
             "allow, they do not say";
}
def : Function<["__bang_rand"], ["void __bang_rand(short *dst, unsigned int n)"],
               "dst[0 .. n) = uniformly distributed random numbers, others in each call and task",
               "dst 的 n 个元素为均匀分布的随机数，每次调用、每个任务各不相同"> {
  let Basis = "chosen";
  let Note = "a card's generator is not published; every run of a program gets the same numbers";
}
def : Function<["__prefetch_smmu"], ["void __prefetch_smmu(const void *address, unsigned int bytes)"],
               "a hint that translations of these addresses are needed soon; changes no data",
               "提示即将使用这些地址的转换；不改变数据"> {
  let Basis = "chosen";
  let Note = "only the name is documented";
}

// Scalar conversions. One page tells all roundings of a pair of types.
class Scalar<string name, string ctype> {
  string Name = name;
  string CType = ctype;
}
defvar scalarFloats = [Scalar<"half", "half">, Scalar<"float", "float">, Scalar<"bfloat16", "bfloat16_t">,
                       Scalar<"tf32", "float">]<Scalar>;
defvar scalarInts = [Scalar<"char", "char">, Scalar<"uchar", "unsigned char">, Scalar<"short", "short">,
                     Scalar<"ushort", "unsigned short">, Scalar<"int", "int">, Scalar<"uint", "unsigned int">,
                     Scalar<"int8", "signed char">, Scalar<"uint8", "unsigned char">, Scalar<"int16", "short">,
                     Scalar<"uint16", "unsigned short">, Scalar<"int32", "int">, Scalar<"uint32", "unsigned int">]<Scalar>;
class ScalarConversion<Scalar from, Scalar to>
    : Function<!foreach(m, ["", "_tz", "_oz", "_up", "_dn", "_rd", "_rn", "_rm"], "__"#from.Name#"2"#to.Name#m),
               [to.CType#" __"#from.Name#"2"#to.Name#"("#from.CType#" x)"],
               "x as "#to.Name#": _tz toward zero, _oz away from it, _up toward +inf, _dn toward -inf, _rd to nearest with "
               "ties away from zero, _rn ties to even, _rm ties toward +inf",
               "把 x 转换为 "#to.Name#"：_tz 向零，_oz 远离零，_up 向 +inf，_dn 向 -inf，_rd 就近（中间值远离零），"
               "_rn 就近（中间值取偶数），_rm 就近（中间值向 +inf）"> {
  let Basis = "chosen";
  let Note = "as in the vector forms: a name without a suffix rounds toward zero, integers saturate, NaN gives 0; tf32 is "
             "a float of 10 fraction bits";
}
foreach f = scalarFloats in {
  foreach i = scalarInts in {
    def : ScalarConversion<f, i>;
    def : ScalarConversion<i, f>;
  }
  foreach g = scalarFloats in
    if !ne(f.Name, g.Name) then
      def : ScalarConversion<f, g>;
}
