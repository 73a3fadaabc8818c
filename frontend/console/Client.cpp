// Client.cpp: packets over a Unix socket.
#include "frontend/console/Client.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace llvm;
using dlp::debug::fromHex;
using dlp::debug::Scanner;
using dlp::debug::toHex;

namespace bang::console {

static volatile std::sig_atomic_t interrupted = 0;

Expected<std::unique_ptr<Client>> Client::connect(const std::string &path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  int connection = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (connection < 0 || ::connect(connection, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0) {
    const int reason = errno;
    if (connection >= 0)
      close(connection);
    return createStringError("cannot connect to the program at '%s': %s", path.c_str(), std::strerror(reason));
  }
  // Without SA_RESTART: a wait for a stop is to notice it.
  struct sigaction action{};
  action.sa_handler = [](int) { interrupted = 1; };
  sigaction(SIGINT, &action, nullptr);
  std::unique_ptr<Client> client(new Client(connection));
  client->ask("QStartNoAckMode");
  return client;
}

Client::~Client() { close(connection); }

void Client::send(std::string_view packet) {
  const std::string framed = dlp::debug::framePacket(packet);
  for (size_t sent = 0; sent < framed.size();) {
    const ssize_t count = ::send(connection, framed.data() + sent, framed.size() - sent, MSG_NOSIGNAL);
    if (count < 0 && errno == EINTR)
      continue;
    if (count <= 0)
      return; // receive() notices
    sent += size_t(count);
  }
}

std::string Client::receive() {
  char bytes[16 * 1024];
  while (true) {
    while (auto incoming = reader.next())
      if (incoming->kind == dlp::debug::Incoming::Packet)
        return incoming->text;
    const ssize_t count = recv(connection, bytes, sizeof bytes, 0);
    if (count < 0 && errno == EINTR) {
      if (interrupted) {
        interrupted = 0;
        (void)::send(connection, "\x03", 1, MSG_NOSIGNAL);
      }
      continue;
    }
    if (count <= 0) {
      over = true;
      return {};
    }
    reader.feed({bytes, size_t(count)});
  }
}

std::string Client::ask(std::string_view packet) {
  if (over)
    return {};
  send(packet);
  return receive();
}

std::string Client::monitor(std::string_view command) {
  std::string text;
  // Parts of text behind an O, then OK.
  for (std::string part = ask("qRcmd," + toHex(command)); !part.empty() && part[0] == 'O' && part != "OK";
       part = receive())
    text += fromHex(std::string_view(part).substr(1)).value_or("");
  while (!text.empty() && text.back() == '\n')
    text.pop_back();
  return text;
}

Stop Client::understand(const std::string &reply) {
  Stop stop;
  Scanner rest(reply);
  if (!rest.take('T') || reply.size() < 3) {
    over = true; // W00, or nothing any more
    stop.over = true;
    return stop;
  }
  rest.takeSome(2);
  while (!rest.empty()) {
    Scanner pair(rest.takeUntil(';'));
    const std::string_view key = pair.takeUntil(':');
    if (key == "thread")
      stop.thread = unsigned(pair.takeHexNumber().value_or(0));
    else if (key == "swbreak")
      stop.breakpoint = true;
  }
  stop.why = monitor("why");
  return stop;
}

// What the server says on the way comes again with the stop.
Stop Client::run(std::string_view packet) {
  std::string reply = ask(packet);
  while (!reply.empty() && reply[0] == 'O')
    reply = receive();
  return understand(reply);
}

Stop Client::lastStop() { return understand(ask("?")); }

void Client::leave() { ask("D"); }

void Client::select(unsigned thread) { ask("Hg" + toHex(thread, 1)); }

std::vector<uint64_t> Client::registers() {
  std::vector<uint64_t> values(kRegisters);
  if (auto bytes = fromHex(ask("g")); bytes && bytes->size() >= kRegisters * sizeof(uint64_t))
    std::memcpy(values.data(), bytes->data(), kRegisters * sizeof(uint64_t));
  return values;
}

Expected<std::vector<uint8_t>> Client::read(uint64_t address, uint64_t bytes) {
  constexpr uint64_t kPart = dlp::debug::kMaxPacket / 4;
  std::vector<uint8_t> content;
  while (content.size() < bytes) {
    char packet[48];
    std::snprintf(packet, sizeof packet, "m%llx,%llx", static_cast<unsigned long long>(address + content.size()),
                  static_cast<unsigned long long>(std::min(kPart, bytes - content.size())));
    const auto part = fromHex(ask(packet));
    if (!part || part->empty() || part->size() > bytes - content.size())
      return createStringError("there is no memory at 0x%llx",
                               static_cast<unsigned long long>(address + content.size()));
    content.insert(content.end(), part->begin(), part->end());
  }
  return content;
}

std::vector<Client::Thread> Client::threads() {
  std::vector<Thread> list;
  const std::string numbers = ask("qfThreadInfo");
  Scanner rest(numbers);
  rest.take('m');
  while (!rest.empty()) {
    Scanner one(rest.takeUntil(','));
    const auto number = one.takeHexNumber();
    if (!number)
      break;
    char packet[40];
    std::snprintf(packet, sizeof packet, "qThreadExtraInfo,%x", unsigned(*number));
    list.push_back({unsigned(*number), fromHex(ask(packet)).value_or("")});
  }
  return list;
}

} // namespace bang::console
