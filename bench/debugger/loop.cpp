// loop.cpp: the loop of loop.mlu for gdb on this machine.
#include <cstdio>
#include <cstdlib>

static void loop(volatile int *out, int turns) {
  int sum = 0;
  for (int i = 0; i < turns; ++i)
    sum += i ^ 3; // conditions
  *out = sum; // end
}

int main(int, char **argv) {
  volatile int out;
  loop(&out, std::atoi(argv[1]));
  std::printf("%d\n", out);
}
