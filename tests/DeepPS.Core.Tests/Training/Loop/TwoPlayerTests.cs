using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Networks;
using DeepPS.Objectives;
using DeepPS.Torch;
using DeepPS.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Tests;

/// <summary>
/// Trainings of more than one network use the same loop: two that take turns, and a teacher beside a learner.
/// </summary>
public sealed class TwoPlayerTests
{
    private const int Samples = 256;
    private static readonly LabelPlan Label = new("y", LabelKind.Number, new Shape(1), []);
    private static readonly TrainingOptions Options = new()
    {
        Epochs = 40, BatchSize = 32, Seed = 3, Optimizer = new Adam { LearningRate = 0.01 }, Metrics = [], Threads = 1,
    };

    /// <summary>
    /// A generator learns numbers about 4 from noise about 0, judged by a discriminator that learns to tell them from
    /// the data: an adversarial game of two players, each with its own network, objective and optimizer.
    /// </summary>
    [Fact]
    public void AGeneratorAndADiscriminatorTakeTurns()
    {
        using var generator = Small(seed: 1, new Dense { Units = 8, Activation = new Tanh() }, new Dense { Units = 1 });
        using var discriminator = Small(seed: 2, new Dense { Units = 8, Activation = new Tanh() },
            new Dense { Units = 1 });
        var (first, second) = (Weights(generator), Weights(discriminator));
        using (var run = Run(random => [
            new Player(generator, new Deceive(generator, discriminator, random.Layers),
                new Adam { LearningRate = 0.02 }),
            new Player(discriminator, new Detect(generator, discriminator, random.Layers),
                new Adam { LearningRate = 0.02 })], generator))
        {
            Assert.Equal(0, Mean(generator), 0.8);
            while (run.Epoch(default) is not null && !run.Clock.IsDone)
            {
            }
        }

        Assert.NotEqual(first, Weights(generator));
        Assert.NotEqual(second, Weights(discriminator));
        Assert.InRange(Mean(generator), 3, 5);
    }

    /// <summary>
    /// A pupil that learns a teacher's outputs: the second network needs no place in the loop, only in the objective.
    /// </summary>
    [Fact]
    public void APupilLearnsFromATeacher()
    {
        using var teacher = Small(seed: 1, new Dense { Units = 8, Activation = new Tanh() }, new Dense { Units = 1 });
        using var pupil = Small(seed: 2, new Dense { Units = 8, Activation = new Tanh() }, new Dense { Units = 1 });
        var taught = Weights(teacher);
        using var run = Run(_ => [new Player(pupil, new Imitate(pupil, teacher), new Adam { LearningRate = 0.02 })],
            pupil);
        var losses = new List<double>();
        while (!run.Clock.IsDone)
            losses.Add(run.Epoch(default)!.Loss);
        Assert.True(losses[^1] < losses[0] / 50, $"{losses[0]} to {losses[^1]}");
        Assert.Equal(taught, Weights(teacher));
    }

    /// <summary>
    /// A training of two players stops between two steps and continues in another process with the same numbers.
    /// </summary>
    [Fact]
    public void BothPlayersAreInACheckpoint()
    {
        float[] Train(int stopAfter)
        {
            using var generator = Small(seed: 1, new Dense { Units = 4, Activation = new Tanh() },
                new Dense { Units = 1 });
            using var discriminator = Small(seed: 2, new Dense { Units = 4, Activation = new Tanh() },
                new Dense { Units = 1 });
            TrainingRun New(StepHook? hook = null) => Run(random => [
                new Player(generator, new Deceive(generator, discriminator, random.Layers),
                    new Adam { LearningRate = 0.02 }),
                new Player(discriminator, new Detect(generator, discriminator, random.Layers),
                    new Adam { LearningRate = 0.02 })], generator, hook);
            using var state = new StateBag();
            TrainingPosition position;
            using (var run = New(new StopAfter(stopAfter)))
            {
                while (!run.Clock.IsDone && run.Epoch(default) is not null)
                {
                }

                run.Save(state);
                position = run.Clock.Position;
            }

            Assert.Equal(stopAfter == int.MaxValue, position.Epoch > Options.Epochs);
            foreach (var parameter in discriminator.State)
                parameter.Load(zeros_like(parameter.Value));
            using var rest = New();
            rest.Load(state, position);
            while (!rest.Clock.IsDone)
                rest.Epoch(default);
            return [.. Weights(generator), .. Weights(discriminator)];
        }

        Assert.Equal(Train(int.MaxValue), Train(stopAfter: 21));
    }

