using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Objectives;
using DeepPS.Training;
using static TorchSharp.torch;

namespace DeepPS.Tests;

/// <summary>Attacks compared with PyTorch, their limits, and training against them.</summary>
[Collection(nameof(WholeProcess))]
public class AttackTests
{
    public static TheoryData<int, string> Cases
    {
        get
        {
            var data = new TheoryData<int, string>();
            foreach (var (index, _) in Golden.Load("attacks").Index())
                foreach (var entry in CatalogIndex.Get(CatalogKind.Attack))
                    data.Add(index, entry.Name);
            return data;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void AnAttackGivesPyTorchsImages(int index, string name)
    {
        var golden = Golden.Load("attacks")[index];
        using var scope = NewDisposeScope();
        var inputs = Golden.Tensor(golden["inputs"]!);
        using var model = ExplainedModels.Untrained(
            ExplainedModels.Images(inputs.data<float>().ToArray(), new Shape(1, 6, 6)),
            new Conv2d { Filters = 3, KernelSize = 3, Activation = new Tanh() }, new Flatten(),
            new Dense { Units = 3 });
        ExplainedModels.Load(model, golden["parameters"]!);
        var attack = CatalogIndex.Create<Attack>(name) with { Epsilon = (double)golden["epsilon"]! };
        if (attack is Pgd pgd)
            attack = pgd with { Steps = (int)golden["steps"]!, StepSize = (double)golden["size"]!, FromInput = true };
        using var attacked = new AttackedModel(model.Network!, model.Plan!, new CrossEntropy(), CPU);
        using var random = new Generator(1);
        var changed = attack.Change(attacked, [inputs], Golden.Tensor(golden["classes"]!),
            (bool)golden["targeted"]!, random);
        Golden.Equal(golden[name]!, changed[0], name, 1e-6);
    }

    /// <summary>No pixel leaves its range or changes by more than epsilon, in standardised images too; the loss
    /// rises.</summary>
    [Theory]
    [InlineData(ImageNormalization.None)]
    [InlineData(ImageNormalization.Data)]
    [InlineData(ImageNormalization.Pixel)]
    public void PixelsStayWithinEpsilonAndTheirRange(ImageNormalization normalization)
    {
        var (model, data) = Trained(normalization);
        using var _ = model;
        foreach (var attack in new Attack[] { new Fgsm { Epsilon = 0.2 }, new Pgd { Epsilon = 0.2 } })
        {
            var made = AdversarialExamples.Make(model, data, new AdversarialOptions { Attack = attack });
            Assert.Equal(["image", "Label", "Original", "OriginalPrediction", "Prediction"],
                made.Columns.Select(column => column.Kind is "Image" && column.Name != "Original" ? "image"
                    : made.Label == column ? "Label" : column.Name));
            var (changed, original) = ((ImageColumn)made.Columns[0], (ImageColumn)made.Find("Original")!);
            Assert.Equal(((ImageColumn)data.Columns[0]).Pixels, original.Pixels);
            Assert.All(changed.Pixels.Zip(original.Pixels), pair =>
                Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 0.2 * 255 + 0.5001));
            var (before, after) = (Evaluator.Measure(model, data), Evaluator.Measure(model, made));
            Assert.True(after.Loss > before.Loss + 0.1, $"{before} -> {after}");
            var robust = Evaluator.Measure(model, data, new PredictionOptions(), attack);
            Assert.Equal(after.Loss, robust.Loss, 0.1 * after.Loss);
            Assert.Equal(Predictor.Predict(model, made).Select(prediction => $"{prediction.Value}"),
                Enumerable.Range(0, made.Count).Select(row => (string)made.Find("Prediction")![row]!));
            // A training on them sees the changed images and the label alone.
            Assert.Equal(2, DataPlan.Fit(made).Columns.Count(column => column.Role is not ColumnRole.LeftOut));
        }
    }

    [Fact]
    public void ATargetIsPredictedMoreOften()
    {
        var (model, data) = Trained(ImageNormalization.None);
        using var _ = model;
        var made = AdversarialExamples.Make(model, data,
            new AdversarialOptions { Attack = new Pgd { Epsilon = 0.3 }, Target = "7" });
        Assert.True(Count(made, "Prediction") > Count(made, "OriginalPrediction") + 10);

        static int Count(Dataset data, string column) =>
            Enumerable.Range(0, data.Count).Count(row => (string?)data.Find(column)![row] == "7");
    }

    /// <summary>A model that was trained against an attack withstands it better, and the training resumes exactly:
    /// the attack's random numbers are those of the layers.</summary>
    [Fact]
    public void AdversarialTrainingMakesAModelRobust()
    {
        var attack = new Pgd { Epsilon = 0.15, Steps = 3 };
        var data = new Digits { Count = 200 }.Generate(1);
        using var plain = Model();
        using var robust = Model();
        using var again = Model();
        Train(plain, null, 6);
        Train(robust, attack, 6);
        Train(again, attack, 6);
        var (weak, strong) = (Loss(plain), Loss(robust));
        Assert.True(strong < 0.8 * weak, $"{strong} is not below {weak}");
        Assert.Equal(strong, Loss(again));

        double Loss(Model model) => Evaluator.Measure(model, data, new PredictionOptions(), attack).Loss;

        void Train(Model model, Attack? adversary, int epochs) => new Trainer(model, new TrainingOptions
        {
            Epochs = epochs, Seed = 1, Optimizer = new Adam { LearningRate = 0.005 }, Adversarial = adversary,
        }).Run(data).Last();

        static Model Model() => new([new Flatten(), new Dense { Units = 32, Activation = new ReLU() },
            new Dense { Units = 10 }], seed: 1);
    }

    [Fact]
    public void TheModelStaysAsItIsAndNoTensorIsLeft()
    {
        var (model, data) = Trained(ImageNormalization.Data);
        using var _ = model;
        var before = Evaluator.Measure(model, data).ToString();
        Run();
        var live = Live();
        Run();
        Assert.Equal(live, Live());
        Assert.Equal(before, Evaluator.Measure(model, data).ToString());

        void Run()
        {
            AdversarialExamples.Make(model, data, new AdversarialOptions { Attack = new Pgd { Steps = 2 } });
            Evaluator.Measure(model, data, new PredictionOptions(), new Pgd { Steps = 2 });
        }
    }

    /// <summary>Only amounts of a table change: flags and codes have no small change.</summary>
    [Fact]
    public void MistakesAreNamedAndTablesAreMeasured()
    {
        var table = Sets.Noise(64, 1);
        using var model = ExplainedModels.Untrained(table, new Dense { Units = 2 });
        var attacked = Evaluator.Measure(model, table, new PredictionOptions(), new Fgsm { Epsilon = 0.5 });
        Assert.True(attacked.Loss > Evaluator.Measure(model, table).Loss + 0.01);
        Assert.Equal("AdversarialInput", Assert.Throws<DlException>(() =>
            AdversarialExamples.Make(model, table, new AdversarialOptions())).Id);
        var names = new Dataset("names", [new CategoryColumn("x", [0, 1, 0, 1], ["a", "b"]),
            new CategoryColumn("y", [0, 1, 0, 1], ["u", "v"])], "y");
        using var other = ExplainedModels.Untrained(names, new Dense { Units = 2 });
        Assert.Equal("AdversarialInput", Assert.Throws<DlException>(() =>
            Evaluator.Measure(other, names, new PredictionOptions(), new Fgsm())).Id);
    }

    private static (Model Model, Dataset Data) Trained(ImageNormalization normalization)
    {
        var data = new Digits { Count = 120 }.Generate(1);
        var settings = new ColumnSettings { ImageNormalization = normalization };
        data = new Dataset(data.Name, data.Columns.Select(column =>
            column is ImageColumn ? column.With(settings) : column).ToArray(), data.Label!.Name);
        var model = new Model([new Flatten(), new Dense { Units = 32, Activation = new ReLU() },
            new Dense { Units = 10 }], seed: 1);
        new Trainer(model, new TrainingOptions
        {
            Epochs = 10, Seed = 1, Optimizer = new Adam { LearningRate = 0.01 },
        }).Run(data).Last();
        return (model, data);
    }

    private static long Live()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Tensor.TotalCount;
    }
}
