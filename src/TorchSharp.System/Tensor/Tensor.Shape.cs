namespace TorchSharp;

// Shapes: views, joins and splits.
public static partial class torch
{
    public partial class Tensor
    {
        public Tensor as_strided(long[] size, long[] strides, long storageOffset = 0) =>
            Ops.as_strided.Call(this, size, strides, storageOffset);
        public Tensor atleast_1d() => Ops.atleast_1d.Unary(this);
        public Tensor atleast_2d() => Ops.atleast_2d.Unary(this);
        public Tensor atleast_3d() => Ops.atleast_3d.Unary(this);

        public Tensor broadcast_to(params long[] shape) => Ops.broadcast_to.Call(this, shape);

        public Tensor[] chunk(long chunks, long dim = 0) => Ops.chunk.CallList(this, chunks, dim);

        public Tensor diag(long diagonal = 0) => Ops.diag.Call(this, diagonal);
        public Tensor diag_embed(long offset = 0, long dim1 = -2, long dim2 = -1) =>
            Ops.diag_embed.Call(this, offset, dim1, dim2);
        public Tensor diagflat(long offset = 0) => Ops.diagflat.Call(this, offset);
        public Tensor diagonal(long offset = 0, long dim1 = 0, long dim2 = 1) =>
            Ops.diagonal.Call(this, offset, dim1, dim2);
        public Tensor[] dsplit(long size) => Ops.dsplit_int.CallList(this, size);
        public Tensor[] dsplit(params long[] sizes) => Ops.dsplit_array.CallList(this, sizes);
        public Tensor[] dsplit((long, long) indices_or_sections) =>
            Ops.dsplit_array.CallList(this, indices_or_sections);
        public Tensor[] dsplit((long, long, long) indices_or_sections) =>
            Ops.dsplit_array.CallList(this, indices_or_sections);
        public Tensor[] dsplit((long, long, long, long) indices_or_sections) =>
            Ops.dsplit_array.CallList(this, indices_or_sections);

        public Tensor expand(params long[] sizes) => Ops.expand.Call(this, sizes);
        public Tensor expand(Size sizes, bool isImplicit = false) => Ops.expand.Call(this, sizes, isImplicit);
        public Tensor expand(long[] sizes, bool isImplicit = false) => Ops.expand.Call(this, sizes, isImplicit);
        public Tensor expand(ReadOnlySpan<long> sizes, bool isImplicit = false) =>
            Ops.expand.Call(this, sizes, isImplicit);
        public Tensor expand_as(Tensor other) => Ops.expand_as.Binary(this, other);

        public Tensor flatten(long start_dim = 0, long end_dim = -1) =>
            Ops.flatten_using_ints.Call(this, start_dim, end_dim);
        public Tensor flip(params long[] dims) => Ops.flip.Call(this, dims);
        public Tensor fliplr() => Ops.fliplr.Unary(this);
        public Tensor flipud() => Ops.flipud.Unary(this);

        public Tensor[] hsplit(long size) => Ops.hsplit_int.CallList(this, size);
        public Tensor[] hsplit(params long[] sizes) => Ops.hsplit_array.CallList(this, sizes);

        public Tensor moveaxis(long[] source, long[] destination) =>
            Ops.moveaxis_intlist.Call(this, source, destination);
        public Tensor movedim(long[] source, long[] destination) => Ops.movedim_intlist.Call(this, source, destination);

        public Tensor permute(params long[] permutation) => Ops.permute.Call(this, permutation);

