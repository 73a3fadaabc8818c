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

// The weights of the bins of a region along one direction: [bins][size]. A bin needs the pixels from begins[bin] on, up
// to ends[bin]; all bins together those from first to end.
struct BinWeights {
  float *weights;
  int *begins, *ends;
  int size, first, end;

  __mlu_func__ void take(Cutter &cut, int bins, int pixels) {
    weights = cut.take<float>(bins * pixels);
    begins = cut.take<int>(bins);
    ends = cut.take<int>(bins);
    size = pixels;
  }
  __mlu_func__ void set(float start, float length, int bins, int samples) {
    first = size;
    end = 0;
    __bang_write_zero(weights, bins * size);
    __sync_compute();
    const float last = static_cast<float>(size - 1), share = 1.0f / static_cast<float>(std::max(1, samples));
    for (int bin = 0; bin < bins; ++bin) {
      float *w = weights + bin * size;
      int begin = size, behind = 0;
      for (int i = 0; i < samples; ++i) {
        float at = start + length * (static_cast<float>(bin) + (static_cast<float>(i) + 0.5f) * share);
        if (at < -1.0f || at > last + 1)
          continue;
        at = std::min(std::max(at, 0.0f), last);
        const int pixel = static_cast<int>(at);
        const float part = at - static_cast<float>(pixel);
        w[pixel] += (1 - part) * share;
        if (part > 0)
          w[pixel + 1] += part * share;
        begin = std::min(begin, pixel);
        behind = pixel + (part > 0 ? 2 : 1);
      }
      begins[bin] = begin;
      ends[bin] = behind;
      first = std::min(first, begin);
      end = std::max(end, behind);
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
  float *roi[2];
  int64_t image[2];

  __mlu_func__ RoiAlignStage(const RoiAlignPlan &plan) : plan(plan) {
    Cutter cut;
    for (int i = 0; i < 2; ++i) {
      pixels[i] = cut.take<T>(plan.regionN);
      out[i] = cut.take<T>(plan.outN);
      down[i].take(cut, static_cast<int>(plan.ph), static_cast<int>(plan.h));
      across[i].take(cut, static_cast<int>(plan.pw), static_cast<int>(plan.w));
      roi[i] = cut.take<float>(5);
    }
    bins = cut.take<float>(plan.rowsN);
    turned = cut.take<float>(plan.rowsN);
    if (!kDirect) {
      wide = cut.take<float>(plan.regionN);
      sum = cut.take<float>(plan.outN);
    }
    loadRoi(0);
    __sync();
  }
  __mlu_func__ void loadRoi(int tile) {
    if (number(tile) < plan.roiCount * parts())
      __memcpy_async(roi[tile % 2], plan.rois + number(tile) / parts() * 5, 5 * sizeof(float), GDRAM2NRAM);
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
    const float *roi = this->roi[tile % 2];
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
    across[tile % 2].set(x, binWidth, pw, samplesX);
    down[tile % 2].set(y, binHeight, ph, samplesY);
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
    loadRoi(tile + 1);
  }

  __mlu_func__ static float *asFloat(float *x, float *, int) { return x; }
  template <class U> __mlu_func__ static float *asFloat(U *x, float *wide, int n) {
    widen(wide, x, n);
    return wide;
  }
  // to[bin][n] += the sum over pixels from `begin` on of the bin's weight times from[pixel - begin][n]
  __mlu_func__ static void addUp(float *to, const float *from, const BinWeights &w, int bins, int begin, int end,
                                 int n) {
    for (int bin = 0; bin < bins; ++bin) {
      const float *weights = w.weights + bin * w.size;
      const int last = std::min(end, w.ends[bin]);
      for (int pixel = std::max(begin, w.begins[bin]); pixel < last; ++pixel)
        __bang_fusion(FUSION_FMA, to + bin * n, from + (pixel - begin) * n, weights[pixel], to + bin * n, n, n);
    }
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
