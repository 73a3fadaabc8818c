// host.cpp: descriptors, the handle with its scratch memory, refusals.
#include "common/host.h"
#include "common/device_constants.h"

#include <algorithm>
#include <numeric>

namespace bangops {

static thread_local std::string lastError;

void refuse(const std::string &text) { throw Refusal{BANGOPS_STATUS_BAD_PARAM, text}; }
void notSupported(const std::string &text) { throw Refusal{BANGOPS_STATUS_NOT_SUPPORTED, text}; }
void expect(bool condition, const std::string &text) {
  if (!condition)
    refuse(text);
}
void checkRuntime(cnrtRet_t code, const char *what) {
  if (code != cnrtSuccess)
    throw Refusal{code == cnrtErrorNoMem ? BANGOPS_STATUS_ALLOC_FAILED : BANGOPS_STATUS_EXECUTION_FAILED,
                  std::string(what) + ": " + cnrtGetErrorStr(code)};
}
bangopsStatus_t report(const char *function, const Refusal &refusal) {
  lastError = std::string(function) + ": " + refusal.text;
  return refusal.status;
}

int64_t elements(const std::vector<int64_t> &dims) {
  return std::accumulate(dims.begin(), dims.end(), int64_t(1), std::multiplies<int64_t>());
}
size_t elementBytes(bangopsDataType_t dtype) {
  return dtype == BANGOPS_DTYPE_I8 ? 1 : dtype == BANGOPS_DTYPE_F32 || dtype == BANGOPS_DTYPE_I32 ? 4 : 2;
}
const char *dtypeName(bangopsDataType_t dtype) {
  static const char *const names[] = {"f32", "f16", "bf16", "i32", "i8"};
  return names[dtype];
}
bool isFloat(bangopsDataType_t dtype) { return dtype <= BANGOPS_DTYPE_BF16; }
std::vector<int64_t> denseStrides(const std::vector<int64_t> &dims) {
  std::vector<int64_t> strides(dims.size());
  int64_t step = 1;
  for (size_t d = dims.size(); d-- > 0; step *= dims[d])
    strides[d] = step;
  return strides;
}
bool isDense(const Tensor &t) {
  const std::vector<int64_t> dense = denseStrides(t.dims);
  for (size_t d = 0; d < t.dims.size(); ++d)
    if (t.dims[d] > 1 && t.strides[d] != dense[d])
      return false;
  return true;
}
std::string shapeText(const std::vector<int64_t> &dims) {
  std::string text = "[";
  for (size_t d = 0; d < dims.size(); ++d)
    text += (d ? ", " : "") + std::to_string(dims[d]);
  return text + "]";
}

const Tensor &tensor(bangopsTensorDescriptor_t desc, const char *name) {
  expect(desc != nullptr, std::string("the descriptor of ") + name + " is a null pointer");
  return *desc;
}
void expectHandle(bangopsHandle_t handle) { expect(handle != nullptr, "the handle is a null pointer"); }
void expectData(const Tensor &t, const void *data, const char *name) {
  expect(data != nullptr || elements(t) == 0, std::string(name) + " is a null pointer");
}
void expectShape(const Tensor &t, const char *name, const std::vector<int64_t> &dims) {
  expect(t.dims == dims, std::string(name) + " has the shape " + shapeText(t.dims) + ", expected " + shapeText(dims));
}
void expectDtype(const Tensor &t, const char *name, bangopsDataType_t dtype) {
  expect(t.dtype == dtype,
         std::string(name) + " has elements of " + dtypeName(t.dtype) + ", expected " + dtypeName(dtype));
}
void expectFloat(const Tensor &t, const char *name) {
  expect(isFloat(t.dtype),
         std::string(name) + " has elements of " + dtypeName(t.dtype) + ", expected f32, f16 or bf16");
}
void expectWritable(const Tensor &t, const char *name) {
  if (elements(t) == 0)
    return;
  for (size_t d = 0; d < t.dims.size(); ++d)
    expect(t.dims[d] <= 1 || t.strides[d] > 0,
           std::string(name) + " repeats dimension " + std::to_string(d) + ", but it is written");
}

Tensor broadcast(const Tensor &t, const char *name, const std::vector<int64_t> &dims) {
  const std::string text = std::string(name) + " has the shape " + shapeText(t.dims) + ", expected " + shapeText(dims) +
                           " or one with dimensions of 1";
  expect(t.dims.size() <= dims.size(), text);
  Tensor wide = t;
  const size_t missing = dims.size() - t.dims.size();
  wide.dims = dims;
  wide.strides.assign(dims.size(), 0);
  for (size_t d = 0; d < t.dims.size(); ++d) {
    expect(t.dims[d] == dims[missing + d] || t.dims[d] == 1, text);
    if (t.dims[d] == dims[missing + d])
      wide.strides[missing + d] = t.strides[d];
  }
  return wide;
}
Tensor permuted(const Tensor &t, const std::vector<int> &order) {
  Tensor result = t;
  for (size_t d = 0; d < order.size(); ++d) {
    result.dims[d] = t.dims[order[d]];
    result.strides[d] = t.strides[order[d]];
  }
  return result;
}

constexpr size_t kWorkspaceLine = 128; // blocks of it begin at whole lines

// One block behind the other. Work on a queue is in order, so a call that holds no block begins at the front again.
void Scratch::cutFromWorkspace(size_t bytes) {
  const auto used = [](const Block &block) { return block.used; };
  if (std::none_of(handle->blocks.begin(), handle->blocks.end(), used)) {
    handle->blocks.clear();
    handle->workspaceCut = 0;
  }
  const size_t end = handle->workspaceCut + bytes;
  if (!handle->asked && end > handle->workspaceBytes)
    throw Refusal{BANGOPS_STATUS_ALLOC_FAILED, "the workspace has " + std::to_string(handle->workspaceBytes) +
                                                   " bytes, expected " + std::to_string(end) +
                                                   " at least; bangopsGetWorkspaceSize says how many"};
  // When only asked, addresses that are never used.
  address = (handle->asked ? reinterpret_cast<char *>(kWorkspaceLine) : handle->workspace) + handle->workspaceCut;
  handle->workspaceCut = end;
  handle->needed = std::max(handle->needed, end);
  handle->blocks.push_back({address, bytes, true});
}

Scratch::Scratch(bangopsHandle_t handle, size_t bytes) : handle(handle) {
  bytes = std::max<size_t>(bytes, 128);
  bytes = (bytes + kWorkspaceLine - 1) / kWorkspaceLine * kWorkspaceLine;
  if (handle->workspace || handle->asked) {
    cutFromWorkspace(bytes);
    return;
  }
  Block *best = nullptr;
  for (Block &block : handle->blocks)
    if (!block.used && block.bytes >= bytes && (!best || block.bytes < best->bytes))
      best = &block;
  if (!best) {
    // On the handle's card, whatever the thread's current one is.
    int current = handle->device;
    checkRuntime(cnrtGetDevice(&current), "cnrtGetDevice");
    checkRuntime(cnrtSetDevice(handle->device), "cnrtSetDevice");
    void *fresh;
    const cnrtRet_t code = cnrtMalloc(&fresh, bytes);
    checkRuntime(cnrtSetDevice(current), "cnrtSetDevice");
    checkRuntime(code, "scratch memory");
    handle->blocks.push_back({fresh, bytes, false});
    best = &handle->blocks.back();
  }
  best->used = true;
  address = best->address;
}
Scratch::~Scratch() {
  for (Block &block : handle->blocks)
    if (block.address == address)
      block.used = false;
}

Dense::Dense(bangopsHandle_t handle, const Tensor &t, const void *data)
    : handle(handle), shape(t), data(nullptr), address(const_cast<void *>(data)) {
  if (isDense(t) || elements(t) == 0)
    return;
  scratch = new Scratch(handle, elements(t) * elementBytes(t.dtype));
  address = scratch->get();
  Tensor dense = t;
  dense.strides = denseStrides(t.dims);
  copyStrided(handle, t, data, dense, address);
}
Dense::Dense(bangopsHandle_t handle, const Tensor &t, void *data, bool)
    : handle(handle), shape(t), data(data), address(data) {
  if (isDense(t) || elements(t) == 0)
    return;
  scratch = new Scratch(handle, elements(t) * elementBytes(t.dtype));
  address = scratch->get();
}
void Dense::finish() {
  if (!scratch || !data)
    return;
  Tensor dense = shape;
  dense.strides = denseStrides(shape.dims);
  copyStrided(handle, dense, address, shape, data);
}
Dense::~Dense() { delete scratch; }

} // namespace bangops

