using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Training;

namespace DeepPS.Tests;

/// <summary>Unchanged real files.</summary>
public sealed class DataSharedTests
{
    private static Dataset Read(string file, string? label) =>
        CsvReader.Read(SharedData.PathOf(file), new CsvOptions { Label = label });

    [SharedDataFact]
    public void PenguinsRaw()
    {
        var data = Read("penguins_raw.csv", "species");
        Assert.Equal((344, 17), (data.Count, data.Columns.Count));
        Assert.Equal(new DateTime(2007, 11, 11), Assert.IsType<TimeColumn>(data.Find("Date Egg"))[0]);
        Assert.Equal("Adult, 1 Egg Stage", data.Find("Stage")![0]);
        Assert.Equal(290, Assert.IsType<CategoryColumn>(data.Find("Comments")).Missing);
        var plan = DataPlan.Fit(data);
        Assert.Equal(3, plan.Label!.Classes.Count);
        Assert.Equal(["Region", "Stage", "Individual ID", "Comments"],
            plan.Columns.Where(c => c.Role is ColumnRole.LeftOut).Select(c => c.Name));
        Assert.Equal(2, data.Find("Body Mass (g)")!.Missing);
        var encoded = plan.Encode(data, withLabel: true);
        Assert.Equal(344, encoded.Count);
        Assert.All((float[])encoded.Inputs[0].Values, value => Assert.True(float.IsFinite(value)));
    }

    [SharedDataFact]
    public void SpeciesOfPenguinsFromTheFileAsItIs()
    {
        var data = Read("penguins_raw.csv", "species");
        var order = Enumerable.Range(0, data.Count).ToArray();
        new Random(1).Shuffle(order);
        var right = 0;
        for (var fold = 0; fold < 5; fold++)
        {
            var test = order.Where((_, i) => i % 5 == fold).ToArray();
            var split = new Split(data.Take(order.Except(test).ToArray()), test: data.Take(test));
            Assert.Equal("1 for yes, 0 for no", split.Plan.Columns.Single(
                column => column.Name == "Clutch Completion").Encoder);
            Assert.Equal("an identifier", split.Plan.Columns.Single(column => column.Name == "Individual ID").Reason![
                ..13]);
            Assert.Equal("trend, day of the year, day of the month, day of the week",
                split.Plan.Columns.Single(column => column.Name == "Date Egg").Encoder);
            using var model = new Model([new Dense { Units = 16, Activation = new ReLU() }, new Dense { Units = 3 }],
                seed: fold);
            var options = new TrainingOptions
            {
                Epochs = 40, Optimizer = new Adam { LearningRate = 0.01 }, Seed = fold,
            };
            Assert.Equal(40, new Trainer(model, options).Run(split.Train, null, split.Plan).Count());
            right += Predictor.Predict(model, split.Test!).Index()
                .Count(pair => (string)pair.Item.Value == (string)split.Test!.Label![pair.Index]!);
        }

        Assert.True(right >= 0.97 * data.Count, $"{right} of {data.Count} are right");
    }

    [SharedDataFact]
    public void Penguins()
    {
        var data = Read("penguins.csv", "sex");
        var encoded = DataPlan.Fit(data).Encode(data, withLabel: true);
        Assert.Equal((333, 11), (encoded.Count, encoded.Dropped));
    }

    [SharedDataFact]
    public void IrisHasNoHeader()
    {
        var data = Read("iris.csv", "5");
        Assert.Equal(150, data.Count);
        Assert.Equal(["Column1", "Column2", "Column3", "Column4", "Column5"], data.Columns.Select(c => c.Name));
        var split = DatasetSplitter.Split(data, new SplitOptions { Validation = 0.1, Test = 0.2, Seed = 1 });
        Assert.Equal(["Iris-setosa", "Iris-versicolor", "Iris-virginica"], split.Plan.Label!.Classes);
        Assert.Equal((105, 15, 30), (split.Train.Count, split.Validation!.Count, split.Test!.Count));
    }

    [SharedDataFact]
    public void HousingHasNoHeaderAndANumberLabel()
    {
        var data = Read("housing.csv", "14");
        Assert.Equal((506, 14), (data.Count, data.Columns.Count));
        Assert.All(data.Columns, column => Assert.IsType<NumberColumn>(column));
        var plan = DataPlan.Fit(data);
        Assert.Equal(LabelKind.Number, plan.Label!.Kind);
        Assert.Equal(22.5328, plan.Label.Mean, 1e-4);
        Assert.Equal(new Shape(13), plan.InputShape);
    }

    [SharedDataFact]
    public void Temperatures()
    {
        var data = Read("daily-min-temperatures.csv", "Temp");
        Assert.Equal(3650, data.Count);
        Assert.IsType<NumberColumn>(data.Label);
        var dates = Assert.IsType<TimeColumn>(data.Columns[0]);
        Assert.Equal(new DateTime(1981, 1, 1), dates[0]);
        Assert.Equal(new DateTime(1990, 12, 31), dates[3649]);
    }

    [SharedDataFact]
    public void Mnist()
    {
        var train = IdxReader.ReadFolder(SharedData.PathOf("mnist"), "train");
        Assert.Equal(60000, train.Count);
        Assert.Equal("5", train.Label![0]);
        Assert.Equal("mnist (train)", train.Name);
        var test = IdxReader.ReadFolder(SharedData.PathOf("mnist"), "test");
        Assert.Equal(10000, test.Count);
        Assert.Equal("7", test.Label![0]);
        var plan = DataPlan.Fit(train);
        var encoded = plan.Encode(test, withLabel: true);
        Assert.Equal(new Shape(1, 28, 28), encoded.Inputs[0].Shape);
        Assert.Equal(7_840_000, Assert.IsType<byte[]>(encoded.Inputs[0].Values).Length);
        Assert.Equal(Enumerable.Range(0, 10).Select(digit => $"{digit}"), plan.Label!.Classes);
    }
}
