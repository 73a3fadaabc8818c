// Server.cpp: connections.
#include "simulator/debug/Server.h"

#include <cerrno>
#include <cstdio>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace dlp::debug {

std::unique_ptr<Server> makeServer(std::string_view text, std::string &error) {
  std::optional<Place> place = parsePlace(text, error);
  return place ? std::make_unique<Server>(*place) : nullptr;
}

Server::Server(Place place)
    : place(std::move(place)), target([this] { open(); }, [this](const Stop &stop) { announce(stop); }) {}

// The device thread at the first launch, with the target's lock.
void Server::open() {
  if (std::string error = listener.listen(place); !error.empty()) {
    std::fprintf(stderr, "error: the debug server %s; the program runs without it\n", error.c_str());
    target.end(); // the caller has the lock
    return;
  }
  if (place.path.empty())
    std::fprintf(stderr, "the program waits for a debugger at 127.0.0.1:%u (lldb: gdb-remote %u)\n", listener.port(),
                 listener.port());
  thread = std::thread([this] { serve(); });
}

void Server::finish() {
  {
    auto lock = target.lock();
    if (connection >= 0 && expectsStop)
      send("W00");
    target.end();
    if (connection >= 0)
      shutdown(connection, SHUT_RDWR);
    listener.close();
  }
  if (thread.joinable())
    thread.join();
}

void Server::serve() {
  while (true) {
    int client = listener.accept();
    if (client < 0)
      return;
    converse(client);
    auto lock = target.lock();
    expectsStop = false;
    connection = -1;
    close(client);
    target.detach(lock);
  }
}

// One session per program: another debugger is turned away at once. False when the listener is closed.
bool Server::refuseOthers(int client) {
  pollfd handles[] = {{client, POLLIN, 0}, {listener.handle(), POLLIN, 0}};
  while (true) {
    if (poll(handles, 2, -1) < 0 && errno != EINTR)
      return false;
    if (handles[0].revents) // first: it may have gone, and the other come after it
      return true;
    if (handles[1].revents & POLLIN) {
      int other = listener.accept();
      if (other < 0)
        return false;
      close(other);
    } else if (handles[1].revents) {
      return false;
    }
  }
}

void Server::converse(int client) {
  {
    auto lock = target.lock();
    connection = client;
    acknowledges = true;
    expectsStop = isLldb = leaving = false;
    target.tellEnds(false);
    focusThread = stepThread = 0;
    wayBack = Target::Back::No;
    lastSent.clear();
    if (!target.attach(lock))
      return;
  }
  PacketReader reader;
  char bytes[16 * 1024];
  while (refuseOthers(client)) {
    ssize_t count = recv(client, bytes, sizeof bytes, 0);
    if (count < 0 && errno == EINTR)
      continue;
    if (count <= 0)
      return;
    reader.feed({bytes, size_t(count)});
    while (auto incoming = reader.next()) {
      auto lock = target.lock();
      switch (incoming->kind) {
      case Incoming::Interrupt:
        if (!target.isStopped())
          target.interrupt();
        continue;
      case Incoming::Repeat:
        sendAll(client, lastSent);
        continue;
      case Incoming::Damaged:
        if (acknowledges)
          sendAll(client, "-");
        else
          send("E01");
        continue;
      case Incoming::Packet:
        break;
      }
      if (acknowledges)
        sendAll(client, "+");
      if (auto text = answer(incoming->text))
        send(*text);
      if (leaving)
        return;
    }
  }
}

void Server::announce(const Stop &stop) {
  focusThread = stop.thread;
  if (!std::exchange(expectsStop, false))
    return;
  // lldb shows the text of a stop; gdb knows signals only.
  if (!isLldb && (stop.kind == StopKind::Fault || stop.kind == StopKind::Finding || stop.kind == StopKind::Idle))
    send("O" + toHex(stop.text + "\n"));
  send(stopReply(stop.thread));
}

void Server::send(std::string_view text) {
  lastSent = framePacket(text);
  sendAll(connection, lastSent); // a client that is gone is noticed when its next packet is read
}

} // namespace dlp::debug
