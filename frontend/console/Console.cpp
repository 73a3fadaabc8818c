// Console.cpp: stops and how they are shown.
#include "frontend/console/Console.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/LineIterator.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

#include <cstdarg>
#include <cstdio>

using namespace llvm;

namespace bang::console {

void Console::say(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  std::vprintf(format, arguments);
  va_end(arguments);
}

void Console::complain(Error error) { say("error: %s\n", toString(std::move(error)).c_str()); }

void Console::begin() {
  loadImage();
  showStop(client.lastStop());
}

// The image of the kernel that runs now. Breakpoints find their places in it; those of another image wait.
void Console::loadImage() {
  const std::string path = client.monitor("image");
  if (path.empty() || path == imagePath)
    return;
  imagePath = path;
  auto opened = Image::open(path);
  if (!opened) {
    complain(opened.takeError());
    opened = std::make_unique<Image>();
  }
  image = std::move(*opened);
  for (auto &[number, breakpoint] : breakpoints)
    resolve(breakpoint);
}

void Console::refresh() {
  frames.clear();
  frameNumber = 0;
}

const Frame *Console::currentFrame() {
  if (frames.empty() && image) {
    client.select(thread);
    frames = unwind(client, *image);
  }
  return frameNumber < frames.size() ? &frames[frameNumber] : nullptr;
}

// The line of a source file; empty when the file cannot be read.
static std::string sourceLine(const Line &line) {
  auto buffer = MemoryBuffer::getFile(line.path);
  if (!buffer)
    return {};
  for (line_iterator at(**buffer, false); !at.is_at_eof(); ++at)
    if (uint32_t(at.line_number()) == line.number)
      return at->str();
  return {};
}

void Console::showFrame(size_t number, bool withSource) {
  const Frame &one = frames[number];
  std::string text = "#" + std::to_string(number) + " ";
  if (one.function) {
    text += nameOf(one.function) + "(";
    const char *comma = "";
    for (const DWARFDie &variable : one.function.children()) {
      if (variable.getTag() != dwarf::DW_TAG_formal_parameter)
        continue;
      auto value = valueOf(client, variable, one);
      auto shown = value ? textOf(client, *value) : Expected<std::string>(value.takeError());
      text += comma + nameOf(variable) + "=" + (shown ? *shown : "<" + toString(shown.takeError()) + ">");
      comma = ", ";
    }
    text += ") at " + sys::path::filename(one.line.path).str() + ":" + std::to_string(one.line.number);
    text += one.inlined ? " (inlined)" : "";
  } else {
    char address[24];
    std::snprintf(address, sizeof address, "0x%llx", static_cast<unsigned long long>(one.pc));
    text += address + std::string(", without debug information");
  }
  say("%s\n", text.c_str());
  if (const std::string source = withSource ? sourceLine(one.line) : std::string(); !source.empty())
    say("%u\t%s\n", one.line.number, source.c_str());
}

void Console::showStop(const Stop &stop) {
  refresh();
  if (stop.over) {
    say("no kernel runs any more\n");
    return;
  }
  thread = stop.thread;
  client.select(thread);
  const Frame *top = currentFrame();
  std::string why = stop.breakpoint ? "step" : stop.why; // breakpoints without a number end moves
  if (stop.breakpoint && top)
    for (const auto &[number, breakpoint] : breakpoints)
      if (is_contained(breakpoint.addresses, top->pc))
        why = "breakpoint " + std::to_string(number);
  for (const Client::Thread &one : client.threads())
    if (one.number == thread)
      say("* %s: %s\n", one.name.c_str(), why.c_str());
  if (top)
    showFrame(0, true);
  for (auto &[number, one] : watchpoints) {
    auto now = textOf(client, one.value);
    if (!now) {
      consumeError(now.takeError());
    } else if (*now != one.last) {
      say("%s: old value %s, new value %s\n", one.text.c_str(), one.last.c_str(), now->c_str());
      one.last = *now;
    }
  }
}

bool Console::execute(const std::string &line) {
  StringRef text = StringRef(line).split('#').first.trim();
  if (text.empty())
    text = StringRef(lastMove);
  if (text.empty())
    return true;
  const std::string kept = text.str();
  const size_t length = StringRef(kept).find_first_of(" /");
  const StringRef name = StringRef(kept).take_front(length), words = StringRef(kept).substr(name.size()).trim();
  const Command *found = nullptr;
  for (const Command &command : commands())
    if (name == command.name || name == command.shortName)
      found = &command;
  for (const Command &command : commands()) // an unfinished word means the first command that begins so
    if (!found && StringRef(command.name).starts_with(name))
      found = &command;
  lastMove.clear();
  std::fflush(stdout); // before what the program prints
  if (!found) {
    say("error: unknown command '%s'; 'help' lists them\n", name.str().c_str());
  } else if (found->needsKernel && client.isOver()) {
    say("error: no kernel runs any more\n");
  } else {
    (this->*found->run)(words);
    const StringRef command = found->name;
    if (command == "step" || command == "next" || command == "stepi" || command.starts_with("reverse-"))
      lastMove = kept;
  }
  std::fflush(stdout);
  return !leaving;
}

void Console::leave() {
  if (!client.isOver())
    client.leave();
}

} // namespace bang::console
