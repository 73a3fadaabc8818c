// main.cpp: bang-console <socket> [<file with commands>]: a console for kernels, started by `bang debug`.
#include "frontend/console/Console.h"

#include <cstdio>
#include <fstream>
#include <iostream>
#include <unistd.h>

using namespace bang::console;

int main(int argc, char **argv) {
  if (argc < 2 || argc > 3) {
    std::fprintf(stderr, "bang-console: error: expected a socket and perhaps a file with commands; 'bang debug "
                         "--console' gives both\n");
    return 2;
  }
  std::ifstream batch;
  if (argc == 3) {
    batch.open(argv[2]);
    if (!batch) {
      std::fprintf(stderr, "bang-console: error: cannot read the commands in '%s'\n", argv[2]);
      return 2;
    }
  }
  auto client = Client::connect(argv[1]);
  if (!client) {
    std::fprintf(stderr, "bang-console: error: %s\n", llvm::toString(client.takeError()).c_str());
    return 1;
  }
  Console console(**client);
  console.begin();
  std::istream &input = argc == 3 ? batch : std::cin;
  const bool isTyped = argc < 3 && isatty(STDIN_FILENO);
  bool goesOn = true;
  for (std::string line; goesOn;) {
    if (isTyped) {
      std::printf("(bang) ");
      std::fflush(stdout);
    }
    if (!std::getline(input, line))
      break;
    if (!isTyped && (line.empty() || line[0] == '#'))
      continue; // an empty line repeats a command only where it is typed
    if (!isTyped)
      std::printf("(bang) %s\n", line.c_str());
    goesOn = console.execute(line);
  }
  if (goesOn && isTyped)
    std::printf("\n");
  console.leave();
}
