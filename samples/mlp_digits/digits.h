// digits.h: pictures of digits, drawn from strokes with a different hand for each: turned, slanted, shifted, thick or
// thin, with noise. A seed gives the same pictures everywhere.
#ifndef SAMPLES_MLP_DIGITS_DIGITS_H
#define SAMPLES_MLP_DIGITS_DIGITS_H

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

constexpr int kSide = 28, kPixels = kSide * kSide, kClasses = 10;

struct Random {
  uint64_t state;
  explicit Random(uint64_t seed) : state(seed * 2862933555777941757u + 3037000493u) {}
  double next() {  // 0 ... 1
    state = state * 6364136223846793005u + 1442695040888963407u;
    return static_cast<double>(state >> 40) / (1 << 24);
  }
  double in(double low, double high) { return low + (high - low) * next(); }
  int below(int n) { return static_cast<int>(next() * n); }
};

struct Point {
  double x, y;
};
using Stroke = std::vector<Point>;

// The strokes of a digit in a box of -1 ... 1, y downward.
inline std::vector<Stroke> strokesOf(int digit) {
  const auto arc = [](double cx, double cy, double rx, double ry, double from, double to) {
    Stroke s;
    for (int i = 0; i <= 12; ++i) {
      const double angle = (from + (to - from) * i / 12) * 3.14159265358979323846 / 180;
      s.push_back({cx + rx * std::cos(angle), cy + ry * std::sin(angle)});
    }
    return s;
  };
  switch (digit) {
  case 0: return {arc(0, 0, 0.6, 0.95, 0, 360)};
  case 1: return {{{-0.35, -0.55}, {0.1, -0.95}, {0.1, 0.95}}};
  case 2: {
    Stroke s = arc(0, -0.45, 0.55, 0.5, 190, 380);
    s.push_back({-0.6, 0.95});
    s.push_back({0.65, 0.95});
    return {s};
  }
  case 3: return {arc(-0.05, -0.48, 0.5, 0.46, 200, 450), arc(-0.05, 0.46, 0.58, 0.49, 270, 520)};
  case 4: return {{{0.3, 0.95}, {0.3, -0.95}, {-0.65, 0.35}, {0.65, 0.35}}};
  case 5: {
    Stroke s = {{0.55, -0.95}, {-0.45, -0.95}, {-0.5, -0.1}};
    for (const Point &p : arc(-0.05, 0.35, 0.6, 0.58, 230, 510))
      s.push_back(p);
    return {s};
  }
  case 6: {
    Stroke s = {{0.4, -0.95}, {-0.1, -0.6}, {-0.5, 0.1}};
    for (const Point &p : arc(0, 0.42, 0.55, 0.53, 190, 550))
      s.push_back(p);
    return {s};
  }
  case 7: return {{{-0.6, -0.9}, {0.6, -0.9}, {-0.15, 0.95}}};
  case 8: return {arc(0, -0.48, 0.48, 0.46, 0, 360), arc(0, 0.47, 0.58, 0.48, 0, 360)};
  default: {
    Stroke s = arc(0, -0.42, 0.55, 0.52, 0, 360);
    s.push_back({0.45, 0.2});
    s.push_back({0.1, 0.95});
    return {s};
  }
  }
}

inline double distance(Point p, Point a, Point b) {
  const double dx = b.x - a.x, dy = b.y - a.y, length = dx * dx + dy * dy;
  const double t = length > 0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / length, 0.0, 1.0) : 0;
  return std::hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
}

// One picture with values 0 ... 1.
inline void drawDigit(int digit, Random &random, float *pixels) {
  const double angle = random.in(-0.3, 0.3), slant = random.in(-0.3, 0.3), width = random.in(5, 9), height = random.in(7, 10.5);
  const double x0 = 13.5 + random.in(-3, 3), y0 = 13.5 + random.in(-2.5, 2.5), pen = random.in(0.7, 1.6);
  std::vector<Stroke> strokes = strokesOf(digit);
  for (Stroke &stroke : strokes) {
    const double wobbleX = random.in(-0.8, 0.8), wobbleY = random.in(-0.8, 0.8);
    for (Point &p : stroke) {
      const double x = p.x * width + slant * p.y * height + wobbleX, y = p.y * height + wobbleY;
      p = {x0 + x * std::cos(angle) - y * std::sin(angle), y0 + x * std::sin(angle) + y * std::cos(angle)};
    }
  }
  for (int i = 0; i < kPixels; ++i) {
    double nearest = 100;
    for (const Stroke &stroke : strokes)
      for (size_t k = 1; k < stroke.size(); ++k)
        nearest = std::min(nearest, distance({double(i % kSide), double(i / kSide)}, stroke[k - 1], stroke[k]));
    const double ink = std::clamp(1.2 + pen - nearest, 0.0, 1.0);
    pixels[i] = static_cast<float>(std::clamp(ink + random.in(-0.25, 0.25), 0.0, 1.0));
  }
}

struct Digits {
  std::vector<float> pixels;
  std::vector<int32_t> labels;
  Digits(int count, uint64_t seed) : pixels(static_cast<size_t>(count) * kPixels), labels(count) {
    Random random(seed);
    for (int i = 0; i < count; ++i) {
      labels[i] = random.below(kClasses);
      drawDigit(labels[i], random, &pixels[static_cast<size_t>(i) * kPixels]);
    }
  }
};

#endif  // SAMPLES_MLP_DIGITS_DIGITS_H
