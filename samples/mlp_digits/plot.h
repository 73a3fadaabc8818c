// plot.h: the picture of a run: the loss of each step, and digits of the test with what the network took them for.
#ifndef SAMPLES_MLP_DIGITS_PLOT_H
#define SAMPLES_MLP_DIGITS_PLOT_H

#include "../common/png.h"
#include "digits.h"

#include <string>

class Plot {
public:
  Plot() : picture(680, 470) {}

  void curve(const std::vector<float> &losses) {
    const int left = 50, top = 20, width = 610, height = 280;
    const double most = std::max(2.5, static_cast<double>(*std::max_element(losses.begin(), losses.end())));
    const auto placeX = [&](double step) { return left + step * width / std::max<double>(1, losses.size() - 1.0); };
    const auto placeY = [&](double loss) { return top + height - loss * height / most; };
    for (double loss = 0; loss <= most; loss += 0.5) {
      line({double(left), placeY(loss)}, {double(left + width), placeY(loss)}, 0.5, 225, 225, 225);
      number(left - 34, placeY(loss) - 6, static_cast<int>(loss), 12);
      picture.set(left - 21, static_cast<int>(placeY(loss)) + 5, 60, 60, 60);
      number(left - 18, placeY(loss) - 6, static_cast<int>(loss * 10) % 10, 12);
    }
    const size_t unit = losses.size() < 200 ? 10 : losses.size() / 250 * 50 + 50;
    for (size_t step = 0; step < losses.size(); step += unit) {
      line({placeX(step), double(top)}, {placeX(step), double(top + height)}, 0.5, 225, 225, 225);
      number(placeX(step) - 10, top + height + 8, static_cast<int>(step), 12);
    }
    for (size_t i = 1; i < losses.size(); ++i)
      line({placeX(i - 1.0), placeY(losses[i - 1])}, {placeX(i), placeY(losses[i])}, 0.5, 170, 195, 235);
    // The mean of ten neighbours.
    Point before{};
    for (size_t i = 0; i < losses.size(); ++i) {
      double sum = 0;
      const size_t first = i < 5 ? 0 : i - 5, last = std::min(losses.size(), i + 5);
      for (size_t k = first; k < last; ++k)
        sum += losses[k];
      const Point here = {placeX(i), placeY(sum / (last - first))};
      if (i)
        line(before, here, 1.1, 20, 70, 170);
      before = here;
    }
  }

  // Up to 10 pictures; the number below each is green when it is right.
  void examples(const Digits &digits, const std::vector<int32_t> &found) {
    for (size_t i = 0; i < std::min<size_t>(10, found.size()); ++i) {
      const int left = 52 + static_cast<int>(i) * 61, top = 350;
      for (int p = 0; p < 4 * kPixels; ++p) {
        const int x = p % (2 * kSide), y = p / (2 * kSide);
        const auto grey = static_cast<uint8_t>(255 - 255 * digits.pixels[i * kPixels + y / 2 * kSide + x / 2]);
        picture.set(left + x, top + y, grey, grey, grey);
      }
      const bool right = found[i] == digits.labels[i];
      number(left + 20, top + 64, found[i], 22, right ? 0 : 200, right ? 130 : 0, 0);
    }
  }

  bool write(const std::string &path) const { return PngFile::write(path, picture); }

private:
  void line(Point a, Point b, double pen, uint8_t red, uint8_t green, uint8_t blue) {
    for (int y = static_cast<int>(std::min(a.y, b.y) - 2); y <= std::max(a.y, b.y) + 2; ++y)
      for (int x = static_cast<int>(std::min(a.x, b.x) - 2); x <= std::max(a.x, b.x) + 2; ++x)
        if (distance({double(x), double(y)}, a, b) <= pen)
          picture.set(x, y, red, green, blue);
  }
  void number(double x, double y, int value, double height, uint8_t red = 60, uint8_t green = 60, uint8_t blue = 60) {
    for (char c : std::to_string(value)) {
      for (const Stroke &stroke : strokesOf(c - '0'))
        for (size_t k = 1; k < stroke.size(); ++k) {
          const auto place = [&](Point p) { return Point{x + height * (0.3 + 0.4 * p.x), y + height * (0.5 + 0.5 * p.y)}; };
          line(place(stroke[k - 1]), place(stroke[k]), height / 20, red, green, blue);
        }
      x += height * 0.72;
    }
  }
  Picture picture;
};

#endif  // SAMPLES_MLP_DIGITS_PLOT_H
