using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>What a scope can own and find again in one step.</summary>
internal interface IScoped : IDisposable
{
    DisposeScope? Scope { get; set; }

    int ScopeIndex { get; set; }
}

/// <summary>
/// Disposes what was made on its thread while it was the innermost scope, except what left it.
/// Nested scopes make a stack.
/// </summary>
public sealed class DisposeScope : IDisposable
{
    private readonly List<IDisposable> _items = [];
    private readonly Lock _lock = new();
    private readonly DisposeScopeManager _manager;
    private bool _disposed;

    internal DisposeScope(DisposeScopeManager manager) => _manager = manager;

    /// <summary>The scope around this one.</summary>
    internal DisposeScope? Outer { get; init; }

    public int DisposablesCount
    {
        get
        {
            lock (_lock) return _items.Count;
        }
    }

    public IReadOnlyList<IDisposable> DisposablesView
    {
        get
        {
            lock (_lock) return _items.ToArray();
        }
    }

    public bool Contains(IDisposable disposable)
    {
        lock (_lock) return IndexOf(disposable) >= 0;
    }

    /// <summary>Takes ownership, from another scope where one has it.</summary>
    public void Attach(IDisposable disposable) => Take(disposable);

    public void Attach(params IDisposable[] disposables)
    {
        foreach (var disposable in disposables) Take(disposable);
    }

    public IReadOnlyList<IDisposable> Attach(IEnumerable<IDisposable> disposables)
    {
        var list = disposables.ToList();
        foreach (var disposable in list) Take(disposable);
        return list;
    }

    /// <summary>Lets go of it: from now on no scope disposes it.</summary>
    public T Detach<T>(T disposable) where T : IDisposable
    {
        Remove(disposable);
        return disposable;
    }

    public (T1 first, T2 second) Detach<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable =>
        (Detach(first), Detach(second));

    public (T1 first, T2 second, T3 third) Detach<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable =>
        (Detach(first), Detach(second), Detach(third));

    public void Detach(params IDisposable[] disposables) => Detach((IEnumerable<IDisposable>)disposables);

    public void Detach(IEnumerable<IDisposable> disposables)
    {
        foreach (var disposable in disposables) Remove(disposable);
    }

    /// <summary>Gives it to the scope around this one; where there is none, lets go of it.</summary>
    public T MoveToOuter<T>(T disposable) where T : IDisposable
    {
        Move(disposable, Outer);
        return disposable;
    }

    public (
        T1 first, T2 second) MoveToOuter<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable =>
        (MoveToOuter(first), MoveToOuter(second));

    public (T1 first, T2 second, T3 third) MoveToOuter<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable =>
        (MoveToOuter(first), MoveToOuter(second), MoveToOuter(third));

    public void MoveToOuter(params IDisposable[] disposables) => MoveToOuter((IEnumerable<IDisposable>)disposables);

    public void MoveToOuter(IEnumerable<IDisposable> disposables)
    {
        foreach (var disposable in disposables) Move(disposable, Outer);
    }

    /// <summary>Gives it to another scope; null lets go of it.</summary>
    public T MoveToOther<T>(DisposeScope? scope, T disposable) where T : IDisposable
    {
        Move(disposable, scope);
        return disposable;
    }

    public (T1 first, T2 second) MoveToOther<T1, T2>(DisposeScope? scope, T1 first, T2 second)
        where T1 : IDisposable where T2 : IDisposable =>
        (MoveToOther(scope, first), MoveToOther(scope, second));

    public (T1 first, T2 second, T3 third) MoveToOther<T1, T2, T3>(DisposeScope? scope, T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable =>
        (MoveToOther(scope, first), MoveToOther(scope, second), MoveToOther(scope, third));

    public void MoveToOther(DisposeScope? scope, params IDisposable[] disposables) =>
        MoveToOther(scope, (IEnumerable<IDisposable>)disposables);

    public void MoveToOther(DisposeScope? scope, IEnumerable<IDisposable> disposables)
    {
        foreach (var disposable in disposables) Move(disposable, scope);
    }

    /// <summary>Disposes all it owns, and goes on.</summary>
    public void DisposeEverything() => DisposeEverythingBut(Enumerable.Empty<IDisposable>());

    public T DisposeEverythingBut<T>(T keep) where T : IDisposable
    {
        DisposeEverythingBut([keep]);
        return keep;
    }

    public (T1 first, T2 second) DisposeEverythingBut<T1, T2>(T1 first, T2 second)
        where T1 : IDisposable where T2 : IDisposable
    {
        DisposeEverythingBut([first, second]);
        return (first, second);
    }

    public (T1 first, T2 second, T3 third) DisposeEverythingBut<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable
    {
        DisposeEverythingBut([first, second, third]);
        return (first, second, third);
    }

    public void DisposeEverythingBut(params IDisposable[] keep) => DisposeEverythingBut((IEnumerable<IDisposable>)keep);

    public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep)
    {
        var keep = inKeep.ToHashSet<IDisposable>(ReferenceEqualityComparer.Instance);
        foreach (var disposable in Empty(keep)) disposable.Dispose();
    }