using namespace bangops;

extern "C" {

const char *bangopsGetErrorString(bangopsStatus_t status) {
  static const char *const texts[] = {"success", "bad parameter", "not supported", "no device memory",
                                      "the runtime refused"};
  return status >= 0 && status < 5 ? texts[status] : "unknown status";
}
const char *bangopsGetLastErrorText(void) { return lastError.c_str(); }

bangopsStatus_t bangopsCreate(bangopsHandle_t *handle) {
  return guarded(__func__, [&] {
    expect(handle != nullptr, "the place for the handle is a null pointer");
    int device = 0;
    checkRuntime(cnrtGetDevice(&device), "cnrtGetDevice");
    cnrtDeviceProp_t card;
    checkRuntime(cnrtGetDeviceProperties(&card, device), "cnrtGetDeviceProperties");
    auto *context = new bangopsContext;
    context->device = device;
    context->machine.cores = card.clusterCount * card.McorePerCluster;
    context->machine.nramBytes = card.NramSizePerMcore - kStackKB * 1024;
    context->machine.wramBytes = card.WramSizePerMcore;
    context->machine.coresPerCluster = card.McorePerCluster;
    context->machine.sharesSram = card.SramSizePerMcore >= kSharedKB * 1024;
    context->machine.dim = {static_cast<unsigned>(context->machine.cores), 1, 1};
    *handle = context;
  });
}
// Forgets all blocks; those that the handle allocated are freed. The queue does not use them any more.
static void freeBlocks(bangopsHandle_t handle) {
  if (!handle->workspace && !handle->asked)
    for (const Block &block : handle->blocks)
      checkRuntime(cnrtFree(block.address), "cnrtFree");
  handle->blocks.clear();
  handle->workspaceCut = 0;
}
bangopsStatus_t bangopsSetWorkspace(bangopsHandle_t handle, void *workspace, size_t bytes) {
  return guarded(__func__, [&] {
    expectHandle(handle);
    expect(!handle->asked, "the handle is asked for a size; bangopsGetWorkspaceSize ends that");
    expect(workspace != nullptr || bytes == 0, "the workspace is a null pointer");
    expect(reinterpret_cast<uintptr_t>(workspace) % kWorkspaceLine == 0,
           "the workspace does not begin at a multiple of " + std::to_string(kWorkspaceLine) + ", as cnrtMalloc gives");
    checkRuntime(cnrtQueueSync(handle->queue), "cnrtQueueSync");
    freeBlocks(handle);
    handle->workspace = static_cast<char *>(workspace);
    handle->workspaceBytes = bytes;
  });
}
bangopsStatus_t bangopsBeginWorkspaceQuery(bangopsHandle_t handle) {
  return guarded(__func__, [&] {
    expectHandle(handle);
    checkRuntime(cnrtQueueSync(handle->queue), "cnrtQueueSync");
    freeBlocks(handle);
    handle->asked = true;
    handle->needed = 0;
  });
}
bangopsStatus_t bangopsGetWorkspaceSize(bangopsHandle_t handle, size_t *bytes) {
  return guarded(__func__, [&] {
    expectHandle(handle);
    expect(bytes != nullptr, "the place for the size is a null pointer");
    expect(handle->asked, "no query was begun by bangopsBeginWorkspaceQuery");
    *bytes = handle->needed;
    freeBlocks(handle);
    handle->asked = false;
  });
}
bangopsStatus_t bangopsDestroy(bangopsHandle_t handle) {
  return guarded(__func__, [&] {
    expectHandle(handle);
    checkRuntime(cnrtQueueSync(handle->queue), "cnrtQueueSync");
    freeBlocks(handle);
    delete handle;
  });
}
bangopsStatus_t bangopsSetQueue(bangopsHandle_t handle, cnrtQueue_t queue) {
  return guarded(__func__, [&] {
    expectHandle(handle);
    // The scratch memory is ordered by the old queue.
    if (queue != handle->queue && !handle->blocks.empty())
      checkRuntime(cnrtQueueSync(handle->queue), "cnrtQueueSync");
    handle->queue = queue;
  });
}
bangopsStatus_t bangopsGetQueue(bangopsHandle_t handle, cnrtQueue_t *queue) {
  return guarded(__func__, [&] {
    expectHandle(handle);
    expect(queue != nullptr, "the place for the queue is a null pointer");
    *queue = handle->queue;
  });
}
bangopsStatus_t bangopsGetWorkspaceInUse(bangopsHandle_t handle, size_t *bytes) {
  return guarded(__func__, [&] {
    expectHandle(handle);
    expect(bytes != nullptr, "the place for the size is a null pointer");
    *bytes = 0;
    for (const Block &block : handle->blocks)
      *bytes += block.bytes;
  });
}

bangopsStatus_t bangopsCreateTensorDescriptor(bangopsTensorDescriptor_t *desc) {
  return guarded(__func__, [&] {
    expect(desc != nullptr, "the place for the descriptor is a null pointer");
    *desc = new bangopsTensor;
  });
}
bangopsStatus_t bangopsDestroyTensorDescriptor(bangopsTensorDescriptor_t desc) {
  delete desc;
  return BANGOPS_STATUS_SUCCESS;
}

static void describe(bangopsTensorDescriptor_t desc, bangopsTensorLayout_t layout, bangopsDataType_t dtype, int rank,
                     const int64_t *dims, const int64_t *strides) {
  expect(desc != nullptr, "the descriptor is a null pointer");
  expect(rank >= 0 && rank <= BANGOPS_MAX_DIMS,
         "the tensor has " + std::to_string(rank) + " dimensions, expected 0 to " + std::to_string(BANGOPS_MAX_DIMS));
  expect(rank == 0 || dims != nullptr, "the dimensions are a null pointer");
  expect(dtype >= BANGOPS_DTYPE_F32 && dtype <= BANGOPS_DTYPE_I8, "the element type is unknown");
  expect(layout == BANGOPS_LAYOUT_ARRAY || rank == 4,
         "an image has 4 dimensions, but " + std::to_string(rank) + " are given");
  bangopsTensor t;
  t.layout = layout;
  t.dtype = dtype;
  t.dims.assign(dims, dims + rank);
  for (int d = 0; d < rank; ++d)
    expect(t.dims[d] >= 0 && t.dims[d] < (int64_t(1) << 40),
           "dimension " + std::to_string(d) + " is " + std::to_string(t.dims[d]) + ", expected 0 or more");
  t.strides = denseStrides(t.dims);
  if (strides)
    t.strides.assign(strides, strides + rank);
  for (int d = 0; d < rank; ++d)
    expect(t.strides[d] >= 0, "the stride of dimension " + std::to_string(d) + " is " + std::to_string(t.strides[d]) +
                                  ", expected 0 or more");
  // Operators see every image in the order of the matrix unit; the strides remember the order in memory.
  *desc = layout == BANGOPS_LAYOUT_NCHW ? permuted(t, {0, 2, 3, 1}) : t;
}
bangopsStatus_t bangopsSetTensorDescriptor(bangopsTensorDescriptor_t desc, bangopsTensorLayout_t layout,
                                           bangopsDataType_t dtype, int rank, const int64_t *dims) {
  return guarded(__func__, [&] { describe(desc, layout, dtype, rank, dims, nullptr); });
}
bangopsStatus_t bangopsSetTensorDescriptorStrided(bangopsTensorDescriptor_t desc, bangopsTensorLayout_t layout,
                                                  bangopsDataType_t dtype, int rank, const int64_t *dims,
                                                  const int64_t *strides) {
  return guarded(__func__, [&] {
    expect(rank == 0 || strides != nullptr, "the strides are a null pointer");
    describe(desc, layout, dtype, rank, dims, strides);
  });
}

} // extern "C"
