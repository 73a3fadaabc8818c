// ServerTest.cpp: the debug server as a client sees it, with good and with bad packets, clients that vanish, and
// several launches.
#include "simulator/debug/Server.h"
#include "TestImage.h"
#include "simulator/core/MachineConfig.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <poll.h>
#include <random>
#include <sys/socket.h>
#include <sys/un.h>
#include <thread>
#include <unistd.h>

using namespace dlp;
using namespace dlp::test;

namespace {

// A client without acknowledgements.
class Client {
public:
  explicit Client(const std::string &path) {
    for (int tries = 0; tries < 500 && !std::filesystem::exists(path); ++tries)
      usleep(10000);
    fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    connected = connect(fd, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0;
  }
  ~Client() { leave(); }
  void leave() {
    if (fd >= 0)
      close(fd);
    fd = -1;
  }

  void sendRaw(std::string_view bytes) { debug::sendAll(fd, bytes); }

  // The next packet; "(none)" when nothing comes, "(gone)" when the server hung up.
  std::string receive(int milliseconds = 5000) {
    while (true) {
      if (auto incoming = reader.next()) {
        if (incoming->kind == debug::Incoming::Packet)
          return debug::unescape(incoming->text);
        continue;
      }
      pollfd p{fd, POLLIN, 0};
      if (poll(&p, 1, milliseconds) <= 0)
        return "(none)";
      char bytes[4096];
      ssize_t count = recv(fd, bytes, sizeof bytes, 0);
      if (count <= 0)
        return "(gone)";
      reader.feed({bytes, size_t(count)});
    }
  }
  std::string ask(std::string_view packet, int milliseconds = 5000) {
    sendRaw(debug::framePacket(packet));
    return receive(milliseconds);
  }
  bool start() { return connected && ask("QStartNoAckMode") == "OK"; }

  int fd = -1;
  bool connected = false;

private:
  debug::PacketReader reader;
};

uint64_t number(const std::string &hex) {
  auto bytes = debug::fromHex(hex);
  uint64_t value = 0;
  if (bytes && bytes->size() <= 8)
    std::memcpy(&value, bytes->data(), bytes->size());
  return value;
}

class DebugServer : public testing::Test {
protected:
  void SetUp() override {
    char name[] = "/tmp/debug-test-XXXXXX";
    folder = mkdtemp(name);
    path = folder + "/socket";
    std::string error;
    server = debug::makeServer("unix:" + path, error);
    ASSERT_TRUE(server) << error;
    auto config = loadMachine("mlu370-x8", error);
    ASSERT_TRUE(config) << error;
    device = std::make_unique<Device>(*config);
    device->attach(server->debugger());
    out = device->allocate(64);
  }
  void TearDown() override {
    wait();
    server->finish();
    std::filesystem::remove_all(folder);
  }

  // out[taskId] = 100 + taskId, after a loop of `rounds`.
  void launch(unsigned tasks = 4, unsigned launches = 1, int rounds = 5) {
    Code code;
    code.ld(a1, 0, a0).csrr(a2, "taskId").addi(t0, zero, rounds);
    code.addi(t0, t0, -1).bne(t0, zero, -4); // at +12 and +16
    code.slli(a3, a2, 3).add(a1, a1, a3).addi(a2, a2, 100).sd(a2, 0, a1).exit();
    runner = std::thread([=, this] {
      params.resize(8);
      std::memcpy(params.data(), &out, 8);
      LaunchRequest request{0, "k", {tasks, 1, 1}, TaskType::Block, params};
      ImageOptions options;
      options.paramBytes = 8;
      EXPECT_FALSE(device->loadImage(buildImage(code, options), request.image));
      for (unsigned i = 0; i < launches; ++i)
        EXPECT_FALSE(device->launch(request, {}));
    });
  }
  void wait() {
    if (runner.joinable())
      runner.join();
  }
  void expectResults(unsigned tasks = 4) {
    wait();
    std::vector<uint64_t> values(tasks);
    EXPECT_FALSE(device->read(values.data(), out, 8 * tasks));
    for (unsigned i = 0; i < tasks; ++i)
      EXPECT_EQ(values[i], 100u + i);
  }

