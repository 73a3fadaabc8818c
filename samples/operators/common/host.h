// host.h: what the host halves of all families share: descriptors, refusals, the handle, dense copies of operands.
#ifndef BANGOPS_COMMON_HOST_H
#define BANGOPS_COMMON_HOST_H

#include "bangops.h"

#include <string>
#include <vector>

struct bangopsTensor {
  bangopsTensorLayout_t layout = BANGOPS_LAYOUT_ARRAY;
  bangopsDataType_t dtype = BANGOPS_DTYPE_F32;
  std::vector<int64_t> dims, strides; // of images always in the order n, h, w, c
};

namespace bangops {

using Tensor = bangopsTensor;

// The sizes of the card that decide about tiles, and how a kernel is launched on all of its cores.
struct Machine {
  int cores = 0;
  int nramBytes = 0; // that kernels may use, see device.h
  int wramBytes = 0;
  int coresPerCluster = 0;
  bool sharesSram = false; // a memory core fills SRAM for the cores of a cluster
  cnrtDim3_t dim = {0, 1, 1};
  cnrtFunctionType_t type = cnrtFuncTypeUnion1;
};

struct Block {
  void *address;
  size_t bytes;
  bool used;
};

} // namespace bangops

struct bangopsContext {
  bangops::Machine machine;
  int device = 0;
  cnrtQueue_t queue = nullptr;
  std::vector<bangops::Block> blocks; // allocated by the handle, or cut from the caller's workspace
  char *workspace = nullptr;          // the caller's, or null
  size_t workspaceBytes = 0, workspaceCut = 0;
  bool asked = false; // operators only say what they would need
  size_t needed = 0;  // the most that one of them needs at once
};

namespace bangops {

// Thrown by checks, caught at the C boundary by `guarded`.
struct Refusal {
  bangopsStatus_t status;
  std::string text;
};
[[noreturn]] void refuse(const std::string &text);       // BAD_PARAM
[[noreturn]] void notSupported(const std::string &text); // NOT_SUPPORTED
void expect(bool condition, const std::string &text);    // refuses unless
void checkRuntime(cnrtRet_t code, const char *what);
bangopsStatus_t report(const char *function, const Refusal &refusal);

// Every entry point is this: the body refuses by an exception, the caller gets a code and a text.
template <class Body> bangopsStatus_t guarded(const char *function, Body body) {
  try {
    const bool clean = cnrtPeekAtLastError() == cnrtSuccess; // an earlier error is the program's, not this call's
    body();
    if (clean)
      checkRuntime(cnrtGetLastError(), "the launch");
    return BANGOPS_STATUS_SUCCESS;
  } catch (const Refusal &refusal) {
    return report(function, refusal);
  } catch (const std::bad_alloc &) {
    return report(function, {BANGOPS_STATUS_ALLOC_FAILED, "no host memory"});
  }
}

int64_t elements(const std::vector<int64_t> &dims);
inline int64_t elements(const Tensor &t) { return elements(t.dims); }
size_t elementBytes(bangopsDataType_t dtype);
const char *dtypeName(bangopsDataType_t dtype);
bool isFloat(bangopsDataType_t dtype);
std::vector<int64_t> denseStrides(const std::vector<int64_t> &dims);
bool isDense(const Tensor &t);
std::string shapeText(const std::vector<int64_t> &dims); // [2, 3]

// Null pointers and handles are refused; `name` is the parameter's.
const Tensor &tensor(bangopsTensorDescriptor_t desc, const char *name);
void expectHandle(bangopsHandle_t handle);
void expectData(const Tensor &t, const void *data, const char *name);
void expectShape(const Tensor &t, const char *name, const std::vector<int64_t> &dims);
void expectDtype(const Tensor &t, const char *name, bangopsDataType_t dtype);
void expectFloat(const Tensor &t, const char *name);
void expectWritable(const Tensor &t, const char *name); // no dimension repeats

// t as a tensor of a larger shape: dimensions of size 1, and missing ones in front, repeat.
Tensor broadcast(const Tensor &t, const char *name, const std::vector<int64_t> &dims);
Tensor permuted(const Tensor &t, const std::vector<int> &order);

// y = x by strides, queued. The element types are equal.
void copyStrided(bangopsHandle_t handle, const Tensor &x, const void *from, const Tensor &y, void *to);

// Device memory until the end of a call: work on a queue is in order, so the next call may use the same bytes.
class Scratch {
public:
  Scratch(bangopsHandle_t handle, size_t bytes);
  Scratch(const Scratch &) = delete;
  ~Scratch();
  void *get() const { return address; }

private:
  void cutFromWorkspace(size_t bytes);
  bangopsHandle_t handle;
  void *address = nullptr;
};

// An operand as a kernel wants it: dense. Tensors that are not are copied to scratch memory first (inputs) or from it
// afterwards (outputs, by finish()).
class Dense {
public:
  Dense(bangopsHandle_t handle, const Tensor &t, const void *data);        // an input
  Dense(bangopsHandle_t handle, const Tensor &t, void *data, bool output); // an output
  Dense(const Dense &) = delete;
  ~Dense();
  template <class T = void> T *get() const { return static_cast<T *>(address); }
  void finish();

private:
  bangopsHandle_t handle;
  Tensor shape;
  void *data, *address;
  Scratch *scratch = nullptr;
};

} // namespace bangops

#endif // BANGOPS_COMMON_HOST_H
