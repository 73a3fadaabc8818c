// Transport.h: where a debugger connects: a Unix socket, or a port of this machine and never another interface.
#ifndef OPENBANG_SIMULATOR_DEBUG_TRANSPORT_H
#define OPENBANG_SIMULATOR_DEBUG_TRANSPORT_H

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dlp::debug {

struct Place {
  std::string path; // of a Unix socket; empty: a port
  uint16_t port = 0;
};

// "unix:/path" or "127.0.0.1:port". On failure `error` is the end of a sentence that began with what was given.
std::optional<Place> parsePlace(std::string_view text, std::string &error);

class Listener {
public:
  Listener() = default;
  ~Listener() { close(); }
  Listener(const Listener &) = delete;
  Listener &operator=(const Listener &) = delete;

  // Empty: listening. Otherwise a sentence.
  std::string listen(const Place &place);
  // Removes a Unix socket's file too.
  void close();
  // The port that port 0 became.
  uint16_t port() const { return chosenPort; }
  int handle() const { return fd; }
  // Waits for a connection; -1 after close().
  int accept();

private:
  int fd = -1;
  uint16_t chosenPort = 0;
  std::string path;
};

// All of it, or false when the other side is gone.
bool sendAll(int connection, std::string_view bytes);

} // namespace dlp::debug

#endif // OPENBANG_SIMULATOR_DEBUG_TRANSPORT_H
