// What a tensor is, read without a dispatch, and its part in autograd.
#include "shim.h"

#include <ATen/ops/from_blob.h>
#include <torch/csrc/autograd/autograd.h>

namespace {

c10::TensorImpl* impl(void* tensor) { return static_cast<c10::TensorImpl*>(tensor); }

Optional<bool> maybe(int32_t value) { return value < 0 ? Optional<bool>() : Optional<bool>(value != 0); }

}  // namespace

EXPORT void dp_tensor_release(void* tensor) {
  guarded<int>(0, [&] {
    ImplPtr::reclaim(impl(tensor)).reset();
    return 0;
  });
}

EXPORT int64_t dp_tensor_dim(void* tensor) {
  return guarded<int64_t>(-1, [&] { return impl(tensor)->dim(); });
}

EXPORT int64_t dp_tensor_numel(void* tensor) {
  return guarded<int64_t>(-1, [&] { return impl(tensor)->numel(); });
}

EXPORT int32_t dp_tensor_shape(void* tensor, int64_t* sizes) {
  return guarded<int32_t>(-1, [&] {
    auto shape = impl(tensor)->sizes();
    std::copy(shape.begin(), shape.end(), sizes);
    return 0;
  });
}

EXPORT int32_t dp_tensor_strides(void* tensor, int64_t* strides) {
  return guarded<int32_t>(-1, [&] {
    auto steps = impl(tensor)->strides();
    std::copy(steps.begin(), steps.end(), strides);
    return 0;
  });
}

EXPORT int64_t dp_tensor_offset(void* tensor) {
  return guarded<int64_t>(-1, [&] { return impl(tensor)->storage_offset(); });
}

EXPORT int32_t dp_tensor_dtype(void* tensor) {
  return static_cast<int32_t>(c10::typeMetaToScalarType(impl(tensor)->dtype()));
}

EXPORT int64_t dp_tensor_device(void* tensor) {
  return guarded<int64_t>(-1, [&] { return pack_device(impl(tensor)->device()); });
}

EXPORT int32_t dp_tensor_layout(void* tensor) {
  return guarded<int32_t>(-1, [&] { return static_cast<int32_t>(impl(tensor)->layout()); });
}

EXPORT int32_t dp_tensor_contiguous(void* tensor) {
  return guarded<int32_t>(-1, [&] { return impl(tensor)->is_contiguous() ? 1 : 0; });
}

// Bit 0: conjugate, bit 1: negative. Such a view's memory is not its values.
EXPORT int32_t dp_tensor_lazy(void* tensor) {
  return guarded<int32_t>(-1, [&] {
    auto t = borrow(tensor);
    return (t.is_conj() ? 1 : 0) | (t.is_neg() ? 2 : 0);
  });
}

EXPORT void* dp_tensor_data(void* tensor) {
  return guarded<void*>(nullptr, [&] { return borrow(tensor).data_ptr(); });
}

// A tensor over memory that the caller keeps until `done(context)` is called.
EXPORT void* dp_tensor_from_blob(void* data, const int64_t* sizes, int32_t dims, int32_t dtype,
                                 void (*done)(void*), void* context) {
  return guarded<void*>(nullptr, [&] {
    return release(at::from_blob(data, at::IntArrayRef(sizes, dims), [done, context](void*) { done(context); },
                                 at::TensorOptions(static_cast<c10::ScalarType>(dtype))));
  });
}

EXPORT int32_t dp_requires_grad(void* tensor) {
  return guarded<int32_t>(-1, [&] { return impl(tensor)->requires_grad() ? 1 : 0; });
}

EXPORT int32_t dp_set_requires_grad(void* tensor, int32_t value) {
  return guarded<int32_t>(-1, [&] {
    borrow(tensor).set_requires_grad(value != 0);
    return 0;
  });
}

EXPORT int32_t dp_is_leaf(void* tensor) {
  return guarded<int32_t>(-1, [&] { return borrow(tensor).is_leaf() ? 1 : 0; });
}

EXPORT int32_t dp_retain_grad(void* tensor) {
  return guarded<int32_t>(-1, [&] {
    borrow(tensor).retain_grad();
    return 0;
  });
}

// Null: none yet, and no error.
EXPORT int32_t dp_grad(void* tensor, void** grad) {
  return guarded<int32_t>(-1, [&] {
    *grad = release(at::Tensor(borrow(tensor).mutable_grad()));
    return 0;
  });
}

EXPORT int32_t dp_set_grad(void* tensor, void* grad) {
  return guarded<int32_t>(-1, [&] {
    borrow(tensor).mutable_grad() = borrow(grad);
    return 0;
  });
}

EXPORT int32_t dp_backward(void* const* tensors, int32_t count, void* const* grads, int32_t grad_count,
                           void* const* inputs, int32_t input_count, int32_t retain_graph, int32_t create_graph) {
  return guarded<int32_t>(-1, [&] {
    torch::autograd::backward(borrow_all(tensors, count), borrow_all(grads, grad_count), maybe(retain_graph),
                              create_graph != 0, borrow_all(inputs, input_count));
    return 0;
  });
}

// `results` has room for one gradient an input; an unused input's is null.
EXPORT int32_t dp_autograd_grad(void* const* outputs, int32_t count, void* const* inputs, int32_t input_count,
                                void* const* grads, int32_t grad_count, int32_t retain_graph, int32_t create_graph,
                                int32_t allow_unused, void** results) {
  return guarded<int32_t>(-1, [&] {
    auto found = torch::autograd::grad(borrow_all(outputs, count), borrow_all(inputs, input_count),
                                       borrow_all(grads, grad_count), maybe(retain_graph), create_graph != 0,
                                       allow_unused != 0);
    for (size_t i = 0; i < found.size(); i++) results[i] = release(std::move(found[i]));
    return 0;
  });
}
