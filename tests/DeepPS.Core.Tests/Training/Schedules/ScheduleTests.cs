using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Training;

namespace DeepPS.Tests;

public class ScheduleTests
{
    public static TheoryData<int, string> Schedules => Golden.Names("schedules");

    [Theory]
    [MemberData(nameof(Schedules))]
    public void AScheduleGivesPyTorchsFactors(int index, string name)
    {
        var golden = Golden.Load("schedules")[index]!;
        Assert.StartsWith((string)golden["type"]!, name);
        var schedule = Golden.Item<Schedule>(golden);
        var (perEpoch, total) = ((long)golden["stepsPerEpoch"]!, (long)golden["totalSteps"]!);
        var losses = golden["losses"]?.AsArray().Select(loss => (double)loss!).ToArray() ?? [];
        foreach (var (step, factor) in golden["factors"]!.AsArray().Index())
            Assert.Equal((double)factor!,
                schedule.Factor(new RunPoint(step, perEpoch, total, losses[..Math.Min(step, losses.Length)])), 12);
    }

    [Fact]
    public void EveryScheduleHasGoldenValues() => Assert.Empty(Golden.Missing("schedules", CatalogKind.Schedule));

    [Fact]
    public void ADegenerateOneCycleHasNumbers()
    {
        foreach (var total in Enumerable.Range(1, 12))
            foreach (var rise in new[] { 0, 0.1, 0.25, 0.5, 1 })
                foreach (var step in Enumerable.Range(0, total))
                {
                    var schedule = new OneCycleSchedule { RiseFraction = rise, ThreePhase = rise <= 0.5 };
                    Assert.InRange(schedule.Factor(new RunPoint(step, 1, total, [])), 0, 1);
                }
    }

    [Theory]
    [InlineData("MultiStep", "Milestones", "0")]
    [InlineData("OneCycle", "RiseFraction", "0.6")]
    [InlineData("CosineRestarts", "Period", "0")]
    [InlineData("Cyclic", "StepsUp", "0")]
    [InlineData("Warmup", "Epochs", "-1")]
    [InlineData("Warmup", "After", "Cosin")]
    public void SettingsThatCannotWorkAreRefused(string schedule, string setting, string value)
    {
        KeyValuePair<string, object?>[] three = schedule == "OneCycle" ? [new("ThreePhase", true)] : [];
        var error = Assert
            .Throws<DlException>(() => CatalogIndex.Create<Schedule>(schedule, [new(setting, value), .. three]));
        Assert.Equal(setting == "After" ? "UnknownSchedule" : "InvalidSetting", error.Id);
        Assert.Contains(setting == "After" ? "Cosine" : setting, error.Message);
    }
}
