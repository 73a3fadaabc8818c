// training.h: LeNet and its training in plain C++ on the host. The card gets the weights that come out of it.
//
// Images are channel by channel. A convolution is a product with the matrix of windows, which has a row for each tap and
// a column for each pixel of the result.
#ifndef SAMPLES_LENET_INFERENCE_TRAINING_H
#define SAMPLES_LENET_INFERENCE_TRAINING_H

#include "../mlp_digits/digits.h"

#include <cstdio>
#include <cstring>

// out[m][p] += w[m][k] * x[k][p], all row by row; the inner loop runs along memory.
inline void addProduct(float *out, const float *w, const float *x, int m, int k, int p) {
  for (int i = 0; i < m; ++i)
    for (int l = 0; l < k; ++l) {
      const float factor = w[i * k + l], *from = x + l * p;
      float *to = out + i * p;
      for (int j = 0; j < p; ++j)
        to[j] += factor * from[j];
    }
}
// x[k][p] += sum over m of w[m][k] * d[m][p], and w'[m][k] += sum over p of d[m][p] * x[k][p]: both gradients.
inline void addTransposed(float *x, const float *w, const float *d, int m, int k, int p) {
  for (int i = 0; i < m; ++i)
    for (int l = 0; l < k; ++l)
      for (int j = 0; j < p; ++j)
        x[l * p + j] += w[i * k + l] * d[i * p + j];
}
inline void addGradient(float *dw, const float *d, const float *x, int m, int k, int p) {
  for (int i = 0; i < m; ++i)
    for (int l = 0; l < k; ++l) {
      float lanes[8] = {}, sum = 0;  // eight sums at once, which a compiler may not make of one
      int j = 0;
      for (; j + 8 <= p; j += 8)
        for (int v = 0; v < 8; ++v)
          lanes[v] += d[i * p + j + v] * x[l * p + j + v];
      for (; j < p; ++j)
        sum += d[i * p + j] * x[l * p + j];
      for (float lane : lanes)
        sum += lane;
      dw[i * k + l] += sum;
    }
}

// A convolution, relu, and a maximum pool of 2 x 2; or, with a window of 1 x 1 on one pixel, a fully connected layer.
struct Layer {
  int in, side, out, window, pad;
  bool pool, relu;
  int reached, taps, pixels, pooled;
  std::vector<float> w, b, dw, db, vw, vb;                    // weights: [out][channel][i][j]
  std::vector<float> windows, sums, result, dResult, dInput;  // of one image
  std::vector<int> where;

  Layer(int in, int side, int out, int window, int pad, bool pool, bool relu)
      : in(in), side(side), out(out), window(window), pad(pad), pool(pool), relu(relu), reached(side + 2 * pad - window + 1),
        taps(in * window * window), pixels(reached * reached), pooled(pool ? reached / 2 : reached), w(out * taps), b(out),
        dw(w.size()), db(b.size()), vw(w.size()), vb(b.size()), windows(taps * pixels), sums(out * pixels),
        result(out * pooled * pooled), dResult(result.size()), dInput(in * side * side), where(result.size()) {}

