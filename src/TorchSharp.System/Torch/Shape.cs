namespace TorchSharp;

// Shapes: views, joins and splits.
public static partial class torch
{
    public static Tensor block_diag(params Tensor[] tensors) => Ops.block_diag.Call(tensors);
    public static Tensor broadcast_to(Tensor input, params long[] shape) => input.broadcast_to(shape);

    public static Tensor cartesian_prod(params Tensor[] tensors) => Ops.cartesian_prod.Call(tensors);
    public static Tensor cartesian_prod(IList<Tensor> tensors) => Ops.cartesian_prod.Call(tensors.ToArray());
    public static Tensor cartesian_prod(ReadOnlySpan<Tensor> tensors) => Ops.cartesian_prod.Call(tensors.ToArray());
    public static Tensor cat(Tensor[] tensors, long dim = 0) => Ops.cat.Call(tensors, dim);
    public static Tensor cat(IList<Tensor> tensors, long dim = 0) => Ops.cat.Call(tensors.ToArray(), dim);
    public static Tensor cat(ReadOnlySpan<Tensor> tensors, long dim = 0) => Ops.cat.Call(tensors.ToArray(), dim);
    public static Tensor[] chunk(Tensor input, long chunks, long dim = 0) => input.chunk(chunks, dim);
    public static Tensor column_stack(params Tensor[] tensors) => Ops.column_stack.Call(tensors);
    public static Tensor column_stack(IList<Tensor> tensors) => Ops.column_stack.Call(tensors.ToArray());
    public static Tensor column_stack(ReadOnlySpan<Tensor> tensors) => Ops.column_stack.Call(tensors.ToArray());
    public static Tensor concat(Tensor[] tensors, long dim = 0) => Ops.concat.Call(tensors, dim);
    public static Tensor concat(IList<Tensor> tensors, long dim = 0) => Ops.concat.Call(tensors.ToArray(), dim);
    public static Tensor concat(ReadOnlySpan<Tensor> tensors, long dim = 0) => Ops.concat.Call(tensors.ToArray(), dim);
    public static Tensor concatenate(Tensor[] tensors, long axis = 0) => Ops.concatenate.Call(tensors, axis);
    public static Tensor concatenate(IList<Tensor> tensors, long axis = 0) =>
        Ops.concatenate.Call(tensors.ToArray(), axis);
    public static Tensor concatenate(ReadOnlySpan<Tensor> tensors, long axis = 0) =>
        Ops.concatenate.Call(tensors.ToArray(), axis);

    public static Tensor diag(Tensor input, long diagonal = 0) => input.diag(diagonal);
    public static Tensor diag_embed(Tensor input, long offset = 0, long dim1 = -2, long dim2 = -1) =>
        input.diag_embed(offset, dim1, dim2);
    public static Tensor diagflat(Tensor input, long offset = 0) => input.diagflat(offset);
    public static Tensor diagonal(Tensor input, long offset = 0, long dim1 = 0, long dim2 = 1) =>
        input.diagonal(offset, dim1, dim2);
    public static Tensor[] dsplit(Tensor input, long size) => input.dsplit(size);
    public static Tensor[] dsplit(Tensor input, long[] indices_or_sections) => input.dsplit(indices_or_sections);
    public static Tensor[] dsplit(Tensor input, Tensor indices_or_sections) => input.dsplit(indices_or_sections);
    public static Tensor[] dsplit(Tensor input, (long, long) indices_or_sections) => input.dsplit(indices_or_sections);
    public static Tensor[] dsplit(Tensor input, (long, long, long) indices_or_sections) =>
        input.dsplit(indices_or_sections);
    public static Tensor[] dsplit(Tensor input, (long, long, long, long) indices_or_sections) =>
        input.dsplit(indices_or_sections);
    public static Tensor dstack(params Tensor[] tensors) => Ops.dstack.Call(tensors);
    public static Tensor dstack(IList<Tensor> tensors) => Ops.dstack.Call(tensors.ToArray());
    public static Tensor dstack(IEnumerable<Tensor> tensors) => Ops.dstack.Call(tensors.ToArray());
    public static Tensor dstack(ReadOnlySpan<Tensor> tensors) => Ops.dstack.Call(tensors.ToArray());

    public static Tensor flatten(Tensor input, long start_dim = 0, long end_dim = -1) =>
        input.flatten(start_dim, end_dim);
    public static Tensor flip(Tensor input, params long[] dims) => input.flip(dims);
    public static Tensor fliplr(Tensor input) => input.fliplr();
    public static Tensor flipud(Tensor input) => input.flipud();

    public static Tensor[] hsplit(Tensor input, long indices_or_sections) => input.hsplit(indices_or_sections);
    public static Tensor[] hsplit(Tensor input, long[] indices_or_sections) => input.hsplit(indices_or_sections);
    public static Tensor[] hsplit(Tensor input, Tensor indices_or_sections) => input.hsplit(indices_or_sections);
    public static Tensor[] hsplit(Tensor input, (long, long) indices_or_sections) =>
        Ops.hsplit_array.CallList(input, indices_or_sections);
    public static Tensor[] hsplit(Tensor input, (long, long, long) indices_or_sections) =>
        Ops.hsplit_array.CallList(input, indices_or_sections);
    public static Tensor[] hsplit(Tensor input, (long, long, long, long) indices_or_sections) =>
        Ops.hsplit_array.CallList(input, indices_or_sections);
    public static Tensor hstack(params Tensor[] tensors) => Ops.hstack.Call(tensors);
    public static Tensor hstack(IList<Tensor> tensors) => Ops.hstack.Call(tensors.ToArray());
    public static Tensor hstack(IEnumerable<Tensor> tensors) => Ops.hstack.Call(tensors.ToArray());
    public static Tensor hstack(ReadOnlySpan<Tensor> tensors) => Ops.hstack.Call(tensors.ToArray());