        public Tensor ravel() => Ops.ravel.Unary(this);
        public Tensor repeat(params long[] sizes) => Ops.repeat.Call(this, sizes);
        public Tensor repeat_interleave(long repeats, long? dim = null, long? output_size = null) =>
            Ops.repeat_interleave_self_int.Call(this, repeats, dim, output_size);
        public Tensor repeat_interleave(Tensor repeats, long? dim = null, long? output_size = null) =>
            Ops.repeat_interleave_self_Tensor.Call(this, repeats, dim, output_size);
        public Tensor reshape(params long[] shape) => Ops.reshape.Call(this, shape);
        public Tensor roll(long[] shifts) => Ops.roll.Call(this, shifts);
        public Tensor roll(long[] shifts, long[] dims) => Ops.roll.Call(this, shifts, dims);
        public Tensor roll((long, long) shifts, (long, long) dims) => Ops.roll.Call(this, shifts, dims);
        public Tensor roll((long, long, long) shifts, (long, long, long) dims) => Ops.roll.Call(this, shifts, dims);
        public Tensor roll(ReadOnlySpan<long> shifts, ReadOnlySpan<long> dims = default) =>
            Ops.roll.Call(this, shifts, dims);

        public Tensor[] split(params long[] sizes) => Ops.split_sizes.CallList(this, sizes);
        public Tensor[] split(long size, int dim = 0) => Ops.split_Tensor.CallList(this, size, dim);
        public Tensor[] split(long[] sizes, long dim = 0) => Ops.split_sizes.CallList(this, sizes, dim);
        public Tensor[] split(ReadOnlySpan<long> sizes, long dim = 0) => Ops.split_sizes.CallList(this, sizes, dim);
        public Tensor squeeze(long? dim = null) => Ops.squeeze_dim.Call(this, dim);
        public Tensor squeeze_(long? dim = null) => Ops.squeeze__dim.Apply(this, dim);
        public Tensor swapaxes(long dim0, long dim1) => Ops.swapaxes.Call(this, dim0, dim1);
        public Tensor swapdims(long dim0, long dim1) => Ops.swapdims.Call(this, dim0, dim1);

        public Tensor t() => Ops.t.Unary(this);
        public Tensor[] tensor_split(long size, long dim = 0) => Ops.tensor_split_sections.CallList(this, size, dim);
        public Tensor[] tensor_split(long[] sizes, long dim = 0) => Ops.tensor_split_indices.CallList(this, sizes, dim);
        public Tensor[] tensor_split(Tensor indices, long dim = 0) =>
            Ops.tensor_split_tensor_indices_or_sections.CallList(this, indices, dim);
        public Tensor tile(long[] reps) => Ops.tile.Call(this, reps);
        public Tensor transpose(long dim0, long dim1) => Ops.transpose_int.Call(this, dim0, dim1);
        public Tensor transpose_(long dim0, long dim1) => Ops.transpose_.Apply(this, dim0, dim1);
        public Tensor tril(long diagonal = 0) => Ops.tril.Call(this, diagonal);
        public Tensor tril_(long diagonal = 0) => Ops.tril_.Apply(this, diagonal);
        public Tensor triu(long diagonal = 0) => Ops.triu.Call(this, diagonal);
        public Tensor triu_(long diagonal = 0) => Ops.triu_.Apply(this, diagonal);

        public Tensor[] unbind(long dimension = 0) => Ops.unbind_int.CallList(this, dimension);
        public Tensor unflatten(long dim, Size sizes) => Ops.unflatten_int.Call(this, dim, sizes);
        public Tensor unflatten(long dim, params long[] sizes) => Ops.unflatten_int.Call(this, dim, sizes);
        public Tensor unfold(long dimension, long size, long step) => Ops.unfold.Call(this, dimension, size, step);
        public Tensor unsqueeze(long dim) => Ops.unsqueeze.Call(this, dim);
        public Tensor unsqueeze_(long dim) => Ops.unsqueeze_.Apply(this, dim);

        public Tensor view(params long[] shape) => Ops.view.Call(this, shape);
        public Tensor view_as(Tensor other) => Ops.view_as.Binary(this, other);
        public Tensor view_as_complex() => Ops.view_as_complex.Unary(this);
        public Tensor view_as_real() => Ops.view_as_real.Unary(this);
        public Tensor[] vsplit(long size) => Ops.vsplit_int.CallList(this, size);
        public Tensor[] vsplit(params long[] sizes) => Ops.vsplit_array.CallList(this, sizes);
    }
}
