// The dispatcher: find an operator by name and overload, call it with a stack of values.
#include "shim.h"

#include <memory>

namespace {

// What a thread keeps: the text of its last failure, and a stack, so that a call allocates nothing for one.
struct ThreadState {
  std::string error;
  torch::jit::Stack stack;
  bool busy = false;
};

ThreadState& thread_state() {
  static thread_local ThreadState state;
  return state;
}

enum class Kind : uint8_t { Plain, Tensor, Int, Float, Bool, Number, Ints, Floats, Bools, Numbers, Tensors, OptionalTensors };

struct Parameter {
  Kind kind = Kind::Plain;
  int32_t size = 0;  // n of int[n], where one number stands for n equal ones
  bool has_default = false;
  c10::IValue fallback;
};

struct Operator {
  c10::OperatorHandle handle;
  std::string name;
  std::vector<Parameter> parameters;
};

Kind kind_of(std::string type) {
  bool optional = !type.empty() && type.back() == '?';
  if (optional) type.pop_back();
  if (type == "Tensor") return Kind::Tensor;
  if (type == "int" || type == "SymInt") return Kind::Int;
  if (type == "float") return Kind::Float;
  if (type == "bool") return Kind::Bool;
  if (type == "Scalar" || type == "number") return Kind::Number;
  if (type == "int[]" || type == "SymInt[]") return Kind::Ints;
  if (type == "float[]") return Kind::Floats;
  if (type == "bool[]") return Kind::Bools;
  if (type == "Scalar[]" || type == "number[]") return Kind::Numbers;
  if (type == "Tensor[]") return Kind::Tensors;
  if (type == "Tensor?[]") return Kind::OptionalTensors;
  return Kind::Plain;
}

template <typename To, typename From>
c10::IValue list_of(const void* items, int32_t count) {
  c10::List<To> list;
  list.reserve(count);
  for (int32_t i = 0; i < count; i++) list.push_back(static_cast<To>(static_cast<const From*>(items)[i]));
  return c10::IValue(std::move(list));
}

template <typename T>
c10::IValue repeated(T value, int32_t count) {
  c10::List<T> list;
  for (int32_t i = 0; i < std::max(count, 1); i++) list.push_back(value);
  return c10::IValue(std::move(list));
}

template <typename T>
c10::IValue tensor_list(const Slot& slot) {
  c10::List<T> list;
  list.reserve(slot.count);
  auto impls = static_cast<void* const*>(slot.p);
  for (int32_t i = 0; i < slot.count; i++) {
    auto tensor = borrow(impls[i]);
    list.push_back(tensor.defined() ? T(std::move(tensor)) : T());
  }
  return c10::IValue(std::move(list));
}

[[noreturn]] void mismatch(const Operator& op, size_t index, const char* what) {
  TORCH_CHECK(false, op.name, ": argument ", index, " cannot be ", what);
}

c10::IValue to_value(const Operator& op, size_t index, const Slot& slot) {
  const auto& parameter = op.parameters[index];
  switch (slot.tag) {
    case NONE:
      return parameter.kind == Kind::Tensor ? c10::IValue(at::Tensor()) : c10::IValue();
    case TENSOR:
      return c10::IValue(borrow(const_cast<void*>(slot.p)));
    case INT:
      switch (parameter.kind) {
        case Kind::Float: return c10::IValue(static_cast<double>(slot.i));
        case Kind::Bool: return c10::IValue(slot.i != 0);
        case Kind::Ints: return repeated<int64_t>(slot.i, parameter.size);
        case Kind::Floats: return repeated<double>(static_cast<double>(slot.i), parameter.size);
        default: return c10::IValue(slot.i);
      }
    case DOUBLE:
      switch (parameter.kind) {
        case Kind::Int: mismatch(op, index, "a floating-point number");
        case Kind::Floats: return repeated<double>(slot.d, parameter.size);
        default: return c10::IValue(slot.d);
      }
    case BOOL:
      return parameter.kind == Kind::Int ? c10::IValue(static_cast<int64_t>(slot.i)) : c10::IValue(slot.i != 0);
    case COMPLEX: {
      auto parts = static_cast<const double*>(slot.p);
      return c10::IValue(c10::complex<double>(parts[0], parts[1]));
    }
    case STRING:
      return c10::IValue(std::string(static_cast<const char*>(slot.p), slot.count));
    case DEVICE:
      return c10::IValue(to_device(slot.i));
    case GENERATOR:
      return c10::IValue(borrow_generator(const_cast<void*>(slot.p)));
    case INTS:
      return parameter.kind == Kind::Floats ? list_of<double, int64_t>(slot.p, slot.count)
                                            : list_of<int64_t, int64_t>(slot.p, slot.count);
    case DOUBLES:
      if (parameter.kind == Kind::Numbers) {
        c10::List<c10::Scalar> numbers;
        for (int32_t i = 0; i < slot.count; i++) numbers.push_back(c10::Scalar(static_cast<const double*>(slot.p)[i]));
        return c10::IValue(std::move(numbers));
      }
      return list_of<double, double>(slot.p, slot.count);
    case BOOLS:
      return list_of<bool, uint8_t>(slot.p, slot.count);
    case TENSORS:
      return parameter.kind == Kind::OptionalTensors ? tensor_list<Optional<at::Tensor>>(slot)
                                                     : tensor_list<at::Tensor>(slot);
    default:
      mismatch(op, index, "read: unknown tag");
  }
}

void to_slot(c10::IValue&& value, Slot& slot) {
  slot.count = 0;
  slot.i = 0;
  if (value.isTensor()) {
    slot.tag = TENSOR;
    slot.p = release(std::move(value).toTensor());
  } else if (value.isInt()) {
    slot.tag = INT;
    slot.i = value.toInt();
  } else if (value.isDouble()) {
    slot.tag = DOUBLE;
    slot.d = value.toDouble();
  } else if (value.isBool()) {
    slot.tag = BOOL;
    slot.i = value.toBool();
  } else if (value.isTensorList()) {
    auto list = std::move(value).toTensorVector();
    auto impls = std::make_unique<void*[]>(list.size());
    for (size_t i = 0; i < list.size(); i++) impls[i] = release(std::move(list[i]));
    slot.tag = TENSORS;
    slot.count = static_cast<int32_t>(list.size());
    slot.p = impls.release();
  } else if (value.isComplexDouble()) {
    auto number = value.toComplexDouble();
    slot.tag = COMPLEX;
    slot.p = new double[2]{number.real(), number.imag()};
  } else {
    TORCH_CHECK(value.isNone(), "a result of type ", value.tagKind(), " has no form on the managed side");
    slot.tag = NONE;
  }
}

// The thread's stack for the time of a call. A call within a call has its own.
struct StackLease {
  ThreadState& state = thread_state();
  const bool nested = state.busy;
  torch::jit::Stack own;
  torch::jit::Stack& stack = nested ? own : state.stack;
  StackLease() { state.busy = true; }
  ~StackLease() {
    stack.clear();
    state.busy = nested;
  }
};

}  // namespace

