// Pending.td: documented builtins that this version declares but does not implement; using one is an error that names it.
class Pending<list<string> names> { list<string> Names = names; }
def : Pending<[
  "__bang_bexpand", "__bang_breduce", "__bang_conv_sparse", "__bang_ssparse_filter_index",
  "__bang_ssparse_filter_sparse_index", "__bang_ssparse_filter_union", "__bang_ssparse_filter_union_index",
  "__prefetch_smmu"]>;
