// lines.c: a null pointer that is used two calls deep.
static int look(const int *p) {
  return *p + 1;
}

int compute(int *out) {
  out[0] = look((const int *)16);
  return 0;
}
