// Pending.td: documented builtins that this version declares but does not implement; using one is an error that names it.
class Pending<list<string> names> { list<string> Names = names; }
def : Pending<[
  "__bang_active_gelup", "__bang_add_tz", "__bang_atomic_add", "__bang_atomic_reduce_add",
  "__bang_atomic_reduce_max", "__bang_atomic_reduce_min", "__bang_band_scalar", "__bang_cycle_add_tz",
  "__bang_cycle_band", "__bang_cycle_bor", "__bang_expand_channel_mul", "__bang_expand_channel_mul_add",
  "__bang_filter_bitindex", "__bang_gather_async", "__bang_ge_bitindex", "__bang_gt_bitindex",
  "__bang_incseq", "__bang_lock", "__bang_lut", "__bang_maximum", "__bang_maxpool_bp", "__bang_maxpool_index",
  "__bang_maxpool_value_index", "__bang_minimum", "__bang_mirror", "__bang_nan_maximum", "__bang_nan_minimum",
  "__bang_pad", "__bang_relun", "__bang_rem", "__bang_rotate180", "__bang_rotate270", "__bang_rotate90",
  "__bang_srl", "__bang_taylor4_cos", "__bang_taylor4_sin", "__bang_unlock", "__cn_scalar_cos_f16",
  "__cn_scalar_cos_f32", "__cn_scalar_sin_f16", "__cn_scalar_sin_f32", "__cn_vector_cast_f32_to_s32",
  "__cn_vector_cos_f32", "__cn_vector_hypot_f32", "__cn_vector_mod_scalar_u64", "__cn_vector_sin_f32", "__gather",
  "__gather_async", "__scatter", "__scatter_async", "__vv_add", "__vv_get_length", "__vv_index", "__vv_move",
  "__vv_mul", "__vv_mulh", "__vv_store", "__vv_trixor", "__vv_xor"]>;
