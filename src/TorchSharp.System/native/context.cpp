// The process and the thread: grad and inference mode, generators, threads, devices, version.
#include "shim.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <c10/core/DefaultDtype.h>
#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>
#include <c10/core/impl/VirtualGuardImpl.h>
#include <torch/version.h>

#include <dlfcn.h>

#include <mutex>

EXPORT const char* dp_version() { return TORCH_VERSION; }

// Of tensors made without one. -1 reads.
EXPORT int32_t dp_default_dtype(int32_t set) {
  return guarded<int32_t>(-1, [&] {
    if (set >= 0) c10::set_default_dtype(c10::scalarTypeToTypeMeta(static_cast<c10::ScalarType>(set)));
    return static_cast<int32_t>(c10::get_default_dtype_as_scalartype());
  });
}

EXPORT int32_t dp_grad_enabled() { return c10::GradMode::is_enabled() ? 1 : 0; }

EXPORT void dp_set_grad_enabled(int32_t enabled) { c10::GradMode::set_enabled(enabled != 0); }

EXPORT int32_t dp_inference_enabled() { return c10::InferenceMode::is_enabled() ? 1 : 0; }

EXPORT void* dp_inference_enter(int32_t enabled) {
  return guarded<void*>(nullptr, [&] { return new c10::InferenceMode(enabled != 0); });
}

// On the thread that entered.
EXPORT void dp_inference_leave(void* mode) { delete static_cast<c10::InferenceMode*>(mode); }

EXPORT void* dp_generator_default(int64_t device) {
  return guarded<void*>(nullptr, [&] {
    return at::Generator(at::globalContext().defaultGenerator(to_device(device))).unsafeReleaseGeneratorImpl();
  });
}

// A clone of the device's default generator, seeded: works for every backend alike.
EXPORT void* dp_generator_new(int64_t device, uint64_t seed) {
  return guarded<void*>(nullptr, [&] {
    at::Generator original(at::globalContext().defaultGenerator(to_device(device)));
    at::Generator copy;
    {
      std::lock_guard<std::mutex> lock(original.mutex());
      copy = original.clone();
    }
    copy.set_current_seed(seed);
    return copy.unsafeReleaseGeneratorImpl();
  });
}

EXPORT void dp_generator_release(void* generator) {
  guarded<int>(0, [&] {
    c10::intrusive_ptr<c10::GeneratorImpl>::reclaim(static_cast<c10::GeneratorImpl*>(generator)).reset();
    return 0;
  });
}

EXPORT int32_t dp_generator_seed(void* generator, int32_t set, uint64_t value, uint64_t* result) {
  return guarded<int32_t>(-1, [&] {
    auto g = borrow_generator(generator);
    std::lock_guard<std::mutex> lock(g.mutex());
    if (set == 1) g.set_current_seed(value);
    *result = set == 2 ? g.seed() : g.current_seed();
    return 0;
  });
}

EXPORT void* dp_generator_state(void* generator) {
  return guarded<void*>(nullptr, [&] {
    auto g = borrow_generator(generator);
    std::lock_guard<std::mutex> lock(g.mutex());
    return release(g.get_state());
  });
}

EXPORT int32_t dp_generator_set_state(void* generator, void* state) {
  return guarded<int32_t>(-1, [&] {
    auto g = borrow_generator(generator);
    std::lock_guard<std::mutex> lock(g.mutex());
    g.set_state(borrow(state));
    return 0;
  });
}

EXPORT int64_t dp_generator_device(void* generator) {
  return guarded<int64_t>(-1, [&] { return pack_device(borrow_generator(generator).device()); });
}

// Every device's default generator.
EXPORT int32_t dp_manual_seed(uint64_t seed) {
  return guarded<int32_t>(-1, [&] {
    at::manual_seed(seed);
    return 0;
  });
}

EXPORT int32_t dp_threads(int32_t interop, int32_t set) {
  return guarded<int32_t>(-1, [&] {
    if (set > 0) interop ? at::set_num_interop_threads(set) : at::set_num_threads(set);
    return static_cast<int32_t>(interop ? at::get_num_interop_threads() : at::get_num_threads());
  });
}

// Registers the CUDA kernels where this libtorch has them: nothing else would load that library.
EXPORT void dp_load_cuda(const char* path) { dlopen(path, RTLD_NOW | RTLD_GLOBAL); }

EXPORT int32_t dp_cuda_count() {
  return guarded<int32_t>(0, [] { return at::hasCUDA() ? static_cast<int32_t>(at::getNumGPUs()) : 0; });
}

EXPORT int32_t dp_cuda_has_cudnn() {
  return guarded<int32_t>(0, [] { return at::hasCUDA() && at::globalContext().hasCuDNN() ? 1 : 0; });
}

// Waits for all work on the device's current stream. Index -1: the current device.
EXPORT int32_t dp_cuda_synchronize(int32_t index) {
  return guarded<int32_t>(-1, [&] {
    c10::impl::VirtualGuardImpl guard(c10::DeviceType::CUDA);
    auto device = index < 0 ? guard.getDevice() : c10::Device(c10::DeviceType::CUDA, static_cast<c10::DeviceIndex>(index));
    guard.synchronizeStream(guard.getStream(device));
    return 0;
  });
}

enum Setting : int32_t { TF32_MATMUL = 0, TF32_CUDNN, DETERMINISTIC, CUDNN_BENCHMARK };

// `value` -1 reads.
EXPORT int32_t dp_setting(int32_t setting, int32_t value) {
  return guarded<int32_t>(-1, [&]() -> int32_t {
    auto& context = at::globalContext();
    switch (setting) {
      case TF32_MATMUL:
        if (value >= 0) context.setAllowTF32CuBLAS(value != 0);
        return context.allowTF32CuBLAS();
      case TF32_CUDNN:
        if (value >= 0) context.setAllowTF32CuDNN(value != 0);
        return context.allowTF32CuDNN();
      case DETERMINISTIC:
        if (value >= 0) context.setDeterministicAlgorithms(value != 0, value == 2);
        return context.deterministicAlgorithms();
      case CUDNN_BENCHMARK:
        if (value >= 0) context.setBenchmarkCuDNN(value != 0);
        return context.benchmarkCuDNN();
      default:
        TORCH_CHECK(false, "no setting ", setting);
    }
  });
}
