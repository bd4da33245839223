using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>
/// An operator of libtorch's dispatcher, by name and overload. Looked up at its first call. Arguments are given in the
/// schema's order; those left out at the end are the schema's defaults.
/// </summary>
internal sealed unsafe class Op(string name, string overload = "")
{
    private const int MostArguments = 24;
    private nint _handle;

    /// <summary>Whether this libtorch has it.</summary>
    internal bool Exists => _handle != 0 || Find() != 0;

    /// <summary>Calls it for its one tensor.</summary>
    internal Tensor Call(params ReadOnlySpan<Arg> arguments)
    {
        Slot result;
        return Invoke(arguments, &result, 1) == 1 ? ToTensor(&result)! : throw Unexpected("one tensor");
    }

    /// <summary>The shortest way for one tensor to one tensor.</summary>
    [SkipLocalsInit]
    internal Tensor Unary(Tensor argument)
    {
        Slot slot, result;
        slot.Tag = Tag.Tensor;
        slot.Pointer = argument.Handle;
        var produced = Native.dp_call(_handle != 0 ? _handle : Found(), &slot, 1, &result, 1);
        GC.KeepAlive(argument);
        if (produced < 0) throw Native.LastError();
        return produced == 1 ? ToTensor(&result)! : throw Unexpected("one tensor");
    }

    /// <summary>The shortest way for two tensors to one tensor.</summary>
    [SkipLocalsInit]
    internal Tensor Binary(Tensor first, Tensor second)
    {
        var slots = stackalloc Slot[2];
        Slot result;
        (slots[0].Tag, slots[0].Pointer) = (Tag.Tensor, first.Handle);
        (slots[1].Tag, slots[1].Pointer) = (Tag.Tensor, second.Handle);
        var produced = Native.dp_call(_handle != 0 ? _handle : Found(), slots, 2, &result, 1);
        GC.KeepAlive(first);
        GC.KeepAlive(second);
        if (produced < 0) throw Native.LastError();
        return produced == 1 ? ToTensor(&result)! : throw Unexpected("one tensor");
    }

    /// <summary>Calls it for its one tensor, which may be undefined.</summary>
    internal Tensor? CallMaybe(params ReadOnlySpan<Arg> arguments)
    {
        Slot result;
        return Invoke(arguments, &result, 1) == 1 ? ToTensor(&result) : throw Unexpected("one tensor");
    }

    /// <summary>Calls it for what it does to its first argument, which is the result.</summary>
    internal Tensor Apply(params ReadOnlySpan<Arg> arguments)
    {
        Invoke(arguments, null, 0);
        return (Tensor)arguments[0].Object!;
    }

    /// <summary>Calls it for two tensors.</summary>
    internal (Tensor, Tensor) Call2(params ReadOnlySpan<Arg> arguments)
    {
        var results = stackalloc Slot[2];
        return Invoke(arguments, results, 2) == 2
            ? (ToTensor(results)!, ToTensor(results + 1)!)
            : throw Unexpected("two tensors");
    }

    /// <summary>Calls it for three tensors.</summary>
    internal (Tensor, Tensor, Tensor) Call3(params ReadOnlySpan<Arg> arguments)
    {
        var results = stackalloc Slot[3];
        return Invoke(arguments, results, 3) == 3
            ? (ToTensor(results)!, ToTensor(results + 1)!, ToTensor(results + 2)!)
            : throw Unexpected("three tensors");
    }

    /// <summary>Calls it for four tensors.</summary>
    internal (Tensor, Tensor, Tensor, Tensor) Call4(params ReadOnlySpan<Arg> arguments)
    {
        var results = stackalloc Slot[4];
        return Invoke(arguments, results, 4) == 4
            ? (ToTensor(results)!, ToTensor(results + 1)!, ToTensor(results + 2)!, ToTensor(results + 3)!)
            : throw Unexpected("four tensors");
    }

    /// <summary>Calls it for its list of tensors.</summary>
    internal Tensor[] CallList(params ReadOnlySpan<Arg> arguments)
    {
        Slot result;
        if (Invoke(arguments, &result, 1) != 1 || result.Tag != Tag.Tensors) throw Unexpected("a list of tensors");
        var tensors = new Tensor[result.Count];
        for (var i = 0; i < tensors.Length; i++) tensors[i] = new Tensor(((nint*)result.Pointer)[i]);
        Native.dp_free(&result);
        return tensors;
    }

    /// <summary>Calls it for a number: a count, a truth, a dtype.</summary>
    internal Scalar CallScalar(params ReadOnlySpan<Arg> arguments)
    {
        Slot result;
        if (Invoke(arguments, &result, 1) != 1) throw Unexpected("one number");
        var scalar = Scalar.From(result);
        if (result.Tag == Tag.Complex) Native.dp_free(&result);
        return scalar ?? throw Unexpected("one number");
    }

