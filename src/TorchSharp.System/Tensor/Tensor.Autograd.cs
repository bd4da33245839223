namespace TorchSharp;

// A tensor's part in autograd.
public static partial class torch
{
    public partial class Tensor
    {
        public bool requires_grad
        {
            get => Read(Native.Check(Native.dp_requires_grad(Handle))) != 0;
            set => Read(Native.Check(Native.dp_set_requires_grad(Handle, value ? 1 : 0)));
        }

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        public bool is_leaf => Read(Native.Check(Native.dp_is_leaf(Handle))) != 0;

        /// <summary>Keeps the gradient although it is no leaf.</summary>
        public void retain_grad() => Read(Native.Check(Native.dp_retain_grad(Handle)));

        /// <summary>The gradient so far; null before the first.</summary>
        public unsafe Tensor? grad
        {
            get
            {
                nint grad;
                Read(Native.Check(Native.dp_grad(Handle, &grad)));
                return grad == 0 ? null : new Tensor(grad);
            }

            set
            {
                Read(Native.Check(Native.dp_set_grad(Handle, value?.Handle ?? 0)));
                GC.KeepAlive(value);
            }
        }

        public void backward() => autograd.backward([this]);

        public void backward(
            IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false,
            IList<Tensor>? inputs = null) =>
            autograd.backward([this], grad_tensors, retain_graph, create_graph, inputs);

        /// <summary>The same values outside the graph.</summary>
        public Tensor detach() => Ops.detach.Call(this);

        public Tensor detach_() => Ops.detach_.Apply(this);
    }

    /// <summary>Gradients of whole graphs.</summary>
    public static partial class autograd
    {
        /// <summary>Adds to the gradients of the leaves the tensors were computed from.</summary>
        public static unsafe void backward(
            IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null,
            bool create_graph = false, IList<Tensor>? inputs = null)
        {
            nint[] handles = Handles(tensors), grads = Handles(grad_tensors), leaves = Handles(inputs);
            fixed (nint* t = handles, g = grads, i = leaves)
            {
                Native.Check(Native.dp_backward(
                    t, handles.Length, g, grads.Length, i, leaves.Length, Maybe(retain_graph), create_graph ? 1 : 0));
            }

            GC.KeepAlive(tensors);
            GC.KeepAlive(grad_tensors);
            GC.KeepAlive(inputs);
        }

        public static void backward(
            Tensor tensor, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false,
            IList<Tensor>? inputs = null) =>
            backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        public static void backward(
            Tensor tensor, Tensor grad_tensor, bool? retain_graph = null, bool create_graph = false,
            IList<Tensor>? inputs = null) =>
            backward([tensor], [grad_tensor], retain_graph, create_graph, inputs);

        /// <summary>The outputs' gradients with respect to the inputs; null for an unused input if allowed.</summary>
        public static unsafe IList<Tensor> grad(
            IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null,
            bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            nint[] ends = Handles(outputs), starts = Handles(inputs), grads = Handles(grad_outputs);
            var results = new nint[starts.Length];
            fixed (nint* o = ends, i = starts, g = grads, r = results)
            {
                Native.Check(Native.dp_autograd_grad(
                    o, ends.Length, i, starts.Length, g, grads.Length,
                    retain_graph || create_graph ? 1 : 0, create_graph ? 1 : 0, allow_unused ? 1 : 0, r));
            }

            GC.KeepAlive(outputs);
            GC.KeepAlive(inputs);
            GC.KeepAlive(grad_outputs);
            return Array.ConvertAll(results, handle => handle == 0 ? null! : new Tensor(handle));
        }

        private static int Maybe(bool? value) => value is { } v ? (v ? 1 : 0) : -1;

        private static nint[] Handles(IList<Tensor>? tensors)
        {
            if (tensors is null) return [];
            var handles = new nint[tensors.Count];
            for (var i = 0; i < handles.Length; i++) handles[i] = tensors[i]?.Handle ?? 0;
            return handles;
        }
    }
}