    private static Network Small(int seed, params Layer[] layers) =>
        new(layers, NetworkInput.Numbered([new Shape(1)]), seed);

    private static TrainingRun Run(Func<TrainingRandom, IReadOnlyList<Player>> players, Network network,
        StepHook? hook = null)
    {
        TorchRuntime.Ensure();
        var random = new TrainingRandom(Options.Seed, CPU);
        var numbers = new float[Samples];
        var source = new Random(5);
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = (float)(4 + source.NextDouble() - 0.5);
        var data = new EncodedData(Samples, [new EncodedInput("input", new Shape(1), numbers)])
        {
            Targets = numbers, TargetShape = new Shape(1),
        };
        return new TrainingRun(new TrainingSetup
        {
            Options = Options,
            Players = players(random),
            Measure = new ModelMeasure(network, new MSELoss(), [], new OutputReader(Label, new MSELoss()), CPU, 1),
            Training = new DeviceData(data, CPU),
            Random = random,
            Hooks = hook is null ? [] : [hook],
        });
    }

    private static float[] Weights(Network network) =>
        network.State.SelectMany(p => p.Value.detach().data<float>().ToArray()).ToArray();

    private static double Mean(Network generator)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        return generator.Forward([linspace(-1, 1, 101).unsqueeze(1)], ForwardContext.Inference).mean().ToDouble();
    }

    private sealed class StopAfter(int steps) : StepHook
    {
        private int taken;

        public override bool AfterStep() => ++taken < steps;
    }

    private abstract class Game(Network generator, Network discriminator, Generator random) : Objective
    {
        protected Tensor Fake(Batch batch) =>
            generator.Forward([Noise(batch).mul(2).sub(1)], new ForwardContext(training: true, random));

        protected Tensor Judge(Tensor numbers) =>
            discriminator.Forward([numbers.sub(2)], new ForwardContext(training: true, random));

        private Tensor Noise(Batch batch) => rand(batch.Inputs[0].shape, generator: random);
    }

    /// <summary>Makes the discriminator classify generated samples as data.</summary>
    private sealed class Deceive(Network generator, Network discriminator, Generator random)
        : Game(generator, discriminator, random)
    {
        public override ObjectiveValue Compute(Batch batch)
        {
            var fake = Fake(batch);
            var loss = nn.functional.softplus(Judge(fake).neg()).mean();
            return new ObjectiveValue(fake, loss, loss);
        }
    }

    /// <summary>Tells data from generated samples.</summary>
    private sealed class Detect(Network generator, Network discriminator, Generator random)
        : Game(generator, discriminator, random)
    {
        public override ObjectiveValue Compute(Batch batch)
        {
            var (real, fake) = (Judge(batch.Inputs[0]), Judge(Fake(batch).detach()));
            var loss = nn.functional.softplus(real.neg()).mean().add(nn.functional.softplus(fake).mean());
            return new ObjectiveValue(real, loss, loss);
        }
    }

    /// <summary>Makes a pupil's outputs those of a teacher.</summary>
    private sealed class Imitate(Network pupil, Network teacher) : Objective
    {
        private readonly ForwardContext context = new(training: true);

        public override ObjectiveValue Compute(Batch batch)
        {
            var output = pupil.Forward(batch.Inputs, context);
            Tensor wanted;
            using (no_grad())
                wanted = teacher.Forward(batch.Inputs, ForwardContext.Inference);
            var loss = output.sub(wanted).square().mean();
            return new ObjectiveValue(output, loss, loss);
        }
    }
}
