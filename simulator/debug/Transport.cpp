// Transport.cpp: sockets of the debug server.
#include "simulator/debug/Transport.h"

#include <arpa/inet.h>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace dlp::debug {

static constexpr char kUnfinished[] = "~";
static constexpr size_t kMaxPath = sizeof(sockaddr_un::sun_path) - sizeof kUnfinished;

std::optional<Place> parsePlace(std::string_view text, std::string &error) {
  constexpr std::string_view kUnix = "unix:", kLocal = "127.0.0.1:";
  Place place;
  if (text.starts_with(kUnix)) {
    place.path = text.substr(kUnix.size());
    if (!place.path.empty() && place.path.size() <= kMaxPath)
      return place;
    error = place.path.empty() ? "expected a path after unix:"
                               : "the path of a Unix socket has at most " + std::to_string(kMaxPath) + " characters";
    return std::nullopt;
  }
  if (text.starts_with(kLocal)) {
    std::string_view number = text.substr(kLocal.size());
    auto [end, failure] = std::from_chars(number.data(), number.data() + number.size(), place.port);
    if (failure == std::errc() && end == number.data() + number.size() && !number.empty())
      return place;
    error = "expected a port from 0 to 65535 after 127.0.0.1:";
    return std::nullopt;
  }
  error = "expected debug:unix:/path or debug:127.0.0.1:port; other machines cannot connect";
  return std::nullopt;
}

std::string Listener::listen(const Place &place) {
  auto failed = [&](const char *what) {
    std::string sentence = std::string(what) + ": " + std::strerror(errno);
    close();
    return sentence;
  };
  const bool local = place.path.empty();
  fd = socket(local ? AF_INET : AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0)
    return failed("cannot make a socket");
  if (local) {
    int on = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(place.port);
    socklen_t size = sizeof address;
    if (bind(fd, reinterpret_cast<sockaddr *>(&address), size) || ::listen(fd, 1) ||
        getsockname(fd, reinterpret_cast<sockaddr *>(&address), &size))
      return failed(("cannot listen at 127.0.0.1:" + std::to_string(place.port)).c_str());
    chosenPort = ntohs(address.sin_port);
    return {};
  }
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  // Nobody but the user may connect, and the file appears when a connection is possible.
  path = place.path + kUnfinished;
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  if (fchmod(fd, 0600) || bind(fd, reinterpret_cast<sockaddr *>(&address), sizeof address) || ::listen(fd, 1) ||
      rename(path.c_str(), place.path.c_str()))
    return failed(("cannot listen at " + place.path).c_str());
  path = place.path;
  return {};
}

void Listener::close() {
  if (fd >= 0) {
    shutdown(fd, SHUT_RDWR); // wakes accept()
    ::close(fd);
    fd = -1;
  }
  if (!path.empty())
    unlink(path.c_str());
  path.clear();
}

int Listener::accept() {
  while (true) {
    int connection = accept4(fd, nullptr, nullptr, SOCK_CLOEXEC);
    if (connection >= 0) {
      int on = 1;
      setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on); // a Unix socket has none: no matter
      return connection;
    }
    if (errno != EINTR && errno != ECONNABORTED)
      return -1;
  }
}

bool sendAll(int connection, std::string_view bytes) {
  while (!bytes.empty()) {
    ssize_t sent = send(connection, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR)
      continue;
    if (sent <= 0)
      return false;
    bytes.remove_prefix(size_t(sent));
  }
  return true;
}

} // namespace dlp::debug
