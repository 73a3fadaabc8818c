// Client.h: the other end of the debug server (simulator/debug): sends packets, waits for stops.
#ifndef OPENBANG_FRONTEND_CONSOLE_CLIENT_H
#define OPENBANG_FRONTEND_CONSOLE_CLIENT_H

#include "simulator/debug/Packet.h"

#include "llvm/Support/Error.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace bang::console {

// Registers in packets: x0 to x31, pc, f0 to f31 in this order, eight bytes each.
inline constexpr unsigned kPcRegister = 32, kFirstFloat = 33, kRegisters = 65;

struct Stop {
  unsigned thread = 0;
  bool over = false;       // no kernel runs any more
  bool breakpoint = false; // a core came to a breakpoint
  std::string why;         // of the server, one line
};

class Client {
public:
  static llvm::Expected<std::unique_ptr<Client>> connect(const std::string &path);
  ~Client();

  // The answer to a packet; empty when the server does not know it or is gone.
  std::string ask(std::string_view packet);
  // What the server's monitor says, without the last line end.
  std::string monitor(std::string_view command);
  // Sends a packet that lets cores run, and waits for the stop. Ctrl-C stops them.
  Stop run(std::string_view packet);
  Stop lastStop();
  bool isOver() const { return over; }
  void leave();

  // Of the thread that registers and memories mean.
  void select(unsigned thread);
  std::vector<uint64_t> registers();
  llvm::Expected<std::vector<uint8_t>> read(uint64_t address, uint64_t bytes);

  struct Thread {
    unsigned number;
    std::string name; // "cluster 0 core 1 task 1"
  };
  std::vector<Thread> threads();

private:
  explicit Client(int connection) : connection(connection) {}
  void send(std::string_view packet);
  std::string receive();
  Stop understand(const std::string &reply);

  int connection;
  bool over = false;
  dlp::debug::PacketReader reader;
};

} // namespace bang::console

#endif // OPENBANG_FRONTEND_CONSOLE_CLIENT_H
