using System.Diagnostics.CodeAnalysis;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>One place of an index: a number, a range, new or all remaining dimensions, a truth, a tensor.</summary>
    public struct TensorIndex
    {
        internal enum Form
        {
            None, Ellipsis, Single, Slice, Bool, Tensor,
        }

        internal Form Kind;
        internal long? Start;
        internal long? Stop;
        internal long? Step;
        internal Tensor? Value;

        public static TensorIndex Ellipsis = new() { Kind = Form.Ellipsis };
        public static TensorIndex None = new() { Kind = Form.None };
        public static TensorIndex Null = new() { Kind = Form.None };
        public static TensorIndex Colon = new() { Kind = Form.Slice };

        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) =>
            new() { Kind = Form.Slice, Start = start, Stop = stop, Step = step };

        public static TensorIndex Slice((int? start, int? end) range) => Slice(range.start, range.end);

        public static TensorIndex Slice(Range range) =>
            Slice(At(range.Start), range.End.IsFromEnd && range.End.Value == 0 ? null : At(range.End));

        public static TensorIndex Bool(bool value) => new() { Kind = Form.Bool, Start = value ? 1 : 0 };

        public static TensorIndex Single(long? index) => new() { Kind = Form.Single, Start = index };

        public static TensorIndex Tensor(Tensor tensor) => new() { Kind = Form.Tensor, Value = tensor };

        public static implicit operator TensorIndex(long value) => Single(value);

        public static implicit operator TensorIndex(Index index) => Single(At(index));

        public static implicit operator TensorIndex(Range range) => Slice(range);

        public static implicit operator TensorIndex((int? start, int? end) range) => Slice(range);

        private static long At(Index index) => index.IsFromEnd ? -index.Value : index.Value;
    }

    // Indexing: plain places become views; tensors among them are left for the operator.
    public partial class Tensor
    {
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [SuppressMessage("Design", "CA1043", Justification = "PyTorch's")]
        public Tensor this[params long[] indices]
        {
            get => index(Places(indices));
            set => index_put_(value, Places(indices));
        }

        public Tensor this[long i1]
        {
            get => select(0, i1);
            set => index_put_(value, Places([i1]));
        }

        public Tensor this[long i1, long i2]
        {
            get => index(Places([i1, i2]));
            set => index_put_(value, Places([i1, i2]));
        }

        public Tensor this[long i1, long i2, long i3]
        {
            get => index(Places([i1, i2, i3]));
            set => index_put_(value, Places([i1, i2, i3]));
        }

        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => index(Places([i1, i2, i3, i4]));
            set => index_put_(value, Places([i1, i2, i3, i4]));
        }

        public Tensor this[long i1, long i2, long i3, long i4, long i5]
        {
            get => index(Places([i1, i2, i3, i4, i5]));
            set => index_put_(value, Places([i1, i2, i3, i4, i5]));
        }

        public Tensor this[long i1, long i2, long i3, long i4, long i5, long i6]
        {
            get => index(Places([i1, i2, i3, i4, i5, i6]));
            set => index_put_(value, Places([i1, i2, i3, i4, i5, i6]));
        }

        public Tensor index(params TensorIndex[] indices)
        {
            using var scope = NewDisposeScope();
            var view = View(indices, out var tensors);
            var result = tensors is null ? view : Ops.index_Tensor.Call(view, tensors);
            return (result == (object)this ? alias() : result).MoveToOuterDisposeScope();
        }

        public Tensor index(params Tensor[] indices) => Ops.index_Tensor.Call(this, indices);

        public Tensor index_put_(Tensor value, params TensorIndex[] indices) => index_put_(value, indices, false);

        public Tensor index_put_(Tensor value, params Tensor[] indices) => index_put_(value, indices, false);

        public Tensor index_put_(Tensor value, Tensor[] indices, bool accumulate = false) =>
            Ops.index_put_.Apply(this, indices, value, accumulate);

        public Tensor index_put_(Tensor value, TensorIndex[] indices, bool accumulate = false)
        {
            using var scope = NewDisposeScope();
            var view = View(indices, out var tensors);
            if (tensors is not null) Ops.index_put_.Apply(view, tensors, value.to(dtype, device), accumulate);
            else if (accumulate) view.add_(value);
            else view.copy_(value);
            return this;
        }

        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            using var scalar = full([], value, dtype, device);
            return index_put_(scalar, indices);
        }

        public Tensor index_put_(Scalar value, params Tensor[] indices)
        {
            using var scalar = full([], value, dtype, device);
            return index_put_(scalar, indices);
        }

        private static TensorIndex[] Places(long[] indices) => Array.ConvertAll(indices, i => TensorIndex.Single(i));

        // The view that the plain places make; the tensors, each at the dimension of the view that it indexes.
        private Tensor View(TensorIndex[] indices, out Tensor?[]? tensors)
        {
            var view = this;
            var found = new List<Tensor?>();
            var dim = 0L;
            var given = indices.Sum(Consumed);
            if (given > ndim)
                throw new IndexOutOfRangeException($"The tensor has {ndim} dimensions; {given} were indexed.");
            foreach (var index in indices)
            {
                switch (index.Kind)
                {
                    case TensorIndex.Form.Single:
                        view = view.select(dim, index.Start ?? 0);
                        break;
                    case TensorIndex.Form.Slice:
                        if (index.Start is not null || index.Stop is not null || index.Step is not null)
                            view = Ops.slice_Tensor.Call(view, dim, index.Start, index.Stop, index.Step ?? 1);
                        dim++;
                        break;
                    case TensorIndex.Form.Ellipsis:
                        dim += ndim - given;
                        break;
                    case TensorIndex.Form.None:
                        view = view.unsqueeze(dim++);
                        break;
                    default:
                        var tensor = index.Value ?? torch.tensor(index.Start != 0, device: device);
                        var mask = tensor.dtype is ScalarType.Bool or ScalarType.Byte;
                        if (mask && tensor.ndim == 0) (view, tensor) = (view.unsqueeze(dim), tensor.reshape([1]));
                        while (found.Count < dim) found.Add(null);
                        if (mask) found.AddRange(Positions(view, tensor, dim));
                        else found.Add(tensor);
                        dim = found.Count;
                        break;
                }
            }

            tensors = found.Count == 0 ? null : found.ToArray();
            return view;
        }

        // A mask stands for as many dimensions as it has: the positions where it is true, along each.
        private static Tensor[] Positions(Tensor view, Tensor mask, long dim)
        {
            for (var i = 0; i < mask.ndim; i++)
            {
                if (dim + i >= view.ndim || view.shape[dim + i] != mask.shape[i])
                    throw new IndexOutOfRangeException(
                        $"A mask of shape {Written(mask.shape)} does not fit dimension {dim} of " +
                        $"shape {Written(view.shape)}.");
            }

            return mask.nonzero().unbind(1);
        }

        private static long Consumed(TensorIndex index) => index.Kind switch
        {
            TensorIndex.Form.Single or TensorIndex.Form.Slice => 1,
            TensorIndex.Form.Tensor => index.Value!.dtype is ScalarType.Bool or ScalarType.Byte ? index.Value.ndim : 1,
            _ => 0,
        };
    }
}
