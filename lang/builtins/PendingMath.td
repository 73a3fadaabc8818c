// PendingMath.td: arithmetic that is documented by name only and whose meaning nothing implies.
def : Pending<[
  "__bang_fcmpfilter", "__bang_histogram", "__bang_integral", "__bang_nsa", "__bang_rand", "__bang_set0in32",
  "__bang_set1in32"]>;
