// PacketFuzzer.cpp: whatever a debugger sends, the debug server answers or refuses, and the kernel comes to its end.
//
// The input is taken twice: as raw bytes by the reader of packets, and line by line as the text of packets (an empty
// line: the interrupt byte) that a client sends to a server while a small kernel runs on two cores. Packets that kill
// the program are left out.
#include "simulator/Device.h"
#include "simulator/debug/Packet.h"
#include "simulator/debug/Server.h"
#include "test/Fuzz/FuzzMachine.h"
#include "test/Unit/simulator/TestImage.h"

#include <poll.h>
#include <string>
#include <sys/socket.h>
#include <sys/un.h>
#include <thread>
#include <unistd.h>

using namespace dlp;

// Scalar work in NRAM and a vector instruction, thirty times.
static const std::vector<uint8_t> &image() {
  using namespace test;
  static const std::vector<uint8_t> bytes = [] {
    Code code;
    code.lui(a0, kNramBase >> 12).addi(a1, zero, 30).addi(a2, zero, 16);
    const size_t loop = code.bytes.size();
    code.sw(a1, 0, a0).lw(a3, 0, a0).xdlp("vadd.f32", {a0, a0, a0, a2}).addi(a1, a1, -1);
    code.bne(a1, zero, int(loop) - int(code.bytes.size()));
    code.exit();
    ImageOptions options;
    options.nramBytes = 4096;
    return buildImage(code, options);
  }();
  return bytes;
}

// What a client sends: packets with their frames, and interrupts.
static std::string conversation(std::string_view text) {
  std::string bytes = "+";
  while (!text.empty()) {
    const size_t end = text.find('\n');
    const std::string_view packet = text.substr(0, end);
    if (packet.empty())
      bytes += '\x03';
    else if (packet[0] != 'k' && !packet.starts_with("vKill"))
      bytes += debug::framePacket(packet);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return bytes;
}

// Sends everything and throws the answers away, so that neither side waits for the other; then leaves.
static void talk(const std::string &path, const std::string &bytes) {
  int client = socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  for (int tries = 0; connect(client, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0; ++tries) {
    if (tries == 20000) // of half a millisecond
      std::abort();
    usleep(500);
  }
  char answers[4096];
  for (size_t sent = 0; sent < bytes.size();) {
    pollfd handle{client, POLLIN | POLLOUT, 0};
    poll(&handle, 1, -1);
    if ((handle.revents & POLLIN) && recv(client, answers, sizeof answers, 0) <= 0)
      break;
    if (handle.revents & (POLLERR | POLLHUP))
      break;
    if (handle.revents & POLLOUT) {
      ssize_t count = send(client, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
      if (count <= 0)
        break;
      sent += size_t(count);
    }
  }
  shutdown(client, SHUT_WR);
  while (recv(client, answers, sizeof answers, 0) > 0)
    ;
  close(client);
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const std::string_view text(reinterpret_cast<const char *>(data), size);
  debug::PacketReader reader;
  for (size_t at = 0; at < size; at += 100) {
    reader.feed(text.substr(at, 100));
    while (reader.next())
      ;
  }

  static const std::string path = "/tmp/openbang-fuzz-" + std::to_string(getpid());
  debug::Server server({path, 0});
  Device device(test::fuzzMachine("1"));
  device.attach(server.debugger());
  int id;
  if (device.loadImage(image(), id))
    std::abort();
  LaunchRequest request{id, "k", {2, 1, 1}, TaskType::Block, {}};
  if (device.validate(request))
    std::abort();
  std::thread client(talk, path, conversation(text));
  LaunchHost host;
  host.print = [](std::string_view) {};
  if (auto fault = device.launch(request, host)) // the client may have changed anything
    if (fault->describe().empty())
      std::abort();
  server.finish();
  client.join();
  return 0;
}
