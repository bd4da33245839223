using System.Runtime.InteropServices;
using DeepPS.Inference;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <content>What a training has between two steps, for checkpoints.</content>
internal sealed partial class TrainingRun
{
    /// <summary>Keeps all that going on from here needs, but for the data.</summary>
    public void Save(StateBag state)
    {
        var weights = state.Part("network");
        foreach (var parameter in network.State)
            weights.Put(parameter.Name, parameter.Value);
        if (optimizer is not null)
        {
            using var stream = new MemoryStream();
            optimizer.Save(stream);
            state.Put("optimizer", stream.ToArray());
            state.Put("factor", optimizer.Factor);
        }

        average?.Save(state.Part("average"));
        guard.Save(state.Part("guard"), within: Position.Step > 0);
        EarlyStop?.Save(state.Part("earlyStop"));
        state.Put("recoveries", recovery.Count);
        state.Put("parts", pass.Parts);
        CollectionsMarshal.AsSpan(losses).CopyTo(state.Room("losses", losses.Count));
        state.Put("seconds", started == 0 ? secondsBefore : Seconds());
        state.Put("window", training.WindowRows);
        using var scope = NewDisposeScope();
        state.Put("shuffle", shuffleAtStart ?? shuffle.get_state());
        state.Put("layers", context.Generator!.get_state());
        if (augmenter is not null)
            state.Put("augmentation", augmenter.State);
        sums?.Save(state.Part("sums"));
    }

    /// <summary>Goes on from where another run was saved; the network has its weights already.</summary>
    public void Load(StateBag state, TrainingPosition position)
    {
        if (optimizer is not null)
        {
            using var stream = new MemoryStream(state.Bytes("optimizer"));
            optimizer.Load(stream);
            optimizer.Factor = state.Doubles("factor")[0];
        }

        average?.Load(state.Part("average"));
        guard.Load(state.Part("guard"), within: position.Step > 0);
        if (EarlyStop is not null && state.Part("earlyStop").Has("value"))
            EarlyStop.Load(state.Part("earlyStop"));
        recovery.Count = (int)state.Longs("recoveries")[0];
        pass.Parts = (int)state.Longs("parts")[0];
        losses.AddRange(state.Doubles("losses"));
        secondsBefore = state.Doubles("seconds")[0];
        training.WindowRows = state.Longs("window")[0];
        shuffle.set_state(state.Tensor("shuffle"));
        context.Generator!.set_state(state.Tensor("layers"));
        if (augmenter is not null)
            augmenter.State = state.Tensor("augmentation");
        Position = position;
        if (position.Step > 0)
        {
            sums = new MetricSet(metrics, reader, device);
            sums.Load(state.Part("sums"));
        }

        progress.GoOn(Before(position));
    }
}
