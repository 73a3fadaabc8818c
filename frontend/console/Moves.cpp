// Moves.cpp: breakpoints in the image, and moving by lines, functions and backwards.
#include "frontend/console/Console.h"

#include <cinttypes>
#include <cstdio>

using namespace llvm;

namespace bang::console {
namespace {

std::string hexText(uint64_t value) {
  char text[20];
  std::snprintf(text, sizeof text, "%" PRIx64, value);
  return text;
}

constexpr unsigned kRa = 1, kSp = 2;

// Kernels that start without anybody wanting a stop: the server only tells of their image.
bool isEntry(const Stop &stop) {
  const StringRef why = stop.why;
  return why.starts_with("kernel ") && why.ends_with(" starts");
}

unsigned countOf(StringRef words) {
  unsigned count = 1;
  return words.getAsInteger(10, count) || !count ? 1 : count;
}

} // namespace

void Console::insert(uint64_t address) {
  if (inserted[address]++ == 0)
    client.ask("Z0," + hexText(address) + ",2");
}

void Console::remove(uint64_t address) {
  if (--inserted[address] == 0) {
    client.ask("z0," + hexText(address) + ",2");
    inserted.erase(address);
  }
}

void Console::resolve(Breakpoint &breakpoint) {
  for (uint64_t address : breakpoint.addresses)
    remove(address);
  const auto [file, digits] = StringRef(breakpoint.place).rsplit(':');
  uint32_t line = 0;
  breakpoint.addresses = !digits.getAsInteger(10, line) && !file.ends_with(":")
                             ? image->placesOfLine(file.str(), line)
                             : image->placesOfFunction(breakpoint.place);
  for (uint64_t address : breakpoint.addresses)
    insert(address);
}

// A stop at breakpoints whose conditions do not hold, or only for the image of another kernel.
bool Console::passesBy(const Stop &stop) {
  if (isEntry(stop))
    return client.monitor("entry?") != "wanted";
  if (!stop.breakpoint)
    return false;
  refresh();
  thread = stop.thread;
  const Frame *top = currentFrame();
  bool known = false;
  for (const auto &[number, breakpoint] : breakpoints) {
    if (!top || !is_contained(breakpoint.addresses, top->pc))
      continue;
    known = true;
    if (breakpoint.condition.empty())
      return false;
    auto value = evaluate(client, *image, *top, breakpoint.condition);
    auto number_ = value ? numberOf(client, *value) : Expected<Value>(value.takeError());
    if (!number_) {
      complain(number_.takeError());
      return false;
    }
    if (number_->kind == Value::Kind::Real ? number_->real != 0 : number_->integer != 0)
      return false;
  }
  return known;
}

Stop Console::runUntilWanted(const std::string &packet) {
  while (true) {
    const Stop stop = client.run(packet);
    if (stop.over)
      return stop;
    loadImage();
    if (!passesBy(stop))
      return stop;
  }
}

std::string Console::here(const char *action) const { return "vCont;" + (action + (":" + hexText(thread))); }

Stop Console::stepInstruction() {
  const Stop stop = client.run(here("s"));
  if (!stop.over)
    loadImage();
  return stop;
}

// Of a call: to where it returns to, in the same call of the function around it. Nothing: it has come there.
std::optional<Stop> Console::runToReturn(uint64_t address, uint64_t sp) {
  insert(address);
  std::optional<Stop> other;
  while (!other) {
    const Stop stop = client.run(here("c"));
    const std::vector<uint64_t> values = stop.over ? std::vector<uint64_t>(kRegisters) : client.registers();
    const bool isThere = stop.breakpoint && values[kPcRegister] == address;
    if (isThere && stop.thread == thread && values[kSp] >= sp)
      break;
    if (!isThere && (stop.over || !passesBy(stop)))
      other = stop;
  }
  remove(address);
  return other;
}

// To the begin of another line. `into` functions that are called, else over them.
Stop Console::stepLine(bool into) {
  refresh();
  const Frame *top = currentFrame();
  if (!top || !top->function)
    return stepInstruction();
  const Frame start = *top;
  const DWARFDie outer = image->functionsAt(start.pc).back();
  while (true) {
    Stop stop = stepInstruction();
    if (!stop.over && stop.breakpoint && stop.thread == thread && passesBy(stop))
      continue;
    if (stop.over || stop.why != "step" || stop.thread != thread)
      return stop;
    const std::vector<uint64_t> values = client.registers();
    const uint64_t pc = values[kPcRegister] & ~uint64_t{1}, back = values[kRa];
    const std::vector<DWARFDie> functions = image->functionsAt(pc);
    const std::vector<DWARFDie> callers = back ? image->functionsAt(back - 1) : functions;
    const bool isEntered = functions.empty() || image->beginsAt(functions.back(), pc);
    if (isEntered && !callers.empty() && callers.back() == outer) {
      // Into its code behind what it sets up, or to where it returns to.
      const uint64_t inside = functions.empty() ? 0 : image->behindPrologue(functions.back(), pc);
      const bool enters = into && inside;
      if (auto other = runToReturn(enters ? inside : back, enters ? 0 : values[kSp]))
        return *other;
      if (!enters)
        continue;
      stop = client.lastStop();
      stop.why = "step";
      return stop;
    }
    const Line line = image->lineAt(pc);
    if (!line.begins)
      continue;
    const bool isHere = !functions.empty() && functions.front() == start.function;
    if (!into && !isHere && is_contained(functions, start.function))
      continue; // a function that was inlined
    if (!isHere || line.number != start.line.number || line.path != start.line.path)
      return stop;
  }
}

void Console::step(Words words) {
  for (unsigned left = countOf(words); left; --left) {
    const Stop stop = stepLine(true);
    if (left == 1 || stop.over || stop.why != "step")
      return showStop(stop);
  }
}

void Console::next(Words words) {
  for (unsigned left = countOf(words); left; --left) {
    const Stop stop = stepLine(false);
    if (left == 1 || stop.over || stop.why != "step")
      return showStop(stop);
  }
}

void Console::stepi(Words words) {
  for (unsigned left = countOf(words); left; --left) {
    const Stop stop = stepInstruction();
    if (left == 1 || stop.over || stop.why != "step")
      return showStop(stop);
  }
}

// Of a function: runs to its caller.
void Console::finish(Words) {
  const Frame *top = currentFrame();
  if (!top || frameNumber + 1 >= frames.size())
    return say("error: the kernel itself has no caller; 'continue' runs it to its end\n");
  if (!top->inlined) {
    const uint64_t address = frames[frameNumber + 1].pc, sp = top->cfa;
    auto other = runToReturn(address, sp);
    return showStop(other ? *other : client.lastStop());
  }
  const DWARFDie inner = top->function;
  Stop stop;
  do
    stop = stepLine(false);
  while (!stop.over && stop.why == "step" && !frames.empty() &&
         is_contained(image->functionsAt(client.registers()[kPcRegister]), inner));
  showStop(stop);
}

void Console::continueRun(Words) { showStop(runUntilWanted("vCont;c")); }

void Console::reverseStep(Words) {
  client.monitor("back into");
  showStop(client.run("bc"));
}

void Console::reverseNext(Words) {
  client.monitor("back over");
  showStop(client.run("bc"));
}

void Console::reverseContinue(Words) { showStop(client.run("bc")); }

} // namespace bang::console
