using System.Diagnostics.CodeAnalysis;

namespace TorchSharp;

/// <summary>The functions of PyTorch's module of this name, over the libtorch on this machine.</summary>
public static partial class torch
{
    /// <summary>
    /// A tensor: one reference to libtorch's own. Freed by <see cref="Dispose()"/>, by the dispose scope it was
    /// made in, or, when forgotten, by its handle's finalizer.
    /// </summary>
    [SuppressMessage("Naming", "CA1716", Justification = "PyTorch's names")]
    public partial class Tensor : IDisposable, IScoped
    {
        private TensorHandle? _handle;
        private DisposeScope? _scope;

        /// <summary>Owns the reference that is given to it.</summary>
        internal Tensor(nint handle)
        {
            _handle = TensorHandle.Own(handle);
            DisposeScopeManager.CurrentScope?.Add(this);
        }

        /// <summary>How many tensors there are that were not freed.</summary>
        public static long TotalCount => TensorHandle.Live;

        /// <summary>The most there were at a time, about.</summary>
        public static long PeakCount => TensorHandle.Peak;

        DisposeScope? IScoped.Scope
        {
            get => _scope;
            set => _scope = value;
        }

        int IScoped.ScopeIndex { get; set; }

        public IntPtr Handle => _handle is { } handle ? handle.Value : throw Disposed();

        public bool IsInvalid => _handle is null;

        public static Tensor UnsafeCreateTensor(IntPtr handle) => new(handle);

        public void Dispose() => Dispose(true);

        protected virtual void Dispose(bool disposing)
        {
            if (Interlocked.Exchange(ref _handle, null) is not { } handle) return;
            _scope?.Remove(this);
            handle.Release();
        }

        /// <summary>Gives up the reference without freeing it: the caller owns it now.</summary>
        public IntPtr DecoupleFromNativeHandle()
        {
            var handle = Interlocked.Exchange(ref _handle, null) ?? throw Disposed();
            _scope?.Remove(this);
            return handle.GiveUp();
        }

        /// <summary>Gives it to the scope around the one that owns it.</summary>
        public Tensor MoveToOuterDisposeScope()
        {
            _scope?.MoveToOuter(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (_scope is { } scope) scope.MoveToOther(other, this);
            else other?.Attach(this);
            return this;
        }

        /// <summary>Gives it to the scope that owns the other.</summary>
        public Tensor MoveToOtherDisposeScope(Tensor other) => MoveToOtherDisposeScope(other._scope);

        /// <summary>No scope owns it from now on.</summary>
        public Tensor DetachFromDisposeScope()
        {
            _scope?.Detach(this);
            return this;
        }

        private static ObjectDisposedException Disposed() => new(nameof(Tensor), "This tensor was disposed.");
    }
}
