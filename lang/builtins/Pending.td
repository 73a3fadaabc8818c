// Pending.td: documented builtins that this version declares but does not implement; using one is an error that names it.
class Pending<list<string> names> { list<string> Names = names; }
def : Pending<[
  "__bang_atomic_add", "__bang_atomic_reduce_add",
  "__bang_atomic_reduce_max", "__bang_atomic_reduce_min", "__bang_gather_async", "__bang_lock", "__bang_lut", "__bang_maxpool_bp", "__bang_maxpool_index",
  "__bang_maxpool_value_index", "__bang_mirror", "__bang_pad", "__bang_rotate180", "__bang_rotate270", "__bang_rotate90",
  "__bang_unlock", "__gather",
  "__gather_async", "__scatter", "__scatter_async", "__vv_add", "__vv_get_length", "__vv_index", "__vv_move",
  "__vv_mul", "__vv_mulh", "__vv_store", "__vv_trixor", "__vv_xor"]>;
