using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>The shim's C interface. Nothing native is loaded before the first of these is called.</summary>
internal static unsafe partial class Native
{
    private const string Shim = "DeepPSTorch";

    static Native() => NativeLibrary.SetDllImportResolver(typeof(Native).Assembly, Loader.Resolve);

    [DllImport(Shim)] internal static extern byte* dp_error();
    [DllImport(Shim)] internal static extern nint dp_find(byte* name, byte* overload);
    [DllImport(Shim)] internal static extern int dp_call(nint op, Slot* arguments, int count, Slot* results, int room);
    [DllImport(Shim)] internal static extern void dp_free(Slot* slot);

    [DllImport(Shim)] internal static extern void dp_tensor_release(nint tensor);
    [DllImport(Shim), SuppressGCTransition] internal static extern long dp_tensor_dim(nint tensor);
    [DllImport(Shim), SuppressGCTransition] internal static extern long dp_tensor_numel(nint tensor);
    [DllImport(Shim), SuppressGCTransition] internal static extern int dp_tensor_shape(nint tensor, long* sizes);
    [DllImport(Shim), SuppressGCTransition] internal static extern int dp_tensor_dtype(nint tensor);
    [DllImport(Shim), SuppressGCTransition] internal static extern long dp_tensor_device(nint tensor);
    [DllImport(Shim)] internal static extern int dp_tensor_strides(nint tensor, long* strides);
    [DllImport(Shim)] internal static extern long dp_tensor_offset(nint tensor);
    [DllImport(Shim)] internal static extern int dp_tensor_layout(nint tensor);
    [DllImport(Shim)] internal static extern int dp_tensor_contiguous(nint tensor);
    [DllImport(Shim)] internal static extern int dp_tensor_lazy(nint tensor);
    [DllImport(Shim)] internal static extern void* dp_tensor_data(nint tensor);
    [DllImport(Shim)] internal static extern nint dp_tensor_from_blob(
        void* data, long* sizes, int dims, int dtype, delegate* unmanaged<nint, void> done, nint context);

    [DllImport(Shim)] internal static extern int dp_requires_grad(nint tensor);
    [DllImport(Shim)] internal static extern int dp_set_requires_grad(nint tensor, int value);
    [DllImport(Shim)] internal static extern int dp_is_leaf(nint tensor);
    [DllImport(Shim)] internal static extern int dp_retain_grad(nint tensor);
    [DllImport(Shim)] internal static extern int dp_grad(nint tensor, nint* grad);
    [DllImport(Shim)] internal static extern int dp_set_grad(nint tensor, nint grad);
    [DllImport(Shim)] internal static extern int dp_backward(
        nint* tensors, int count, nint* grads, int gradCount, nint* inputs, int inputCount, int retainGraph,
        int createGraph);
    [DllImport(Shim)] internal static extern int dp_autograd_grad(
        nint* outputs, int count, nint* inputs, int inputCount, nint* grads, int gradCount,
        int retainGraph, int createGraph, int allowUnused, nint* results);

    [DllImport(Shim)] internal static extern byte* dp_version();
    [DllImport(Shim)] internal static extern int dp_default_dtype(int set);
    [DllImport(Shim)] internal static extern int dp_grad_enabled();
    [DllImport(Shim)] internal static extern void dp_set_grad_enabled(int enabled);
    [DllImport(Shim)] internal static extern int dp_inference_enabled();
    [DllImport(Shim)] internal static extern nint dp_inference_enter(int enabled);
    [DllImport(Shim)] internal static extern void dp_inference_leave(nint mode);

    [DllImport(Shim)] internal static extern nint dp_generator_default(long device);
    [DllImport(Shim)] internal static extern nint dp_generator_new(long device, ulong seed);
    [DllImport(Shim)] internal static extern void dp_generator_release(nint generator);
    [DllImport(Shim)] internal static extern int dp_generator_seed(nint generator, int set, ulong value, ulong* result);
    [DllImport(Shim)] internal static extern nint dp_generator_state(nint generator);
    [DllImport(Shim)] internal static extern int dp_generator_set_state(nint generator, nint state);
    [DllImport(Shim)] internal static extern long dp_generator_device(nint generator);
    [DllImport(Shim)] internal static extern int dp_manual_seed(ulong seed);

    [DllImport(Shim)] internal static extern int dp_threads(int interop, int set);
    [DllImport(Shim)] internal static extern int dp_cuda_count();
    [DllImport(Shim)] internal static extern int dp_cuda_has_cudnn();
    [DllImport(Shim)] internal static extern int dp_cuda_synchronize(int index);
    [DllImport(Shim)] internal static extern int dp_setting(int setting, int value);

    /// <summary>This thread's last failure in the shim, as what TorchSharp throws for a C++ exception.</summary>
    internal static Exception LastError() =>
        new ExternalException(
            Marshal.PtrToStringUTF8((nint)dp_error()) is { Length: > 0 } text
                ? text
                : "libtorch reported an error without a text.");

    /// <summary>Throws where a shim function answered that it failed.</summary>
    internal static int Check(int result) => result < 0 ? throw LastError() : result;

    /// <inheritdoc cref="Check(int)"/>
    internal static long Check(long result) => result < 0 ? throw LastError() : result;

    /// <inheritdoc cref="Check(int)"/>
    internal static nint Check(nint result) => result == 0 ? throw LastError() : result;
}
