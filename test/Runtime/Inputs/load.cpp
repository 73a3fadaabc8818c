// load.cpp: calls runFirst and runSecond of two libraries in several orders of opening and closing.
#include <cstdio>
#include <cstdlib>
#include <dlfcn.h>

using Run = int (*)(int);

static Run find(void *library, const char *name) {
  Run run = library ? reinterpret_cast<Run>(dlsym(library, name)) : nullptr;
  if (!run) {
    std::printf("error: %s\n", dlerror());
    std::exit(1);
  }
  return run;
}

static void call(const char *what, Run run) {
  int a = run(0), b = run(10);
  std::printf("%s %d %d\n", what, a, b);
}

int main(int, char **argv) {
  void *first = dlopen(argv[1], RTLD_NOW | RTLD_GLOBAL), *second = dlopen(argv[2], RTLD_NOW | RTLD_GLOBAL);
  call("first", find(first, "runFirst"));
  call("second", find(second, "runSecond"));
  dlclose(first);
  call("second alone", find(second, "runSecond"));
  first = dlopen(argv[1], RTLD_NOW | RTLD_GLOBAL);
  call("first again", find(first, "runFirst"));
  dlclose(second);
  dlclose(first);
}