    /// <summary>Forgets what was disposed in another way.</summary>
    public void MarkAsDisposed(IDisposable disposable) => Remove(disposable);

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        _manager.Leave(this);
        DisposeEverything();
    }

    /// <summary>The tensor was just made: nothing else knows it yet.</summary>
    internal void Add(IScoped item)
    {
        lock (_lock)
        {
            item.ScopeIndex = _items.Count;
            item.Scope = this;
            _items.Add(item);
        }
    }

    internal void Remove(IDisposable disposable)
    {
        lock (_lock)
        {
            var index = IndexOf(disposable);
            if (index < 0) return;
            if (disposable is IScoped scoped) scoped.Scope = null;
            var last = _items[^1];
            _items[index] = last;
            if (last is IScoped moved) moved.ScopeIndex = index;
            _items.RemoveAt(_items.Count - 1);
        }
    }

    private void Take(IDisposable disposable)
    {
        if (disposable is IScoped scoped)
        {
            if (scoped.Scope == this) return;
            scoped.Scope?.Remove(disposable);
            Add(scoped);
            return;
        }

        lock (_lock)
        {
            if (IndexOf(disposable) < 0) _items.Add(disposable);
        }
    }

    private void Move(IDisposable disposable, DisposeScope? scope)
    {
        Remove(disposable);
        scope?.Take(disposable);
    }

    private int IndexOf(IDisposable disposable)
    {
        if (disposable is IScoped scoped) return scoped.Scope == this ? scoped.ScopeIndex : -1;
        return _items.FindIndex(item => ReferenceEquals(item, disposable));
    }

    // Takes out all but those to keep, so that their own disposal does not search for them here.
    private List<IDisposable> Empty(HashSet<IDisposable> keep)
    {
        lock (_lock)
        {
            var removed = new List<IDisposable>(_items.Count);
            var kept = new List<IDisposable>();
            foreach (var item in _items)
            {
                (keep.Contains(item) ? kept : removed).Add(item);
                if (item is IScoped scoped) scoped.Scope = null;
            }

            _items.Clear();
            foreach (var item in kept)
            {
                if (item is IScoped scoped) Add(scoped);
                else _items.Add(item);
            }

            return removed;
        }
    }
}

/// <summary>The scopes of a thread.</summary>
public class DisposeScopeManager
{
    [ThreadStatic] private static DisposeScopeManager? s_thread;

    internal DisposeScope? Current { get; private set; }

    internal static DisposeScopeManager Thread => s_thread ??= new();

    /// <summary>The innermost scope of this thread.</summary>
    internal static DisposeScope? CurrentScope => s_thread?.Current;

    internal DisposeScope Enter() => Current = new DisposeScope(this) { Outer = Current };

    // Scopes may end out of order: then those inside end with it.
    internal void Leave(DisposeScope scope)
    {
        for (var s = Current; s is not null; s = s.Outer)
        {
            if (s != scope) continue;
            Current = scope.Outer;
            return;
        }
    }
}

public static partial class torch
{
    /// <summary>A scope of this thread: disposes the tensors made inside it when it is disposed.</summary>
    public static DisposeScope NewDisposeScope() => DisposeScopeManager.Thread.Enter();

    public static DisposeScope? CurrentDisposeScope => DisposeScopeManager.CurrentScope;

    /// <summary>Runs it in a scope of its own and moves its result out.</summary>
    public static Tensor WrappedTensorDisposeScope(Func<Tensor> expr)
    {
        using var scope = NewDisposeScope();
        return expr().MoveToOuterDisposeScope();
    }
}