    public static Tensor moveaxis(Tensor input, long[] source, long[] destination) =>
        input.moveaxis(source, destination);
    public static Tensor moveaxis(Tensor input, (long, long) source, (long, long) destination) =>
        Ops.moveaxis_intlist.Call(input, source, destination);
    public static Tensor moveaxis(Tensor input, (long, long, long) source, (long, long, long) destination) =>
        Ops.moveaxis_intlist.Call(input, source, destination);
    public static Tensor moveaxis(
        Tensor input, (long, long, long, long) source, (long, long, long, long) destination) =>
        Ops.moveaxis_intlist.Call(input, source, destination);
    public static Tensor movedim(Tensor input, long[] source, long[] destination) => input.movedim(source, destination);

    public static Tensor permute(Tensor input, params long[] permutation) => input.permute(permutation);

    public static Tensor ravel(Tensor input) => input.ravel();
    public static Tensor repeat_interleave(Tensor input, long repeats, long? dim = null, long? output_size = null) =>
        input.repeat_interleave(repeats, dim, output_size);
    public static Tensor repeat_interleave(Tensor input, Tensor repeats, long? dim = null, long? output_size = null) =>
        input.repeat_interleave(repeats, dim, output_size);
    public static Tensor reshape(Tensor input, params long[] shape) => input.reshape(shape);
    public static Tensor roll(Tensor input, long[] shifts) => input.roll(shifts);
    public static Tensor roll(Tensor input, long[] shifts, long[] dims) => input.roll(shifts, dims);
    public static Tensor roll(Tensor input, (long, long) shifts, (long, long) dims) => input.roll(shifts, dims);
    public static Tensor roll(Tensor input, (long, long, long) shifts, (long, long, long) dims) =>
        input.roll(shifts, dims);
    public static Tensor roll(Tensor input, ReadOnlySpan<long> shifts, ReadOnlySpan<long> dims = default) =>
        input.roll(shifts, dims);
    public static Tensor rot90(Tensor input, long k = 1, (long, long)? dims = null) => input.rot90(k, dims);
    public static Tensor row_stack(params Tensor[] tensors) => Ops.row_stack.Call(tensors);
    public static Tensor row_stack(IList<Tensor> tensors) => Ops.row_stack.Call(tensors.ToArray());
    public static Tensor row_stack(ReadOnlySpan<Tensor> tensors) => Ops.row_stack.Call(tensors.ToArray());

    public static Tensor[] split(Tensor tensor, long[] split_size_or_sections, long dim = 0) =>
        tensor.split(split_size_or_sections, dim);
    public static Tensor squeeze(Tensor input, long? dim = null) => input.squeeze(dim);
    public static Tensor squeeze_(Tensor input, long? dim = null) => input.squeeze_(dim);
    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0) => Ops.stack.Call(tensors.ToArray(), dim);
    public static Tensor swapaxes(Tensor input, long axis0, long axis1) => input.swapaxes(axis0, axis1);
    public static Tensor swapdims(Tensor input, long dim0, long dim1) => input.swapdims(dim0, dim1);

    public static Tensor t(Tensor input) => input.t();
    public static Tensor[] tensor_split(Tensor input, long indices_or_sections, long dim = 0) =>
        input.tensor_split(indices_or_sections, dim);
    public static Tensor[] tensor_split(Tensor input, long[] indices_or_sections, long dim = 0) =>
        input.tensor_split(indices_or_sections, dim);
    public static Tensor[] tensor_split(Tensor input, Tensor indices_or_sections, long dim = 0) =>
        input.tensor_split(indices_or_sections, dim);
    public static Tensor tile(Tensor input, long[] dims) => input.tile(dims);
    public static Tensor transpose(Tensor input, long dim0, long dim1) => input.transpose(dim0, dim1);
    public static Tensor tril(Tensor input, long diagonal = 0) => input.tril(diagonal);
    public static Tensor tril_(Tensor input, long diagonal = 0) => input.tril_(diagonal);
    public static Tensor triu(Tensor input, long diagonal = 0) => input.triu(diagonal);
    public static Tensor triu_(Tensor input, long diagonal = 0) => input.triu_(diagonal);

    public static Tensor[] unbind(Tensor input, long dim = 0) => input.unbind(dim);
    public static Tensor[] unbind(Tensor tensor, int dim = 0) => Ops.unbind_int.CallList(tensor, dim);
    public static Tensor unflatten(Tensor input, long dim, Size sizes) => input.unflatten(dim, sizes);
    public static Tensor unflatten(Tensor input, long dim, params long[] sizes) => input.unflatten(dim, sizes);
    public static Tensor unsqueeze(Tensor input, long dim) => input.unsqueeze(dim);
    public static Tensor unsqueeze_(Tensor input, long dim) => input.unsqueeze_(dim);

    public static Tensor view_as_complex(Tensor input) => input.view_as_complex();
    public static Tensor view_as_real(Tensor input) => input.view_as_real();
    public static Tensor[] vsplit(Tensor input, long[] indices_or_sections) => input.vsplit(indices_or_sections);
    public static Tensor vstack(Tensor[] tensors) => Ops.vstack.Call(tensors);
    public static Tensor vstack(IList<Tensor> tensors) => Ops.vstack.Call(tensors.ToArray());
    public static Tensor vstack(ReadOnlySpan<Tensor> tensors) => Ops.vstack.Call(tensors.ToArray());
}
