// Console.h: a session of the console: breakpoints, the chosen core and frame, and its commands.
#ifndef OPENBANG_FRONTEND_CONSOLE_CONSOLE_H
#define OPENBANG_FRONTEND_CONSOLE_CONSOLE_H

#include "frontend/console/Value.h"

#include <map>
#include <set>

namespace bang::console {

class Console {
public:
  explicit Console(Client &client) : client(client) {}

  // At the first kernel: reads its image and shows where it is.
  void begin();
  // False after `quit`. An empty line repeats the last move.
  bool execute(const std::string &line);
  // The server goes on alone.
  void leave();

private:
  using Words = llvm::StringRef;
  struct Command {
    const char *name, *shortName;
    const char *help; // arguments, then behind a tab what it does
    void (Console::*run)(Words words);
    bool needsKernel;
  };
  static llvm::ArrayRef<Command> commands();

  struct Breakpoint {
    std::string place;     // as the user gave it
    std::string condition; // empty: always
    std::vector<uint64_t> addresses;
  };
  struct Watchpoint {
    std::string text, address; // "dst[3]"; its packet without Z or z
    Value value;
    std::string last;
  };

  // Console.cpp
  void loadImage();
  void showStop(const Stop &stop);
  void showFrame(size_t number, bool withSource);
  void refresh();
  const Frame *currentFrame();
  void say(const char *format, ...) __attribute__((format(printf, 2, 3)));
  void complain(llvm::Error error);

  // Moves.cpp
  Stop runUntilWanted(const std::string &packet);
  bool passesBy(const Stop &stop);
  Stop stepInstruction();
  Stop stepLine(bool into);
  std::optional<Stop> runToReturn(uint64_t address, uint64_t sp);
  std::string here(const char *action) const;
  void resolve(Breakpoint &breakpoint);
  void insert(uint64_t address);
  void remove(uint64_t address);
  void step(Words words);
  void next(Words words);
  void stepi(Words words);
  void finish(Words words);
  void continueRun(Words words);
  void reverseStep(Words words);
  void reverseNext(Words words);
  void reverseContinue(Words words);

  // Commands.cpp
  void breakAt(Words words);
  void deleteOne(Words words);
  void list(Words words);
  void watch(Words words);
  void print(Words words);
  void locals(Words words);
  void examine(Words words);
  void monitor(Words words);
  void cores(Words words);
  void queues(Words words);
  void barriers(Words words);
  void history(Words words);
  void focus(Words words);
  void backtrace(Words words);
  void frame(Words words);
  void up(Words words);
  void down(Words words);
  void help(Words words);
  void quit(Words words);

  Client &client;
  std::string imagePath;
  std::unique_ptr<Image> image;
  std::map<unsigned, Breakpoint> breakpoints;
  std::map<unsigned, Watchpoint> watchpoints;
  unsigned nextNumber = 1;
  std::map<uint64_t, unsigned> inserted; // how many want a stop at this address
  unsigned thread = 0;
  std::vector<Frame> frames; // of that thread; empty: not read yet
  size_t frameNumber = 0;
  std::string lastMove;
  bool leaving = false;
};

} // namespace bang::console

#endif // OPENBANG_FRONTEND_CONSOLE_CONSOLE_H
