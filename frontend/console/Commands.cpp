// Commands.cpp: the table of commands, and those that look at things.
#include "frontend/console/Console.h"

#include "simulator/numeric/Half.h"

#include <cinttypes>
#include <cstdio>
#include <cstring>

using namespace llvm;

namespace bang::console {

ArrayRef<Console::Command> Console::commands() {
  static constexpr Command kCommands[] = {
      {"break", "b", "<file>:<line> | <function> [if <condition>], or kernel <name>\tstop there", &Console::breakAt,
       true},
      {"delete", "d", "[<number>]\tremove a breakpoint or watchpoint, or all", &Console::deleteOne, false},
      {"breakpoints", "i", "\tlist them", &Console::list, false},
      {"watch", "w", "<expression>\tstop when anything writes there", &Console::watch, true},
      {"continue", "c", "\trun all cores to the next stop", &Console::continueRun, true},
      {"next", "n", "[<count>]\tto the next line of this function", &Console::next, true},
      {"step", "s", "[<count>]\tto the next line, also of a function that is called", &Console::step, true},
      {"stepi", "si", "[<count>]\tby one instruction", &Console::stepi, true},
      {"finish", "fin", "\tto where the function returns to", &Console::finish, true},
      {"reverse-next", "rn", "\tback by a line of this function", &Console::reverseNext, true},
      {"reverse-step", "rs", "\tback by a line of any function", &Console::reverseStep, true},
      {"reverse-continue", "rc", "\tback to the last breakpoint or write of watched memory", &Console::reverseContinue,
       true},
      {"print", "p", "<expression>\tits value", &Console::print, true},
      {"locals", "l", "\tparameters and variables of the function", &Console::locals, true},
      {"x", "x", "/<count><letter> <address>\tmemory: f float, h half, d int, x hex, b bytes", &Console::examine, true},
      {"backtrace", "bt", "\tthe calls that led here", &Console::backtrace, true},
      {"frame", "f", "<number>\tchoose one of them", &Console::frame, true},
      {"up", "up", "\tthe caller", &Console::up, true},
      {"down", "down", "\tback down", &Console::down, true},
      {"cores", "cores", "\twhat every core does", &Console::cores, true},
      {"focus", "focus", "task <n> | [cluster <n>] core <n>\tchoose the core to look at and to step", &Console::focus,
       true},
      {"queues", "queues", "\tcopies that have issued and not happened", &Console::queues, true},
      {"barriers", "barriers", "\twho waits at barriers and for locks, and who is missing", &Console::barriers, true},
      {"history", "history", "<expression>\twho wrote there last", &Console::history, true},
      {"monitor", "monitor", "<command>\ta command of the server; 'monitor help' lists them", &Console::monitor, true},
      {"help", "h", "[<command>]\tthis text", &Console::help, false},
      {"quit", "q", "\tleave; the program goes on", &Console::quit, false},
  };
  return kCommands;
}

void Console::help(Words words) {
  for (const Command &command : commands()) {
    if (!words.empty() && words != command.name && words != command.shortName)
      continue;
    const auto [arguments, text] = StringRef(command.help).split('\t');
    std::string name = command.name;
    if (StringRef(command.shortName) != command.name)
      name += ", " + std::string(command.shortName);
    say("%s%s%s\n    %s\n", name.c_str(), arguments.empty() ? "" : " ", arguments.str().c_str(), text.str().c_str());
  }
  if (words.empty() || words == "print" || words == "p")
    say("%s", kExpressionHelp);
}

void Console::quit(Words) { leaving = true; }

void Console::breakAt(Words words) {
  StringRef place, condition;
  std::tie(place, condition) = words.split(" if ");
  place = place.trim();
  if (place.consume_front("kernel "))
    return say("%s\n", client.monitor("entry " + place.trim().str()).c_str());
  if (place.empty())
    return say("error: expected <file>:<line>, <function> or kernel <name>\n");
  Breakpoint breakpoint{place.str(), condition.trim().str(), {}};
  resolve(breakpoint);
  const unsigned number = nextNumber++;
  say("breakpoint %u: %s, %zu place%s", number, breakpoint.place.c_str(), breakpoint.addresses.size(),
      breakpoint.addresses.size() == 1 ? "" : "s");
  if (breakpoint.addresses.empty())
    say("; it waits for a kernel that has it");
  else
    say(", line %u", image->lineAt(breakpoint.addresses[0]).number);
  say("\n");
  breakpoints[number] = breakpoint;
}

void Console::deleteOne(Words words) {
  unsigned number = 0;
  if (!words.empty() &&
      (words.getAsInteger(10, number) || (!breakpoints.contains(number) && !watchpoints.contains(number))))
    return say("error: there is no breakpoint '%s'; 'breakpoints' lists them\n", words.str().c_str());
  for (auto at = breakpoints.begin(); at != breakpoints.end();) {
    if (number && at->first != number) {
      ++at;
      continue;
    }
    for (uint64_t address : at->second.addresses)
      remove(address);
    at = breakpoints.erase(at);
  }
  for (auto at = watchpoints.begin(); at != watchpoints.end();) {
    if (number && at->first != number) {
      ++at;
      continue;
    }
    client.ask("z" + at->second.address);
    at = watchpoints.erase(at);
  }
}

void Console::list(Words) {
  for (const auto &[number, one] : breakpoints)
    say("%u: %s%s%s\n", number, one.place.c_str(), one.condition.empty() ? "" : " if ", one.condition.c_str());
  for (const auto &[number, one] : watchpoints)
    say("%u: watch %s\n", number, one.text.c_str());
  if (breakpoints.empty() && watchpoints.empty())
    say("no breakpoints\n");
}

void Console::print(Words words) {
  const Frame *now = currentFrame();
  if (!now)
    return say("error: nothing is known of this place\n");
  auto value = evaluate(client, *image, *now, words.str());
  auto text = value ? textOf(client, *value) : Expected<std::string>(value.takeError());
  if (!text)
    return complain(text.takeError());
  say("%s = %s\n", words.str().c_str(), text->c_str());
}

void Console::locals(Words) {
  const Frame *now = currentFrame();
  if (!now || !now->function)
    return say("error: nothing is known of this place\n");
  std::set<std::string> seen; // outer ones of the same name are hidden
  for (const DWARFDie &variable : image->localsAt(now->function, now->lookup)) {
    const std::string name = nameOf(variable);
    if (name.empty() || !seen.insert(name).second)
      continue;
    auto value = valueOf(client, variable, *now);
    auto text = value ? textOf(client, *value) : Expected<std::string>(value.takeError());
    say("%s = %s\n", name.c_str(), text ? text->c_str() : ("<" + toString(text.takeError()) + ">").c_str());
  }
}

void Console::watch(Words words) {
  const Frame *now = currentFrame();
  if (!now)
    return say("error: nothing is known of this place\n");
  auto value = evaluate(client, *image, *now, words.str());
  if (!value)
    return complain(value.takeError());
  auto text = textOf(client, *value);
  if (!text)
    return complain(text.takeError());
  if (!value->address)
    return say("error: '%s' is in no memory\n", words.str().c_str());
  char place[64];
  std::snprintf(place, sizeof place, "2,%" PRIx64 ",%" PRIx64, *value->address,
                sizeOf(*value) * std::max<uint64_t>(value->repeat, 1));
  if (client.ask(std::string("Z") + place) != "OK")
    return say("error: this memory cannot be watched\n");
  const unsigned number = nextNumber++;
  say("watchpoint %u: %s = %s\n", number, words.str().c_str(), text->c_str());
  watchpoints[number] = {words.str(), place, *value, *text};
}

// /16f buf: elements of a type in a row.
void Console::examine(Words words) {
  unsigned count = 1;
  char letter = 'x';
  if (words.consume_front("/")) {
    words.consumeInteger(10, count);
    if (!words.empty() && !isSpace(words[0])) {
      letter = words[0];
      words = words.drop_front();
    }
  }
  struct Format {
    char letter;
    unsigned size, perLine;
  };
  static constexpr Format kFormats[] = {{'f', 4, 8}, {'h', 2, 8}, {'d', 4, 8}, {'x', 4, 8}, {'b', 1, 16}};
  const Format *format = nullptr;
  for (const Format &one : kFormats)
    if (one.letter == letter)
      format = &one;
  const Frame *now = currentFrame();
  if (!format || !count || !now)
    return say("error: expected x /<count><letter> <address> with a letter of f, h, d, x, b\n");
  auto value = evaluate(client, *image, *now, words.trim().str());
  if (!value)
    return complain(value.takeError());
  uint64_t address = 0;
  if (value->kind == Value::Kind::Object && value->address && !isPointer(*value)) {
    address = *value->address; // of an array or a variable
  } else {
    auto number = numberOf(client, *value);
    if (!number)
      return complain(number.takeError());
    address = uint64_t(number->integer);
  }
  auto bytes = client.read(address, uint64_t(count) * format->size);
  if (!bytes)
    return complain(bytes.takeError());
  for (unsigned i = 0; i < count; ++i) {
    if (i % format->perLine == 0)
      say("%s0x%" PRIx64 ":", i ? "\n" : "", address + uint64_t(i) * format->size);
    const uint8_t *at = bytes->data() + size_t(i) * format->size;
    uint32_t word = 0;
    std::memcpy(&word, at, format->size);
    switch (letter) {
    case 'f':
      say(" %g", bit_cast<float>(word));
      break;
    case 'h':
      say(" %g", dlp::toFloat(dlp::Half{uint16_t(word)}));
      break;
    case 'd':
      say(" %d", int(word));
      break;
    case 'b':
      say(" %02x", word);
      break;
    default:
      say(" %08x", word);
      break;
    }
  }
  say("\n");
}

void Console::monitor(Words words) { say("%s\n", client.monitor(words.str()).c_str()); }
void Console::cores(Words) { monitor("cores"); }
void Console::queues(Words) { monitor("queues"); }
void Console::barriers(Words) { monitor("barriers"); }

void Console::history(Words words) {
  const Frame *now = currentFrame();
  if (!now)
    return say("error: nothing is known of this place\n");
  auto value = evaluate(client, *image, *now, words.str());
  if (!value)
    return complain(value.takeError());
  if (!value->address)
    return say("error: '%s' is in no memory\n", words.str().c_str());
  char command[96];
  std::snprintf(command, sizeof command, "history %x %" PRIx64 " %" PRIx64 " 8", thread, *value->address,
                sizeOf(*value));
  const std::string text = client.monitor(command);
  SmallVector<StringRef> lines;
  StringRef(text).split(lines, '\n');
  for (StringRef line : lines) {
    // What it held then, as bytes, before who wrote it.
    const auto [hex, who] = line.split(' ');
    const auto bytes = dlp::debug::fromHex(hex);
    if (!bytes || bytes->size() != sizeOf(*value)) {
      say("%s\n", line.str().c_str());
      continue;
    }
    Value old = *value;
    old.address = std::nullopt;
    old.repeat = 0;
    old.bytes.assign(bytes->begin(), bytes->end());
    auto shown = textOf(client, old);
    say("%s: %s\n", shown ? shown->c_str() : toString(shown.takeError()).c_str(), who.str().c_str());
  }
}

// task 6, core 2, cluster 1 core 2, cluster 1 memory core
void Console::focus(Words words) {
  for (const Client::Thread &one : client.threads())
    if (StringRef(" " + one.name + " ").contains((" " + words + " ").str()) && !words.empty()) {
      thread = one.number;
      refresh();
      say("* %s\n", one.name.c_str());
      if (currentFrame())
        showFrame(0, true);
      return;
    }
  say("error: no core is '%s' now; 'cores' lists them\n", words.str().c_str());
}

void Console::backtrace(Words) {
  currentFrame();
  for (size_t i = 0; i < frames.size(); ++i)
    showFrame(i, false);
}

void Console::frame(Words words) {
  size_t number = 0;
  currentFrame();
  if (words.getAsInteger(10, number) || number >= frames.size())
    return say("error: there is no frame '%s'; 'backtrace' lists them\n", words.str().c_str());
  frameNumber = number;
  showFrame(number, true);
}

void Console::up(Words) {
  currentFrame();
  frame(std::to_string(frameNumber + 1));
}

void Console::down(Words) {
  currentFrame();
  if (!frameNumber)
    return say("error: this is the innermost frame\n");
  frame(std::to_string(frameNumber - 1));
}

} // namespace bang::console
