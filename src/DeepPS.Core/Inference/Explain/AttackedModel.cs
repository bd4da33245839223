using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Networks;
using DeepPS.Objectives;
using static TorchSharp.torch;

namespace DeepPS.Inference;

/// <summary>A model whose inputs are changed along the gradient of its loss. The network runs as for predictions, and
/// the gradients of its parameters stay as they are.</summary>
internal sealed class AttackedModel : IDisposable
{
    private readonly Network network;
    private readonly Loss loss;
    private readonly Room?[] rooms;

    /// <exception cref="DlException"><c>AdversarialInput</c>: no input can be changed a little.</exception>
    public AttackedModel(Network network, DataPlan plan, Loss loss, Device device)
    {
        (this.network, this.loss) = (network, loss);
        rooms = plan.InputPlans.Select(input => Room.Of(input, device)).ToArray();
        if (rooms.All(room => room is null))
            throw new DlException("AdversarialInput", DlErrorKind.InvalidArgument,
                "An attack changes pixels, numbers and arrays a little; the inputs are "
                + string.Join(", ", plan.InputPlans.Select(input => $"'{input.Name}' ({input.Nature})")) + ".");
    }

    /// <summary>Whether an input can be changed.</summary>
    public bool Changes(int input) => rooms[input] is not null;

    /// <summary>One step along the sign of the loss's gradient.</summary>
    /// <param name="from">The inputs so far.</param>
    /// <param name="original">The inputs before any change.</param>
    /// <param name="targets">The targets.</param>
    /// <param name="targeted">Whether the loss is made smaller instead of larger.</param>
    /// <param name="size">The size of the step.</param>
    /// <param name="epsilon">The largest distance from the original.</param>
    public Tensor[] Step(
        Tensor[] from, Tensor[] original, Tensor targets, bool targeted, double size, double epsilon) =>
        Undisturbed.Run(() => StepOnce(from, original, targets, targeted, size, epsilon));

    private Tensor[] StepOnce(
        Tensor[] from, Tensor[] original, Tensor targets, bool targeted, double size, double epsilon)
    {
        using var gradient = enable_grad();
        using var scope = NewDisposeScope();
        var variables = from.Where((_, i) => Changes(i)).Select(ExplainedBatch.Variable).ToArray();
        var next = 0;
        var inputs = from.Select((input, i) => Changes(i) ? variables[next++] : input).ToArray();
        var value = loss.Compute(network.Forward(inputs, ForwardContext.Inference), targets);
        var gradients = ExplainedBatch.Derivative(targeted ? value.neg() : value, variables);
        next = 0;
        return from.Select((input, i) => rooms[i] is not { } room ? input
            : room.Within(input.add(gradients[next++].sign().mul(room.Unit).mul(size)), original[i], epsilon)
                .MoveToOuterDisposeScope()).ToArray();
    }

    /// <summary>Inputs at random places within a distance.</summary>
    public Tensor[] Noise(Tensor[] inputs, double epsilon, Generator random) => inputs.Select((input, i) =>
    {
        if (rooms[i] is not { } room)
            return input;
        using var scope = NewDisposeScope();
        var noise = empty_like(input).uniform_(-1, 1, random).mul(room.Unit).mul(epsilon);
        return room.Within(input.add(noise), input, epsilon).MoveToOuterDisposeScope();
    }).ToArray();

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var room in rooms)
            room?.Dispose();
    }

    /// <summary>How far the numbers of an input may change.</summary>
    /// <param name="Unit">What one unit of epsilon is for each number, 0 for those that stay; (1, ...).</param>
    /// <param name="Low">The smallest values; null for no limit.</param>
    /// <param name="High">The largest values; null for no limit.</param>
    private sealed record Room(Tensor Unit, Tensor? Low, Tensor? High) : IDisposable
    {
        public static Room? Of(InputPlan input, Device device)
        {
            using var scope = NewDisposeScope();
            if (input.Levels is not null)
                return null;
            if (input.IsImage)
                return OfPixels(input.Scale, device);
            var amounts = InputPart.IsWhole(input) ? [] : input.Amounts.Select(amount => amount ? 1f : 0f).ToArray();
            if (amounts.Length > 0 && !amounts.Contains(1f))
                return null;
            var unit = amounts.Length == 0 ? ones(1, device: device) : tensor(amounts, device: device).unsqueeze(0);
            return new Room(unit.DetachFromDisposeScope(), null, null);
        }

        public Tensor Within(Tensor changed, Tensor original, double epsilon)
        {
            var far = Unit.mul(epsilon);
            var near = changed.minimum(original.add(far)).maximum(original.sub(far));
            return Low is null ? near : near.maximum(Low).minimum(High!);
        }

        public void Dispose()
        {
            Unit.Dispose();
            Low?.Dispose();
            High?.Dispose();
        }

        private static Room OfPixels(ChannelScale? scale, Device device)
        {
            if (scale is null)
                return new Room(Of([1f]), Of([0f]), Of([1f]));
            return new Room(Of(scale.Deviation.Select(deviation => (float)(1 / deviation))),
                Of(scale.Shifts), Of(scale.Mean.Zip(scale.Deviation,
                    (mean, deviation) => (float)((1 - mean) / deviation))));

            Tensor Of(IEnumerable<float> numbers) =>
                tensor(numbers.ToArray(), device: device)
                    .reshape([1, .. scale?.Sizes ?? [-1, 1, 1]]).DetachFromDisposeScope();
        }
    }
}