  std::string folder, path;
  std::unique_ptr<debug::Server> server;
  std::unique_ptr<Device> device;
  std::vector<uint8_t> params;
  std::thread runner;
  uint64_t out = 0;
};

constexpr char kPc[] = "p20", kA2[] = "pc", kT0[] = "p5";

} // namespace

TEST_F(DebugServer, StopsAtTheFirstKernelAndGoesOn) {
  launch();
  Client client(path);
  ASSERT_TRUE(client.start());
  EXPECT_EQ(client.ask("?").substr(0, 12), "T05thread:1;");
  EXPECT_EQ(client.ask("qfThreadInfo"), "m1,2,3,4");
  EXPECT_EQ(client.ask("qThreadExtraInfo,3"), debug::toHex("cluster 0 core 2 task 2"));
  EXPECT_EQ(client.ask("D"), "OK");
  expectResults();
}

TEST_F(DebugServer, StepsOneCore) {
  launch();
  Client client(path);
  ASSERT_TRUE(client.start());
  ASSERT_EQ(client.ask("Hg2"), "OK");
  uint64_t entry = number(client.ask(kPc));
  for (unsigned i = 1; i <= 3; ++i) {
    EXPECT_EQ(client.ask("vCont;s:2").substr(0, 12), "T05thread:2;");
    EXPECT_EQ(number(client.ask(kPc)), entry + 4 * i);
  }
  EXPECT_EQ(number(client.ask(kA2)), 1u) << "taskId of core 1";
  EXPECT_EQ(number(client.ask(kT0)), 5u);
  // The loop: down to 4, and back.
  client.ask("vCont;s:2");
  EXPECT_EQ(number(client.ask(kT0)), 4u);
  client.ask("vCont;s:2");
  EXPECT_EQ(number(client.ask(kPc)), entry + 12);
  ASSERT_EQ(client.ask("Hg1"), "OK");
  EXPECT_EQ(number(client.ask(kPc)), entry) << "the other cores are held";
  client.leave();
  expectResults();
}

TEST_F(DebugServer, BreakpointsHitEachCoreEachTime) {
  launch(2);
  Client client(path);
  ASSERT_TRUE(client.start());
  uint64_t entry = number(client.ask(kPc));
  char at[64];
  std::snprintf(at, sizeof at, "Z0,%llx,4", static_cast<unsigned long long>(entry + 12));
  ASSERT_EQ(client.ask(at), "OK");
  for (unsigned core = 1; core <= 2; ++core)
    for (unsigned round = 5; round >= 1; --round) {
      EXPECT_EQ(client.ask("vCont;c").substr(0, 12), "T05thread:" + std::to_string(core) + ";");
      EXPECT_EQ(number(client.ask(kT0)), round);
    }
  at[0] = 'z';
  ASSERT_EQ(client.ask(at), "OK");
  EXPECT_EQ(client.ask(at), "E14") << "it is gone";
  client.ask("D");
  expectResults(2);
}

TEST_F(DebugServer, MemoryOfEachCore) {
  launch(2);
  Client client(path);
  ASSERT_TRUE(client.start());
  // The same address of two cores, by the tag and by the chosen thread.
  ASSERT_EQ(client.ask("M1000000200000,2:abcd"), "OK");
  ASSERT_EQ(client.ask("M2000000200000,2:1234"), "OK");
  EXPECT_EQ(client.ask("m1000000200000,2"), "abcd");
  EXPECT_EQ(client.ask("m2000000200000,2"), "1234");
  client.ask("Hg2");
  EXPECT_EQ(client.ask("m200000,2"), "1234");
  client.ask("Hg1");
  EXPECT_EQ(client.ask("m200000,2"), "abcd");
  EXPECT_EQ(client.ask("m0,4"), "E14");
  EXPECT_EQ(client.ask("mff000000200000,2"), "E14") << "there are no 255 cores";
  EXPECT_EQ(client.ask("M1000000,1:00"), "E14") << "code is read-only";
  client.ask("D");
  expectResults(2);
}

TEST_F(DebugServer, OtherClientsAreTurnedAway) {
  launch();
  Client client(path);
  ASSERT_TRUE(client.start());
  Client other(path);
  EXPECT_EQ(other.receive(), "(gone)");
  EXPECT_EQ(client.ask("qC"), "QC1");
  client.ask("D");
  expectResults();
}

TEST_F(DebugServer, AClientMayVanishAndAnotherCome) {
  launch(4, 2);
  {
    Client client(path);
    ASSERT_TRUE(client.start());
    ASSERT_EQ(client.ask("qRcmd," + debug::toHex("entry all")).substr(0, 1), "O");
    client.leave(); // in the middle of everything
  }
  Client next(path);
  if (next.start()) // the launches may be over by now
    next.leave();
  server->finish();
  expectResults();
}

TEST_F(DebugServer, StopsAtEachKernelWhenAsked) {
  launch(4, 3);
  Client client(path);
  ASSERT_TRUE(client.start());
  ASSERT_EQ(client.ask("qRcmd," + debug::toHex("entry all")).substr(0, 1), "O");
  EXPECT_EQ(client.receive(), "OK");
  EXPECT_EQ(client.ask("c").substr(0, 3), "T05");
  EXPECT_EQ(client.ask("c").substr(0, 3), "T05");
  client.sendRaw(debug::framePacket("c"));
  wait();
  server->finish();
  EXPECT_EQ(client.receive(), "W00");
  expectResults();
}

TEST_F(DebugServer, InterruptsALongKernel) {
  launch(1, 4000, 2000); // some seconds
  Client client(path);
  ASSERT_TRUE(client.start());
  client.sendRaw(debug::framePacket("c"));
  usleep(20000);
  client.sendRaw("\x03");
  EXPECT_EQ(client.receive().substr(0, 3), "T02");
  client.ask("D");
  expectResults(1);
}

// Whatever comes, the server answers or waits for a stop, and the kernels come to their end with the right results.
TEST_F(DebugServer, SurvivesNonsense) {
  const char *good[] = {"?",
                        "g",
                        "p0",
                        "P5=0000000000000000",
                        "m200000,10",
                        "M200000,1:00",
                        "Hg1",
                        "Hc-1",
                        "T1",
                        "Z0,1000100,4",
                        "z0,1000100,4",
                        "vCont?",
                        "qSupported",
                        "qXfer:features:read:target.xml:0,100",
                        "qfThreadInfo",
                        "jThreadsInfo",
                        "qMemoryRegionInfo:200000",
                        "qRcmd,636f726573",
                        "X200000,1:a",
                        "Z2,200000,4",
                        "qThreadStopInfo1",
                        "G00",
                        "vCont;",
                        "qXfer:memory-map:read::0,fff",
                        "H",
                        "Z",
                        "m",
                        "qRcmd,"};
  std::mt19937 random(7);
  launch(4, 1, 2000);
  Client client(path);
  ASSERT_TRUE(client.start());
  for (int i = 0; i < 3000; ++i) {
    std::string packet = good[random() % std::size(good)];
    for (unsigned changes = random() % 4; changes--;) {
      size_t at = random() % (packet.size() + 1);
      char c = "0123456789abcdef,;:-QqzZmMgG\x01\xff"[random() % 30];
      if (random() % 2)
        packet.insert(at, 1, c);
      else if (at < packet.size())
        packet[at] = c;
    }
    // These resume, leave or end the process; registers of the test's own result stay as they are.
    if (packet.empty() || strchr("csCSDkGP", packet[0]) || packet.starts_with("vC") || packet.starts_with("vK"))
      continue;
    std::string reply = client.ask(packet, 2000);
    ASSERT_NE(reply, "(none)") << packet;
    ASSERT_NE(reply, "(gone)") << packet;
    if (reply[0] == 'O' && reply != "OK")
      client.receive();
  }
  client.leave();
  wait();
}
