// Archs.td: operations that not every arch has, by their names in the dialect. What is not named here exists everywhere.
class OnArchs<string operation, int first, int last, string basis> {
  string Name = operation;
  int First = first;  // the lowest __BANG_ARCH__ that has it
  int Last = last;    // the highest; 0: no end
  string Basis = basis;
}
foreach op = ["div", "div_scalar", "recip", "sqrt", "pow2", "sin", "cos", "write_value_3d"] in
  def : OnArchs<op, 300, 0, "documented">;
foreach late = ["", "_async"] in
  foreach form = ["", "_2d", "_4d"] in
    def : OnArchs<"memcpy_cluster"#late#form, 0, 499, "documented">;
foreach op = ["expand_channel_mul", "expand_channel_mul_add"] in
  def : OnArchs<op, 592, 592, "inferred from public kernels">;
