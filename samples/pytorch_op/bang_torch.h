// bang_torch.h: what an operator of PyTorch needs to run a BANG C kernel: its tensors in device memory, a queue, and
// the way back. PyTorch keeps tensors on the host; a call copies what it reads to the card and what it wrote from
// there.
#ifndef SAMPLES_PYTORCH_OP_BANG_TORCH_H
#define SAMPLES_PYTORCH_OP_BANG_TORCH_H

#include <cnrt.h>

#include <ATen/ATen.h>
#include <torch/library.h>

#include <utility>
#include <vector>

namespace bang_torch {

// A call of the runtime that fails becomes an exception of Python.
inline void require(cnrtRet_t status) {
  TORCH_CHECK(status == cnrtSuccess, "the card reports: ", cnrtGetErrorStr(status));
}

// One call of an operator. in() and out() give pointers for the kernel, finish() waits and fills the results.
class Call {
public:
  Call() { require(cnrtQueueCreate(&queueOfCall)); }
  Call(const Call &) = delete;
  Call &operator=(const Call &) = delete;
  // Also when the kernel failed: the failure was reported, what is left is to give back.
  ~Call() {
    cnrtQueueDestroy(queueOfCall);
    for (void *memory : memories)
      cnrtFree(memory);
  }

  cnrtQueue_t queue() const { return queueOfCall; }

  // The values of a tensor, dense and in the order of its dimensions.
  template <class T = void> const T *in(const at::Tensor &tensor) {
    expectElements<T>(tensor);
    const at::Tensor dense = tensor.contiguous();
    void *memory = allocate(dense);
    require(cnrtMemcpy(memory, dense.data_ptr(), dense.nbytes(), cnrtMemcpyHostToDev));
    return static_cast<const T *>(memory);
  }

  // Memory for the values of a dense tensor, which finish() fills.
  template <class T = void> T *out(const at::Tensor &tensor) {
    expectElements<T>(tensor);
    TORCH_CHECK(tensor.is_contiguous(),
                "a result is not dense; make it with at::empty_like(x, at::MemoryFormat::Contiguous)");
    void *memory = allocate(tensor);
    results.emplace_back(tensor, memory);
    return static_cast<T *>(memory);
  }

  void finish() {
    require(cnrtQueueSync(queueOfCall));
    for (const auto &[tensor, memory] : results)
      require(cnrtMemcpy(tensor.data_ptr(), memory, tensor.nbytes(), cnrtMemcpyDevToHost));
  }

private:
  // void takes any type; float, int32_t and so on only their own.
  template <class T> static void expectElements(const at::Tensor &tensor) {
    TORCH_CHECK(tensor.device().is_cpu(), "a tensor lies on ", tensor.device(), ", expected cpu");
    if constexpr (!std::is_void_v<T>)
      TORCH_CHECK(tensor.scalar_type() == c10::CppTypeToScalarType<T>::value, "a tensor holds ", tensor.scalar_type(),
                  ", but the kernel works on ", c10::CppTypeToScalarType<T>::value, "; convert it with .to()");
  }

  void *allocate(const at::Tensor &tensor) {
    void *memory = nullptr;
    require(cnrtMalloc(&memory, tensor.nbytes()));
    memories.push_back(memory);
    return memory;
  }

  cnrtQueue_t queueOfCall = nullptr;
  std::vector<void *> memories;
  std::vector<std::pair<at::Tensor, void *>> results;
};

} // namespace bang_torch

#endif // SAMPLES_PYTORCH_OP_BANG_TORCH_H
