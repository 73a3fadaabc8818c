// Pool.td: windows over an HWC image, channel fastest. A stride of 0 means the kernel size, so that windows tile.
class Pooling<int op, string mn, string brief>
    : Insn<op, mn, Types<FloatElts>.R,
           !listconcat([Wr<"dst">, Rd<"src">], Fields<["c", "h", "w", "kh", "kw", "sw", "sh"]>.R), Compute, "pool", brief>;

def PSUM : Pooling<0x70, "psum", "sum of each window, accumulated in f32 row by row">;
def PMAX : Pooling<0x71, "pmax", "maximum of each window, the first one wins">;
def PMIN : Pooling<0x72, "pmin", "minimum of each window, the first one wins">;
def PAVG : Pooling<0x73, "pavg", "mean of each window">;
