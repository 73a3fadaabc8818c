// Server.h: gdb-remote packets for a Target. Debuggers that speak it: lldb, lldb-dap, gdb.
//
// The server listens from the first launch on, serves one client at a time, and waits for the next when one leaves.
// Everything a client sends is untrusted: what is not understood gets an error or the empty answer.
#ifndef OPENBANG_SIMULATOR_DEBUG_SERVER_H
#define OPENBANG_SIMULATOR_DEBUG_SERVER_H

#include "simulator/debug/Packet.h"
#include "simulator/debug/Target.h"
#include "simulator/debug/Transport.h"

#include <thread>

namespace dlp::debug {

class Server {
public:
  explicit Server(Place place);
  ~Server() { finish(); }

  Debugger &debugger() { return target; }
  // Checks whose findings stop cores, and where they tell them; the answer is the observer for the device.
  Observer &stopAtFindings(Observer &checks) { return target.stopAtFindings(checks); }
  Findings &findings() { return target.findings(); }
  // No more kernels come: tells the client that the program is over.
  void finish();

private:
  void open();
  void serve();
  void converse(int connection);
  bool refuseOthers(int connection);
  void announce(const Stop &stop);
  void send(std::string_view text);

  // Packets.cpp: the answer to a packet; nothing where the answer comes with the next stop.
  std::optional<std::string> answer(std::string_view packet);
  std::string stopReply(unsigned thread);
  std::string readMemory(Scanner packet);
  std::string writeMemory(Scanner packet, bool binary);
  std::string readOneRegister(Scanner packet);
  std::string writeOneRegister(Scanner packet);
  std::string readAllRegisters(Scanner packet);
  std::string writeAllRegisters(Scanner packet);
  std::string breakpoint(Scanner packet, bool insert);
  std::string selectThread(Scanner packet);
  std::optional<std::string> resume(Scanner packet);
  std::optional<std::string> resumeOld(char action, Scanner packet);
  std::string shownRegister(const Core &core, unsigned number) const;
  uint64_t shownPc(const Core &core) const;
  Core *threadSuffix(Scanner &packet);
  Core *focus() const;

  // Queries.cpp
  std::string query(std::string_view packet);
  std::string supported(Scanner packet);
  std::string transfer(Scanner packet);
  std::string threadsInfo();
  std::string memoryRegion(Scanner packet);

  // Monitor.cpp: commands for people, "monitor cores".
  std::string monitor(std::string_view command);
  std::string condition(Scanner words);
  std::string history(Scanner words);

  Place place;
  Target target;
  Listener listener;
  std::thread thread;

  // Of the conversation; guarded by the target's mutex.
  int connection = -1;
  bool acknowledges = true, expectsStop = false, isLldb = false, leaving = false;
  unsigned focusThread = 0;                // for registers and memories
  unsigned stepThread = 0;                 // of the packets `c` and `s`; 0: all
  Target::Back wayBack = Target::Back::No; // of the next packet that goes back
  std::string lastSent;
};

// The answer to BANG_TOOL=debug:<text>; on failure null, and `error` says what was expected.
std::unique_ptr<Server> makeServer(std::string_view text, std::string &error);

} // namespace dlp::debug

#endif // OPENBANG_SIMULATOR_DEBUG_SERVER_H
