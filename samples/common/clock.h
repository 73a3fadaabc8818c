// clock.h: whose time it is that two notifiers measure.
#ifndef SAMPLES_COMMON_CLOCK_H
#define SAMPLES_COMMON_CLOCK_H

#include <cstdlib>
#include <cstring>

// With BANG_TIMING notifiers tell the time of the model of a card, else the time that the host took to simulate it.
inline bool clockIsModel() {
  const char *timing = getenv("BANG_TIMING");
  return timing && *timing && strcmp(timing, "0") != 0;
}

#endif // SAMPLES_COMMON_CLOCK_H
