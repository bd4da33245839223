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
        foreach (var (step, factor) in golden["factors"]!.AsArray().Index())
            Assert.Equal((double)factor!, schedule.Factor(step, perEpoch, total), 12);
    }

    [Fact]
    public void EveryScheduleHasGoldenValues() => Assert.Empty(Golden.Missing("schedules", CatalogKind.Schedule));
}
