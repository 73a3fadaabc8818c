// Pool.td: windows over an HWC image, channel fastest. A stride of 0 means the kernel size, so that windows tile.
//
// in_dh and in_dw spread the pixels of a window, out_dh and out_dw the results; 0 means 1.
defvar WindowFields = ["c", "h", "w", "kh", "kw", "sw", "sh"];
defvar Dilations = ["in_dh", "in_dw", "out_dh", "out_dw"];
class Pooling<int op, string mn, string brief>
    : Insn<op, mn, Types<FloatElts>.R,
           !listconcat([Wr<"dst">, Rd<"src">], Fields<!listconcat(WindowFields, Dilations)>.R), Compute, "pool", brief>;

def PSUM : Pooling<0x70, "psum", "sum of each window, accumulated in f32 row by row">;
def PMAX : Pooling<0x71, "pmax", "maximum of each window, the first one wins">;
def PMIN : Pooling<0x72, "pmin", "minimum of each window, the first one wins">;
def PAVG : Pooling<0x73, "pavg", "mean of each window">;
def PMAXNAN : Pooling<0x74, "pmaxnan", "maximum of each window, NaN where a window has one">;
def PMINNAN : Pooling<0x75, "pminnan", "minimum of each window, NaN where a window has one">;

// What is looked for in a window.
class Wanted<string name, int enc> : DlpSuffix<name, enc>;
def W_Max    : Wanted<"max", 1>;
def W_Min    : Wanted<"min", 2>;
def W_NanMax : Wanted<"nan_max", 3>;
def W_NanMin : Wanted<"nan_min", 4>;
def W_Avg    : Wanted<"avg", 5>;
def W_Sum    : Wanted<"sum", 6>;
class PoolModes<list<DlpSuffix> modes> {
  list<Variant> R = !foldl([]<Variant>, modes, acc, m,
                           !listconcat(acc, !foreach(e, FloatElts, Variant<e, S_None, m>)));
}
// Positions inside the window, kh * width + kw, as 16- or 32-bit words like the elements.
def PINDEX : Insn<0x76, "pindex", PoolModes<[W_Max, W_Min, W_NanMax, W_NanMin]>.R,
                  !listconcat([Wr<"dst">, Rd<"src">], Fields<!listconcat(WindowFields, Dilations)>.R), Compute, "pool",
                  "position of the first extreme of each window">;
def PVINDEX : Insn<0x77, "pvindex", PoolModes<[W_Max, W_Min, W_NanMax, W_NanMin]>.R,
                   !listconcat([Wr<"dst">, Rd<"src">],
                               Fields<!listconcat(WindowFields, ["value_index_stride"], Dilations)>.R), Compute, "pool",
                   "extremes, and their positions value_index_stride bytes behind; windows are cut at the edge">;

// The way back: each source element belongs to a window of dst, which has h rows of w. What no window covers stays.
def PBACK : Insn<0xf8, "pback", PoolModes<[W_Max, W_Avg, W_Sum]>.R,
                 !listconcat([Wr<"dst">, Rd<"src">, Rd<"mask">], Fields<!listconcat(WindowFields, ["overlap"])>.R),
                 Compute, "pool", "give each element to its window: at the position in mask (max), or to all pixels">;
def PPUT : Insn<0xf9, "pput", Types<FloatElts>.R,
                !listconcat([Wr<"dst">, Rd<"src">], Fields<!listconcat(WindowFields, ["index"])>.R), Compute, "pool",
                "put each element at one position of its window, zero at the others">;
