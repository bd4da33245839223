using DeepPS.Common;
using DeepPS.Layers;
using DeepPS.Models;

namespace DeepPS.Training;

/// <summary>
/// Gradual unfreezing (Howard and Ruder, Universal Language Model Fine-tuning for Text Classification, 2018): the
/// training begins with the last group of layers, and the next group before it joins after every some epochs. At the
/// end all layers are as they were before. Layers that are frozen themselves stay so.
/// </summary>
public sealed class GradualUnfreezing : TrainingCallback
{
    /// <summary>The number of epochs after which the next group joins.</summary>
    public int EpochsPerGroup { get; init; } = 1;

    /// <summary>
    /// The groups, in the order in which they learn; layers in none learn from the beginning. Empty: each layer with
    /// parameters is a group, from the last to the first.
    /// </summary>
    public IReadOnlyList<LayerGroup> Groups { get; init; } = [];

    /// <inheritdoc/>
    /// <exception cref="DlException"><c>LayerNotFound</c>: a group has no layer.</exception>
    public override void Begin(TrainingSession session)
    {
        var (groups, epochs) = (Split(session.Model), session.Run.Options.Epochs);
        var reached = 1 + (epochs - 1) / EpochsPerGroup;
        if (reached < groups.Count)
            session.Run.Warn?.Invoke($"In {epochs} epochs {reached} of {groups.Count} groups of layers are unfrozen; "
                + "the others keep their weights. Use more epochs, or fewer groups.");
        Apply(session, groups);
    }

    /// <inheritdoc/>
    public override void AfterEpoch(TrainingSession session, EpochRecord record) =>
        Apply(session, Split(session.Model));

    /// <inheritdoc/>
    public override void End(TrainingSession session, TrainingEnd end) => Hold(session.Model, _ => false);

    /// <summary>Holds the layers whose turn has not come; it depends on the epoch alone, so that a resumed training
    /// continues.</summary>
    private void Apply(TrainingSession session, IReadOnlyList<IReadOnlyList<LayerNode>> groups)
    {
        var done = session.Run.Clock.Position.Epoch - 1;
        var joined = Math.Min(1 + done / EpochsPerGroup, groups.Count);
        var held = groups.Skip(joined).SelectMany(group => group).ToHashSet();
        if (Hold(session.Model, held.Contains))
            session.Run.Log?.Invoke(held.Count == 0 ? "All layers learn."
                : $"Layers that learn only later: {string.Join(", ", held.Select(node => node.Name))}.");
    }

    /// <summary>Holds layers and lets the others learn; false: nothing has changed.</summary>
    private static bool Hold(Model model, Func<LayerNode, bool> held)
    {
        var network = model.Network!;
        var changed = network.Nodes.Where(node => node.Scope!.Held != held(node)).ToArray();
        foreach (var node in changed)
            node.Scope!.Held = !node.Scope.Held;
        if (changed.Length > 0)
            foreach (var parameter in network.Parameters)
                parameter.Value.requires_grad = !parameter.Frozen;
        return changed.Length > 0;
    }

    private IReadOnlyList<IReadOnlyList<LayerNode>> Split(Model model)
    {
        var nodes = model.Network!.Nodes.Where(node => node is { ParameterCount: > 0, Layer.Frozen: false }).ToList();
        if (Groups.Count == 0)
            return nodes.AsEnumerable().Reverse().Select(node => (IReadOnlyList<LayerNode>)[node]).ToArray();
        var groups = new List<IReadOnlyList<LayerNode>>();
        foreach (var (pattern, matches) in Groups)
        {
            var group = nodes.Where(node => matches(node.Name)).ToArray();
            if (group.Length == 0)
                throw new DlException("LayerNotFound", DlErrorKind.NotFound,
                    $"No layer that can learn is named '{pattern}', or all such layers are in a group before. Layers: "
                    + $"{string.Join(", ", model.Network.Nodes.Select(node => node.Name))}.", pattern);
            nodes.RemoveAll(group.Contains);
            groups.Add(group);
        }

        return groups;
    }
}

/// <summary>Layers that learn from the same epoch on.</summary>
/// <param name="Pattern">How the user named them.</param>
/// <param name="Matches">Whether a layer of a name is one of them.</param>
public sealed record LayerGroup(string Pattern, Func<string, bool> Matches);
