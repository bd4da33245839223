// What every part of the shim shares: the slot that crosses the border, and the net that catches C++ exceptions.
#pragma once

#include <ATen/core/Tensor.h>
#include <ATen/core/Generator.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/ivalue.h>
#include <ATen/core/List.h>

#include <cstdint>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#define EXPORT extern "C" __attribute__((visibility("default")))

// c10::optional came and went over the releases; this is what IValue itself returns.
template <typename T>
using Optional = decltype(std::declval<c10::IValue&>().toOptional<T>());

enum Tag : int32_t {
  NONE = 0, TENSOR, INT, DOUBLE, BOOL, COMPLEX, STRING, DEVICE, GENERATOR,
  INTS, DOUBLES, BOOLS, TENSORS
};

// One argument or result. Mirrors DeepPS' managed struct of the same name: 16 bytes.
struct Slot {
  int32_t tag;
  int32_t count;  // of a list or a string
  union {
    int64_t i;
    double d;
    const void* p;
  };
};

using ImplPtr = c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>;

// A handle on the managed side is one reference that it owns; this takes one more for the time of a call.
inline at::Tensor borrow(void* impl) {
  return impl ? at::Tensor(ImplPtr::unsafe_reclaim_from_nonowning(static_cast<c10::TensorImpl*>(impl)))
              : at::Tensor();
}

// Hands a reference over to the managed side. Undefined is null.
inline void* release(at::Tensor&& tensor) {
  return tensor.defined() ? tensor.unsafeReleaseTensorImpl() : nullptr;
}

inline at::Generator borrow_generator(void* impl) {
  return at::Generator(c10::intrusive_ptr<c10::GeneratorImpl>::unsafe_reclaim_from_nonowning(
      static_cast<c10::GeneratorImpl*>(impl)));
}

inline c10::Device to_device(int64_t packed) {
  return c10::Device(static_cast<c10::DeviceType>(packed & 0xff), static_cast<c10::DeviceIndex>(packed >> 8));
}

inline int64_t pack_device(const c10::Device& device) {
  return static_cast<int64_t>(static_cast<uint8_t>(device.type())) | (static_cast<int64_t>(device.index()) * 256);
}

inline std::vector<at::Tensor> borrow_all(void* const* impls, int32_t count) {
  std::vector<at::Tensor> tensors;
  tensors.reserve(count);
  for (int32_t i = 0; i < count; i++) tensors.push_back(borrow(impls[i]));
  return tensors;
}

// Keeps the text of the exception now in flight for dp_error. Call it in a catch block only.
void remember_error() noexcept;

// Runs what may throw; on an exception keeps its text and answers `failed`.
template <typename R, typename F>
R guarded(R failed, F&& body) noexcept {
  try {
    return body();
  } catch (...) {
    remember_error();
    return failed;
  }
}