void remember_error() noexcept {
  try {
    try {
      throw;
    } catch (const c10::Error& e) {
      thread_state().error = e.what_without_backtrace();
    } catch (const std::exception& e) {
      thread_state().error = e.what();
    } catch (...) {
      thread_state().error = "an unknown C++ exception";
    }
  } catch (...) {
  }
}

// The text of this thread's last failure; valid until the thread's next one.
EXPORT const char* dp_error() { return thread_state().error.c_str(); }

// Null where this libtorch lacks the operator.
EXPORT void* dp_find(const char* name, const char* overload) {
  return guarded<void*>(nullptr, [&]() -> void* {
    auto handle = c10::Dispatcher::singleton().findSchema({name, overload});
    if (!handle.has_value()) {
      thread_state().error.clear();
      return nullptr;
    }
    auto op = std::unique_ptr<Operator>(new Operator{*handle, std::string(name) + (*overload ? "." : "") + overload, {}});
    for (const auto& argument : handle->schema().arguments()) {
      Parameter parameter;
      parameter.kind = kind_of(argument.type()->str());
      parameter.size = argument.N().has_value() ? *argument.N() : 0;
      if (argument.default_value().has_value()) {
        parameter.has_default = true;
        parameter.fallback = *argument.default_value();
      }
      op->parameters.push_back(std::move(parameter));
    }
    return op.release();  // lives as long as the process, as the dispatcher's own entry does
  });
}

// Arguments not given are the schema's defaults. Answers how many results there were, or -1.
EXPORT int32_t dp_call(void* handle, const Slot* arguments, int32_t count, Slot* results, int32_t room) {
  return guarded<int32_t>(-1, [&]() -> int32_t {
    const auto& op = *static_cast<Operator*>(handle);
    const auto total = op.parameters.size();
    TORCH_CHECK(static_cast<size_t>(count) <= total, op.name, " takes ", total, " arguments, not ", count);
    StackLease lease;
    auto& stack = lease.stack;
    for (size_t i = 0; i < static_cast<size_t>(count); i++) {
      if (arguments[i].tag == TENSOR) stack.emplace_back(borrow(const_cast<void*>(arguments[i].p)));
      else stack.emplace_back(to_value(op, i, arguments[i]));
    }
    for (size_t i = count; i < total; i++) {
      TORCH_CHECK(op.parameters[i].has_default, op.name, ": argument ", i, " is missing");
      stack.emplace_back(op.parameters[i].fallback);
    }
    op.handle.callBoxed(&stack);
    const auto produced = static_cast<int32_t>(stack.size());
    for (int32_t i = 0; i < produced && i < room; i++) to_slot(std::move(stack[i]), results[i]);
    return produced;
  });
}

// Frees the array of a TENSORS result (not the tensors) or the pair of a COMPLEX one.
EXPORT void dp_free(const Slot* slot) {
  if (slot->tag == TENSORS) delete[] static_cast<void* const*>(slot->p);
  if (slot->tag == COMPLEX) delete[] static_cast<const double*>(slot->p);
}
