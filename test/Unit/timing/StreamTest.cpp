// StreamTest.cpp: what goes into a stream comes out, in 8 bytes for each event or less.
#include "simulator/timing/Stream.h"

#include <gtest/gtest.h>

using namespace dlp::timing;

namespace {

// Reads all events behind `position`.
std::vector<Event> eventsOf(const Stream &stream, uint64_t position) {
  std::vector<Event> events;
  for (Event event; position != stream.end(); events.push_back(event))
    if (!stream.read(position, event, position))
      break;
  return events;
}

Event work(uint32_t site, double scalar, uint64_t bytes) {
  Event event;
  event.kind = Event::Work;
  event.site = site;
  event.scalar = scalar;
  event.start = 100.25;
  event.bytes = bytes;
  return event;
}

Event numbered(Event::Kind kind, uint32_t group, uint32_t ticket) {
  Event event;
  event.kind = kind;
  event.group = group;
  event.ticket = ticket;
  return event;
}

class StreamTest : public ::testing::Test {
protected:
  StreamTest() { stream.use(shapes); }
  std::shared_ptr<Shapes> shapes = std::make_shared<Shapes>();
  Stream stream;
};

TEST_F(StreamTest, eventsComeBack) {
  std::vector<Event> events = {work(1, 3, 64),
                               work(1, 70000, 64),
                               work(2, 0, 65),
                               numbered(Event::Meet, 7, 4),
                               numbered(Event::Meet, 8, 4),
                               numbered(Event::Arrive, 0, 3),
                               numbered(Event::Lock, 5, 100000),
                               work(1, 3, 64)};
  for (const Event &event : events)
    stream.add(event);
  EXPECT_EQ(eventsOf(stream, 0), events);
  EXPECT_EQ(shapes->size(), 5u); // two of work; a meeting, an arrival and a lock without their numbers
}

TEST_F(StreamTest, cyclesWithoutRoomGoBefore) {
  Event lock = numbered(Event::Lock, 0, 2);
  lock.scalar = 50;
  stream.add(lock);
  stream.add(work(1, 10e9, 64));
  double cycles = 0;
  for (const Event &event : eventsOf(stream, 0))
    cycles += event.scalar;
  EXPECT_EQ(cycles, 50 + 10e9);
}

TEST_F(StreamTest, reservedEventsAreUnknownUntilResolved) {
  stream.add(work(1, 0, 64));
  const uint64_t position = stream.reserve();
  stream.add(work(1, 0, 64));
  EXPECT_EQ(eventsOf(stream, 0).size(), 1u);
  stream.resolve(position, work(3, 12, 128));
  EXPECT_EQ(eventsOf(stream, 0)[1], work(3, 12, 128));
  EXPECT_EQ(eventsOf(stream, 0).size(), 3u);
}

TEST_F(StreamTest, dropsWhatIsOver) {
  for (int i = 0; i < 10; ++i)
    stream.add(work(1, i, 64));
  Event event;
  uint64_t next = 0;
  ASSERT_TRUE(stream.read(0, event, next));
  EXPECT_EQ(stream.dropBefore(next), next);
  EXPECT_EQ(stream.begin(), next);
  EXPECT_EQ(eventsOf(stream, next).size(), 9u);
  EXPECT_EQ(eventsOf(stream, next)[0].scalar, 1);
}

// 100000 different events, of which the last few are left.
TEST_F(StreamTest, changesToFewerShapes) {
  uint64_t last = 0;
  for (int i = 0; i < 100000; ++i) {
    last = i == 99990 ? stream.end() : last;
    stream.add(work(1, i % 3 * 40000, 64 + uint64_t(i)));
  }
  const uint64_t reserved = stream.reserve();
  stream.dropBefore(last);
  const std::vector<Event> before = eventsOf(stream, last);
  ASSERT_EQ(before.size(), 10u);
  auto fresh = std::make_shared<Shapes>();
  stream.changeTo(fresh);
  EXPECT_EQ(eventsOf(stream, last), before);
  EXPECT_EQ(fresh->size(), 10u);
  stream.resolve(reserved, work(9, 1, 1));
  EXPECT_EQ(eventsOf(stream, last).back(), work(9, 1, 1));
}

TEST_F(StreamTest, eventsOfLoopsTakeFewBytes) {
  constexpr int kRounds = 10000;
  for (int i = 0; i < kRounds; ++i) {
    stream.resolve(stream.reserve(), work(1, 20, 4096));
    stream.add(work(2, 12, 0));
    stream.add(numbered(Event::Sync, 7, 0));
    stream.add(numbered(Event::Meet, uint32_t(i), 4));
  }
  EXPECT_EQ(stream.end() * 4, uint64_t(kRounds) * (8 + 4 + 4 + 4));
  EXPECT_EQ(shapes->size(), 4u);
}

} // namespace