    /// <summary>Calls it for nothing but what it does.</summary>
    internal void Run(params ReadOnlySpan<Arg> arguments) => Invoke(arguments, null, 0);

    [SkipLocalsInit]
    private int Invoke(ReadOnlySpan<Arg> arguments, Slot* results, int room)
    {
        var handle = _handle;
        if (handle == 0) handle = Found();
        var slots = stackalloc Slot[MostArguments];
        if (arguments.Length > MostArguments)
            throw new ArgumentException($"{Name} is given {arguments.Length} arguments.");
        var extra = 0;
        for (var i = 0; i < arguments.Length; i++)
        {
            ref readonly var argument = ref arguments[i];
            ref var slot = ref slots[i];
            slot.Tag = argument.Tag;
            if (argument.Tag == Tag.Tensor) slot.Pointer = Unsafe.As<Tensor>(argument.Object!).Handle;
            else if (argument.IsLong) extra += SizeOf(argument);
            else if (argument.Tag == Tag.Generator) slot.Pointer = Unsafe.As<Generator>(argument.Object!).Handle;
            else slot.Int = argument.Bits;
        }

        var produced = extra == 0
            ? Native.dp_call(handle, slots, arguments.Length, results, room)
            : InvokeWithLists(handle, arguments, slots, extra, results, room);
        foreach (ref readonly var argument in arguments) GC.KeepAlive(argument.Object);
        return produced < 0 ? throw Native.LastError() : produced;
    }

    // Lists are short: their content is copied beside the slots rather than pinned.
    [SkipLocalsInit]
    private static int InvokeWithLists(
        nint handle, ReadOnlySpan<Arg> arguments, Slot* slots, int bytes, Slot* results, int room)
    {
        const int OnStack = 1024;
        var near = stackalloc byte[OnStack];
        var memory = bytes <= OnStack ? near : (byte*)NativeMemory.Alloc((nuint)bytes);
        try
        {
            var next = memory;
            for (var i = 0; i < arguments.Length; i++)
            {
                if (!arguments[i].IsLong) continue;
                slots[i].Pointer = (nint)next;
                slots[i].Count = CopyTo(arguments[i].Object!, next);
                next += SizeOf(arguments[i]);
            }

            return Native.dp_call(handle, slots, arguments.Length, results, room);
        }
        finally
        {
            if (memory != near) NativeMemory.Free(memory);
        }
    }

    // In whole eights, so that each list starts aligned; a list of none still takes one.
    private static int SizeOf(in Arg argument) => argument.Object switch
    {
        long[] a => Math.Max(a.Length, 1) * 8,
        double[] a => Math.Max(a.Length, 1) * 8,
        Tensor?[] a => Math.Max(a.Length, 1) * 8,
        bool[] a => (a.Length + 8) & ~7,
        string s => (Encoding.UTF8.GetByteCount(s) + 8) & ~7,
        _ => throw new InvalidOperationException("unknown list"),
    };

    private static int CopyTo(object list, byte* memory)
    {
        switch (list)
        {
            case long[] a:
                a.CopyTo(new Span<long>(memory, a.Length));
                return a.Length;
            case double[] a:
                a.CopyTo(new Span<double>(memory, a.Length));
                return a.Length;
            case bool[] a:
                a.CopyTo(new Span<bool>(memory, a.Length));
                return a.Length;
            case Tensor?[] a:
                for (var i = 0; i < a.Length; i++) ((nint*)memory)[i] = a[i] is { } tensor ? tensor.Handle : 0;
                return a.Length;
            default:
                var text = (string)list;
                return Encoding.UTF8.GetBytes(text, new Span<byte>(memory, Encoding.UTF8.GetByteCount(text)));
        }
    }

    private static Tensor? ToTensor(Slot* slot) =>
        slot->Tag == Tag.Tensor && slot->Pointer != 0 ? new Tensor(slot->Pointer) : null;

    private string Name => overload.Length == 0 ? name : $"{name}.{overload}";

    private InvalidOperationException Unexpected(string what) => new($"aten::{Name} does not give {what}.");

    private nint Found() =>
        Find() is var handle and not 0
            ? handle
            : throw new NotSupportedException($"This libtorch ({__version__}) has no aten::{Name}.");

    [MethodImpl(MethodImplOptions.NoInlining)]
    private nint Find()
    {
        fixed (byte* full = Encoding.UTF8.GetBytes($"aten::{name}\0"))
        fixed (byte* kind = Encoding.UTF8.GetBytes($"{overload}\0"))
        {
            return _handle = Native.dp_find(full, kind);
        }
    }
}
