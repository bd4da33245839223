using DeepPS.Common;
using DeepPS.Data;

namespace DeepPS.Tests;

public class TargetTests
{
    private static CategoryColumn Texts(params string[] texts) =>
        new("Target", texts.Select((_, i) => i).ToArray(), texts);

    private static Dataset Set(params (string Source, string? Target)[] rows)
    {
        var builder = new DatasetBuilder();
        foreach (var (source, target) in rows)
            builder.Add(new Dictionary<string, object?> { ["Source"] = source, ["Target"] = target });
        return builder.Build("pairs", "Target", LabelKind.Text);
    }

    /// <summary>b and a occur twice, c once: it is unknown.</summary>
    [Fact]
    public void TargetsEndAndInputsBeginAndAreShiftedByOnePlace()
    {
        var encoder = TargetEncoder.Fit(Texts("b a", "b", "a c b"));
        Assert.Equal(["<padding>", "<unknown>", "b", "a", "<begin>", "<end>"], encoder.Classes);
        Assert.Equal((4, 6, 4, 5), (encoder.Length, encoder.Levels, encoder.Begin, encoder.End));
        var column = Texts("b a", "a c b", "z", "a b a b a");
        Assert.Equal([2, 3, 5, -1, 3, 1, 2, 5, 1, 5, -1, -1, 3, 2, 3, 2], encoder.Targets(column, out var unknown));
        Assert.Equal(2, unknown);
        Assert.Equal([4f, 2, 3, 0, 4, 3, 1, 2, 4, 1, 0, 0, 4, 3, 2, 3], (float[])encoder.Encode(column, out unknown));
        Assert.Equal(2, unknown);
        Assert.Equal([4f, 0, 0, 0], (float[])encoder.Begins(1));
        Assert.Equal("a b", encoder.TextOf([4, 3, 1, 2, 5, 0]));
    }

    [Theory]
    [InlineData("Le chat n'aime pas l'arbre (rouge), non ?")]
    [InlineData("It costs 1.50, or so: isn't it?")]
    [InlineData("« Oui » : e-mail, 日本語。")]
    [InlineData("Straße ABC")]
    public void ATextIsRebuiltWithItsSpaces(string text)
    {
        foreach (var kind in Enum.GetValues<TokenizerKind>())
        {
            var column = (CategoryColumn)Texts(text, text).With(
                new ColumnSettings { Tokenizer = kind, Vocabulary = 400, MinimumCount = 1 });
            var encoder = TargetEncoder.Fit(column);
            Assert.Equal(text, encoder.TextOf(encoder.Ids(text)));
            var read = (TargetEncoder)ColumnEncoder.FromJson(encoder.ToJson());
            Assert.Equal(text, read.TextOf(read.Ids(text)));
            Assert.Equal(encoder.Classes, read.Classes);
        }
    }

    [Fact]
    public void ThePlanIsFittedOnItsRowsAloneAndGivesBothInputs()
    {
        var data = Set(("x y", "u v"), ("y x", "v u"), ("y", null));
        var plan = DataPlan.Fit(data).For(["source", "target"]);
        Assert.Equal(["Source", "target"], plan.Inputs.Select(input => input.Name));
        Assert.Equal([4, 6], plan.Inputs.Select(input => input.Levels));
        Assert.Equal(1, plan.TargetPlace);
        Assert.False(plan.IsLanguageModel);
        var encoded = plan.Encode(Set(("x q", "u w")), withLabel: true);
        Assert.Equal([2f, 1], (float[])encoded.Inputs[0].Values);
        Assert.Equal([4f, 2, 1], (float[])encoded.Inputs[1].Values);
        Assert.Equal([2L, 1, 5], (long[])encoded.Targets!);
        var unlabelled = plan.Encode(Set(("x", "u u")), withLabel: false);
        Assert.Equal([4f, 0, 0], (float[])unlabelled.Inputs[1].Values);
        Assert.Equal(plan.ToJson().ToJsonString(), DataPlan.FromJson(plan.ToJson()).ToJson().ToJsonString());
        Assert.Equal("UnknownInput",
            Assert.Throws<DlException>(() => plan.For(["input", "other"]).Inputs.Count).Id);
    }

    [Fact]
    public void TextsThatAreNotLearnedAsTheyAreGiveAWarning()
    {
        var warnings = new List<string>();
        DataPlan.Fit(Set(("x", "u v"), ("y", "v u u"), ("y", "u z")), warn: warnings.Add);
        Assert.StartsWith("Label 'Target': 1 of 3 texts have tokens that are too rare", Assert.Single(warnings));
        warnings.Clear();
        var data = Set(("x", "u v"), ("y", "v u u"));
        DataPlan.Fit(data, warn: warnings.Add);
        Assert.Empty(warnings);
        DataPlan.Fit(data.With(data.Label!.With(new ColumnSettings { Length = 3 })), warn: warnings.Add);
        Assert.Contains("1 of 2 texts are cut after 3 tokens", Assert.Single(warnings));
    }

    [Fact]
    public void DataOfALabelAloneIsForALanguageModel()
    {
        var column = Texts("a b", "a b").WithFacts(new ColumnFacts { IsText = true });
        var plan = DataPlan.Fit(new Dataset("lines", [column], "Target"));
        Assert.True(plan.IsLanguageModel);
        Assert.Equal(["Target"], plan.InputColumnNames);
        Assert.Equal([4f, 2, 3], (float[])plan.Encode(new Dataset("x", [Texts("a b")]), false).Inputs[0].Values);
    }

    [Fact]
    public void SeveralTextsOrNumbersAreNoLabelOfText()
    {
        var builder = new DatasetBuilder();
        builder.Add(new Dictionary<string, object?> { ["A"] = new[] { 1, 2 }, ["B"] = "x" });
        Assert.Equal("InvalidLabel",
            Assert.Throws<DlException>(() => builder.Build("set", "A", LabelKind.Text)).Id);
    }
}
