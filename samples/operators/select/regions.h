// regions.h: RoI align. The mean of the bilinear samples of a bin is a sum over rows of a sum over columns,
//
//   y[p][q] = sum over v of down[p][v] * (sum over u of across[q][u] * x[v][u])
//
// where the weights of a bin, down and across, are 0 but for the pixels around its samples. So a region is loaded once,
// column by column; its columns are added up to bins, then its rows.
#ifndef BANGOPS_SELECT_REGIONS_H
#define BANGOPS_SELECT_REGIONS_H

#include "common/device.h"
#include "select/select.h"

#include <cmath>

namespace bangops {

// The weights of the bins of a region along one direction: [bins][size].
struct BinWeights {
  float *weights;
  int size, first, end; // pixels that some bin needs

  __mlu_func__ void set(float start, float length, int bins, int samples, int pixels) {
    size = pixels;
    first = pixels;
    end = 0;
    __bang_write_zero(weights, bins * size);
    __sync_compute();
    const float last = static_cast<float>(size - 1), share = 1.0f / static_cast<float>(std::max(1, samples));
    for (int i = 0; i < bins * samples; ++i) {
      const int bin = i / samples;
      float at = start + length * (static_cast<float>(bin) + (static_cast<float>(i % samples) + 0.5f) * share);
      if (at < -1.0f || at > last + 1)
        continue;
      at = std::min(std::max(at, 0.0f), last);
      const int pixel = static_cast<int>(at);
      const float behind = at - static_cast<float>(pixel);
      float *w = weights + bin * size + pixel;
      w[0] += (1 - behind) * share;
      first = std::min(first, pixel);
      end = std::max(end, pixel + 1);
      if (behind > 0) {
        w[1] += behind * share;
        end = std::max(end, pixel + 2);
      }
    }
    first = std::min(first, end);
  }
};

// A tile is a region and some channels. Of a region that is larger than its buffer, the rest is loaded in compute().
template <class T> struct RoiAlignStage {
  static constexpr bool kDirect = std::is_same<T, float>::value;
  const RoiAlignPlan &plan;
  T *pixels[2], *out[2];             // [columns][rows][channels], [ph][pw][channels]
  float *wide, *bins, *turned, *sum; // bins: [pw][rows][channels], turned: [rows][pw][channels]
  BinWeights down[2], across[2];
  int64_t image[2];

  __mlu_func__ RoiAlignStage(const RoiAlignPlan &plan) : plan(plan) {
    Cutter cut;
    for (int i = 0; i < 2; ++i) {
      pixels[i] = cut.take<T>(plan.regionN);
      out[i] = cut.take<T>(plan.outN);
      down[i].weights = cut.take<float>(static_cast<int>(plan.ph * plan.h));
      across[i].weights = cut.take<float>(static_cast<int>(plan.pw * plan.w));
    }
    bins = cut.take<float>(plan.rowsN);
    turned = cut.take<float>(plan.rowsN);
    if (!kDirect) {
      wide = cut.take<float>(plan.regionN);
      sum = cut.take<float>(plan.outN);
    }
  }
  __mlu_func__ int64_t parts() const { return (plan.channels + plan.part - 1) / plan.part; }
  __mlu_func__ int64_t number(int tile) const { return taskId + static_cast<int64_t>(tile) * taskDim; }
  __mlu_func__ int firstChannel(int tile) const { return static_cast<int>(number(tile) % parts()) * plan.part; }
  __mlu_func__ int channels(int tile) const {
    return static_cast<int>(std::min<int64_t>(plan.part, plan.channels - firstChannel(tile)));
  }
  // Rows of the region that are loaded together.
  __mlu_func__ int rowsAtOnce(int tile) const {
    const BinWeights &x = across[tile % 2], &y = down[tile % 2];
    const int pixel = channels(tile), wide = std::max(1, x.end - x.first);
    const int fit = std::min(plan.regionN / (wide * pixel), plan.rowsN / (static_cast<int>(plan.pw) * pixel));
    return std::min(fit, y.end - y.first);
  }

  __mlu_func__ void choose(int tile) {
    float roi[5];
    const float *from = plan.rois + number(tile) / parts() * 5;
    for (int i = 0; i < 5; ++i)
      roi[i] = from[i];
    const float offset = plan.aligned ? 0.5f : 0.0f;
    const float x = roi[1] * plan.scale - offset, y = roi[2] * plan.scale - offset;
    float width = roi[3] * plan.scale - offset - x, height = roi[4] * plan.scale - offset - y;
    if (!plan.aligned) {
      width = std::max(width, 1.0f);
      height = std::max(height, 1.0f);
    }
    const int ph = static_cast<int>(plan.ph), pw = static_cast<int>(plan.pw);
    const float binWidth = width / static_cast<float>(pw), binHeight = height / static_cast<float>(ph);
    int samplesX = plan.sampling ? plan.sampling : std::max(0, static_cast<int>(std::ceil(binWidth)));
    int samplesY = plan.sampling ? plan.sampling : std::max(0, static_cast<int>(std::ceil(binHeight)));
    image[tile % 2] = static_cast<int64_t>(roi[0]);
    if (roi[0] < 0 || image[tile % 2] >= plan.images)
      samplesX = samplesY = 0;
    across[tile % 2].set(x, binWidth, pw, samplesX, static_cast<int>(plan.w));
    down[tile % 2].set(y, binHeight, ph, samplesY, static_cast<int>(plan.h));
  }
  __mlu_func__ void loadRows(int tile, int first, int rows) {
    const BinWeights &x = across[tile % 2];
    const int columns = x.end - x.first, pixel = channels(tile) * sizeof(T),
              next = static_cast<int>(plan.channels * sizeof(T));
    if (columns <= 0 || rows <= 0)
      return;
    const T *from = static_cast<const T *>(plan.x) +
                    ((image[tile % 2] * plan.h + first) * plan.w + x.first) * plan.channels + firstChannel(tile);
    __memcpy_async(pixels[tile % 2], from, pixel, GDRAM2NRAM, pixel, rows - 1, rows * pixel, columns - 1,
                   static_cast<int>(plan.w) * next, rows - 1, next, columns - 1);
  }
  __mlu_func__ void load(int tile) {
    choose(tile);
    loadRows(tile, down[tile % 2].first, rowsAtOnce(tile));
  }

  __mlu_func__ static float *asFloat(float *x, float *, int) { return x; }
  template <class U> __mlu_func__ static float *asFloat(U *x, float *wide, int n) {
    widen(wide, x, n);
    return wide;
  }
  // to[bin][n] += the sum over pixels from `begin` on of the bin's weight times from[pixel - begin][n]
  __mlu_func__ static void addUp(float *to, const float *from, const BinWeights &w, int bins, int begin, int end,
                                 int n) {
    for (int bin = 0; bin < bins; ++bin)
      for (int pixel = begin; pixel < end; ++pixel)
        if (const float weight = w.weights[bin * w.size + pixel]; weight != 0)
          __bang_fusion(FUSION_FMA, to + bin * n, from + (pixel - begin) * n, weight, to + bin * n, n, n);
  }
  __mlu_func__ void compute(int tile) {
    const BinWeights &x = across[tile % 2], &y = down[tile % 2];
    const int pixel = channels(tile), ph = static_cast<int>(plan.ph), pw = static_cast<int>(plan.pw);
    const int atOnce = rowsAtOnce(tile), line = pw * pixel, bytes = pixel * sizeof(float);
    float *result = kDirect ? reinterpret_cast<float *>(out[tile % 2]) : sum;
    __bang_write_zero(result, ph * line);
    for (int first = y.first; first < y.end && x.first < x.end; first += atOnce) {
      const int rows = std::min(atOnce, y.end - first), n = rows * pixel;
      if (first > y.first) {
        __sync_compute();
        loadRows(tile, first, rows);
        __sync_io();
      }
      const float *from = asFloat(pixels[tile % 2], wide, (x.end - x.first) * n);
      __bang_write_zero(bins, pw * n);
      addUp(bins, from, x, pw, x.first, x.end, n);
      __bang_move(turned, bins, bytes, bytes, pw - 1, line * sizeof(float), rows - 1, rows * bytes, pw - 1, bytes,
                  rows - 1);
      addUp(result, turned, y, ph, first, first + rows, line);
    }
    if (!kDirect)
      narrow(out[tile % 2], result, ph * line);
  }
  __mlu_func__ void store(int tile) {
    const int pixel = channels(tile) * sizeof(T), next = static_cast<int>(plan.channels * sizeof(T));
    const int64_t count = plan.ph * plan.pw;
    T *to = static_cast<T *>(plan.y) + number(tile) / parts() * count * plan.channels + firstChannel(tile);
    if (pixel == next)
      __memcpy_async(to, out[tile % 2], static_cast<int>(count) * pixel, NRAM2GDRAM);
    else
      __memcpy_async(to, out[tile % 2], pixel, NRAM2GDRAM, next, pixel, static_cast<int>(count) - 1);
  }
};

template <class T> __mlu_global__ void roiAlignKernel(RoiAlignPlan plan) {
  if (__is_mpu())
    return;
  RoiAlignStage<T> stage(plan);
  runPipeline(stage, tilesOfTask(plan.roiCount * stage.parts()));
}

} // namespace bangops

#endif // BANGOPS_SELECT_REGIONS_H
