// VectorUnary.td: dst[i] = f(src[i]); fills and moves. Any overlap behaves as if src were read first.
class VecUnary<int op, string mn, list<DlpElt> es, string latency, string brief>
    : Insn<op, mn, Types<es>.R, [Wr<"dst">, Rd<"src">, Val<"n">], Compute, latency, brief>;

def VABS    : VecUnary<0x40, "vabs", NumElts, "add", "absolute value">;
def VNEG    : VecUnary<0x41, "vneg", NumElts, "add", "negation">;
def VNOT    : VecUnary<0x42, "vnot", NumElts, "add", "1 where the element is zero, else 0">;
def VBNOT   : VecUnary<0x43, "vbnot", RawElts, "add", "bitwise complement">;
def VSQUARE : VecUnary<0x44, "vsquare", FloatElts, "mul", "square">;
def VRELU   : VecUnary<0x45, "vrelu", NumElts, "add", "max(x, 0)">;
def VSIGN   : VecUnary<0x46, "vsign", FloatElts, "add", "1 where x >= 0 (both zeros), else -1">;
def VSQRT   : VecUnary<0x48, "vsqrt", FloatElts, "div", "square root, correctly rounded">;
def VRSQRT  : VecUnary<0x49, "vrsqrt", FloatElts, "div", "1 / square root">;
def VRECIP  : VecUnary<0x4a, "vrecip", FloatElts, "div", "1 / x, correctly rounded">;
def VEXP    : VecUnary<0x4b, "vexp", FloatElts, "func", "e to the x">;
def VEXP2   : VecUnary<0x4c, "vexp2", FloatElts, "func", "2 to the x">;
def VLOG    : VecUnary<0x4d, "vlog", FloatElts, "func", "natural logarithm">;
def VLOG2   : VecUnary<0x4e, "vlog2", FloatElts, "func", "logarithm to base 2">;
def VSIN    : VecUnary<0x4f, "vsin", FloatElts, "func", "sine of radians">;
def VCOS    : VecUnary<0x50, "vcos", FloatElts, "func", "cosine of radians">;
def VTANH   : VecUnary<0x51, "vtanh", FloatElts, "func", "hyperbolic tangent">;
def VSIGMOID : VecUnary<0x52, "vsigmoid", FloatElts, "func", "1 / (1 + e to the -x)">;
def VGELU   : VecUnary<0x53, "vgelu", FloatElts, "func", "x times the normal distribution function of x">;
def VFLOOR  : VecUnary<0x54, "vfloor", FloatElts, "add", "largest integral value not above x">;
def VMOVE   : VecUnary<0x58, "vmove", RawElts, "add", "copy inside NRAM, overlap allowed">;

def VSET : Insn<0x5a, "vset", Types<RawElts>.R, [Wr<"dst">, Val<"value">, Val<"n">], Compute, "add",
                "fill with the low bits of value">;