  template <class Visit> void eachTap(Visit visit) const {
    for (int c = 0; c < in; ++c)
      for (int i = 0; i < window; ++i)
        for (int j = 0; j < window; ++j)
          for (int y = 0; y < reached; ++y)
            for (int x = 0; x < reached; ++x) {
              const int row = y + i - pad, column = x + j - pad;
              const bool inside = row >= 0 && row < side && column >= 0 && column < side;
              visit((((c * window + i) * window) + j) * pixels + y * reached + x, inside ? (c * side + row) * side + column : -1);
            }
  }
  const std::vector<float> &forward(const float *x) {
    eachTap([&](int tap, int place) { windows[tap] = place < 0 ? 0 : x[place]; });
    for (int i = 0; i < out; ++i)
      std::fill_n(&sums[i * pixels], pixels, b[i]);
    addProduct(sums.data(), w.data(), windows.data(), out, taps, pixels);
    if (relu)
      for (float &v : sums)
        v = std::max(v, 0.0f);
    for (size_t r = 0; r < result.size(); ++r) {
      const int c = static_cast<int>(r) / (pooled * pooled), y = static_cast<int>(r) / pooled % pooled, x0 = static_cast<int>(r) % pooled;
      int best = -1;
      for (int i = 0; i < (pool ? 4 : 1); ++i) {
        const int place = pool ? (c * reached + 2 * y + i / 2) * reached + 2 * x0 + i % 2 : static_cast<int>(r);
        if (best < 0 || sums[place] > sums[best])
          best = place;
      }
      where[r] = best;
      result[r] = sums[best];
    }
    return result;
  }
  // From dResult to dInput; adds to the gradients of weights and biases.
  void backward() {
    std::vector<float> d(sums.size()), dWindows(windows.size());
    for (size_t r = 0; r < result.size(); ++r)
      if (!relu || result[r] > 0)
        d[where[r]] += dResult[r];
    for (int i = 0; i < out; ++i)
      for (int p = 0; p < pixels; ++p)
        db[i] += d[i * pixels + p];
    addGradient(dw.data(), d.data(), windows.data(), out, taps, pixels);
    addTransposed(dWindows.data(), w.data(), d.data(), out, taps, pixels);
    std::fill(dInput.begin(), dInput.end(), 0.0f);
    eachTap([&](int tap, int place) {
      if (place >= 0)
        dInput[place] += dWindows[tap];
    });
  }
  void step(float rate, float momentum) {
    const auto update = [&](std::vector<float> &value, std::vector<float> &gradient, std::vector<float> &velocity) {
      for (size_t i = 0; i < value.size(); ++i) {
        velocity[i] = momentum * velocity[i] + gradient[i];
        value[i] -= rate * velocity[i];
        gradient[i] = 0;
      }
    };
    update(w, dw, vw);
    update(b, db, vb);
  }
};

struct LeNet {
  std::vector<Layer> layers = {{1, 28, 6, 5, 2, true, true},
                               {6, 14, 16, 5, 0, true, true},
                               {400, 1, 120, 1, 0, false, true},
                               {120, 1, 84, 1, 0, false, true},
                               {84, 1, 10, 1, 0, false, false}};
  std::vector<float> largest = std::vector<float>(5, 1e-6f);  // input of each layer, for the quantisation

  explicit LeNet(uint64_t seed) {
    Random random(seed);
    for (Layer &layer : layers)
      for (float &v : layer.w) {
        const double range = std::sqrt(6.0 / (layer.taps + layer.out));
        v = static_cast<float>(random.in(-range, range));
      }
  }
  const std::vector<float> &forward(const float *pixels) {
    const float *x = pixels;
    for (Layer &layer : layers)
      x = layer.forward(x).data();
    return layers.back().result;
  }
  float train(const Digits &digits, int epochs) {
    const int batch = 20, count = static_cast<int>(digits.labels.size());
    double mean = 0;
    for (int epoch = 0; epoch < epochs; ++epoch) {
      mean = 0;
      for (int i = 0; i < count; ++i) {
        const std::vector<float> &logits = forward(&digits.pixels[static_cast<size_t>(i) * kPixels]);
        const float top = *std::max_element(logits.begin(), logits.end());
        float sum = 0;
        for (float v : logits)
          sum += std::exp(v - top);
        for (int k = 0; k < kClasses; ++k)
          layers.back().dResult[k] = (std::exp(logits[k] - top) / sum - (k == digits.labels[i])) / batch;
        mean += (std::log(sum) + top - logits[digits.labels[i]]) / count;
        for (size_t l = layers.size(); l-- > 0;) {
          layers[l].backward();
          if (l > 0)
            layers[l - 1].dResult = layers[l].dInput;
        }
        if (i % batch == batch - 1)
          for (Layer &layer : layers)
            layer.step(0.01f, 0.9f);
      }
      printf("epoch %d: mean loss %.4f\n", epoch + 1, mean);
      fflush(stdout);
    }
    return static_cast<float>(mean);
  }
  // The largest input of each layer over some digits.
  void calibrate(const Digits &digits, int count) {
    for (int i = 0; i < count; ++i) {
      forward(&digits.pixels[static_cast<size_t>(i) * kPixels]);
      for (int p = 0; p < kPixels; ++p)
        largest[0] = std::max(largest[0], digits.pixels[static_cast<size_t>(i) * kPixels + p]);
      for (size_t l = 1; l < layers.size(); ++l)
        for (float v : layers[l - 1].result)
          largest[l] = std::max(largest[l], v);
    }
  }
};

#endif  // SAMPLES_LENET_INFERENCE_TRAINING_H
