// Queries.cpp: packets about the target as a whole: features, threads, images, memory map.
#include "simulator/debug/Registers.h"
#include "simulator/debug/Server.h"

#include <algorithm>
#include <cstdio>
#include <unistd.h>

namespace dlp::debug {
namespace {

constexpr char kBadPacket[] = "E01";
constexpr uint64_t kMaxWatchpoints = 64; // any number would do

std::string hex(uint64_t value) {
  char text[20];
  std::snprintf(text, sizeof text, "%llx", static_cast<unsigned long long>(value));
  return text;
}

std::string xmlText(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '"')
      out += "&quot;";
    else
      out += c;
  }
  return out;
}

struct Window {
  uint64_t base, end;
  const char *kind; // of gdb's memory map
};
constexpr Window kWindows[] = {
    {kNramBase, kRomBase, "ram"},
    {kRomBase, kParamEnd, "rom"},
    {kDeviceDataBase, kViewBase, "ram"},
    {kGdramBase, uint64_t{1} << 63, "ram"},
};

std::string memoryMap() {
  std::string xml = "<memory-map>";
  for (const Window &w : kWindows)
    xml += std::string("<memory type=\"") + w.kind + "\" start=\"0x" + hex(w.base) + "\" length=\"0x" +
           hex(w.end - w.base) + "\"/>";
  return xml + "</memory-map>";
}

} // namespace

std::string Server::query(std::string_view packet) {
  Scanner rest(packet);
  if (rest.take("qSupported"))
    return supported(rest);
  if (rest.take("QThreadSuffixSupported")) {
    isLldb = true;
    return "OK";
  }
  if (rest.take("QListThreadsInStopReply")) {
    isLldb = true;
    target.tellEnds(true);
    return "OK";
  }
  if (rest.take("qC"))
    return "QC" + hex(target.lastStop().thread);
  if (rest.take("qAttached"))
    return "1";
  if (rest.take("qHostInfo"))
    return "triple:" + toHex("riscv64-unknown-unknown-elf") +
           ";ptrsize:8;endian:little;watchpoint_exceptions_received:after;";
  if (rest.take("qWatchpointSupportInfo"))
    return "num:" + hex(kMaxWatchpoints) + ";";
  if (rest.take("qProcessInfo"))
    return "pid:" + hex(uint64_t(getpid())) + ";triple:" + toHex("riscv64-unknown-unknown-elf") +
           ";ptrsize:8;endian:little;";
  if (rest.take("qfThreadInfo")) {
    std::string list = "m";
    for (unsigned thread : target.threads())
      list += (list.size() > 1 ? "," : "") + hex(thread);
    return list;
  }
  if (rest.take("qsThreadInfo"))
    return "l";
  if (rest.take("qThreadExtraInfo,")) {
    auto thread = rest.takeHexNumber();
    return thread && target.coreOf(unsigned(*thread)) ? toHex(target.threadName(unsigned(*thread))) : kBadPacket;
  }
  if (rest.take("qThreadStopInfo")) {
    auto thread = rest.takeHexNumber();
    return thread && target.coreOf(unsigned(*thread)) ? stopReply(unsigned(*thread)) : kBadPacket;
  }
  if (rest.take("jThreadsInfo"))
    return threadsInfo();
  if (rest.take("qMemoryRegionInfo:"))
    return memoryRegion(rest);
  if (rest.take("qXfer:"))
    return transfer(rest);
  if (rest.take("qRcmd,")) {
    auto command = fromHex(rest.takeRest());
    if (!command)
      return kBadPacket;
    send("O" + toHex(monitor(*command)));
    return "OK";
  }
  return "";
}

std::string Server::supported(Scanner packet) {
  return "PacketSize=" + hex(kMaxPacket) +
         ";QStartNoAckMode+;qXfer:features:read+;qXfer:threads:read+;qXfer:libraries:read+;"
         "qXfer:memory-map:read+;vContSupported+;swbreak+;ConditionalBreakpoints+;ReverseStep+;ReverseContinue+";
}

// qXfer:object:read:annex:offset,length
std::string Server::transfer(Scanner packet) {
  std::string_view object = packet.takeUntil(':');
  if (!packet.take("read:"))
    return "";
  std::string_view annex = packet.takeUntil(':');
  auto offset = packet.takeHexNumber();
  auto length = packet.take(',') ? packet.takeHexNumber() : std::nullopt;
  if (!offset || !length)
    return kBadPacket;
  std::string text;
  if (object == "features" && annex == "target.xml") {
    text = targetXml();
  } else if (object == "threads") {
    text = "<threads>";
    for (unsigned thread : target.threads())
      text += "<thread id=\"" + hex(thread) + "\" name=\"" + xmlText(target.threadName(thread)) + "\"/>";
    text += "</threads>";
  } else if (object == "libraries") { // images lie where they were linked
    text = "<library-list><library name=\"" + xmlText(target.imageFile()) + "\"><segment address=\"0x" + hex(kRomBase) +
           "\"/></library></library-list>";
  } else if (object == "memory-map") {
    text = memoryMap();
  } else {
    return "";
  }
  if (*offset >= text.size())
    return "l";
  std::string part = text.substr(*offset, std::min<uint64_t>(*length, kMaxPacket / 2));
  return (*offset + part.size() < text.size() ? "m" : "l") + part;
}

// Everything lldb wants to know of all threads at a stop, in one packet.
std::string Server::threadsInfo() {
  std::string text = "[";
  const Stop &stop = target.lastStop();
  for (unsigned thread : target.threads()) {
    const Core &core = *target.coreOf(thread);
    text += (text.size() > 1 ? ",{" : "{") + std::string("\"tid\":") + std::to_string(thread) + ",\"name\":\"" +
            target.threadName(thread) + "\"";
    if (thread == stop.thread) {
      text += ",\"signal\":" + std::to_string(stop.signal);
      if (stop.kind == StopKind::Breakpoint)
        text += ",\"reason\":\"breakpoint\"";
      else if (stop.kind == StopKind::Step)
        text += ",\"reason\":\"trace\"";
      else if (stop.kind == StopKind::Beginning)
        text += ",\"reason\":\"history boundary\",\"description\":\"" + toHex(stop.text) + "\"";
      else if (stop.kind == StopKind::Watchpoint)
        text += ",\"reason\":\"watchpoint\",\"description\":\"" + toHex(std::to_string(stop.watched)) + "\"";
      else
        text += ",\"reason\":\"exception\",\"description\":\"" + toHex(stop.text) + "\"";
    } else {
      text += ",\"reason\":\"none\"";
    }
    text += ",\"registers\":{";
    constexpr unsigned kExpedited[] = {kPcRegister, 1, 2, 8};
    for (unsigned n : kExpedited)
      text += (n == kPcRegister ? "\"" : ",\"") + std::to_string(n) + "\":\"" + shownRegister(core, n) + "\"";
    text += "}}";
  }
  return text + "]";
}

std::string Server::memoryRegion(Scanner packet) {
  auto address = packet.takeHexNumber();
  if (!address)
    return kBadPacket;
  uint64_t gap = 0;
  for (const Window &w : kWindows) {
    if (*address < w.base)
      return "start:" + hex(gap) + ";size:" + hex(w.base - gap) + ";";
    if (*address < w.end)
      return "start:" + hex(w.base) + ";size:" + hex(w.end - w.base) +
             ";permissions:" + (std::string_view(w.kind) == "rom" ? "rx" : "rw") + ";";
    gap = w.end;
  }
  return "start:" + hex(gap) + ";size:" + hex(-gap) + ";";
}

} // namespace dlp::debug
