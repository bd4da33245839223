using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Texts of points in time; all values decide whether the day or the month comes first.</summary>
internal sealed class TimeForm : TextForm
{
    public override int Order => 1;

    public override ColumnKind? Kind => ColumnKind.Time;

    public override Column? Infer(CategoryColumn texts, TextReading reading)
    {
        var times = new TimeText?[texts.Levels.Count];
        var most = StrayTexts.Most(texts) ?? 0;
        var strays = new List<int>();
        var (monthFirst, dayFirst) = (reading.Settings.DayFirst is not true, reading.Settings.DayFirst is not false);
        for (var i = 0; i < times.Length; i++)
        {
            if (!TimeText.TryParse(texts.Levels[i], out var time))
            {
                strays.Add(i);
                if (strays.Count > most)
                    return null;
                continue;
            }

            times[i] = time;
            monthFirst &= time.Ticks(DayOrder.MonthFirst) is not null;
            dayFirst &= time.Ticks(DayOrder.DayFirst) is not null;
            if (!monthFirst && !dayFirst)
                return null;
        }

        if (times.Length == strays.Count
            || strays.Count > 0 && !StrayTexts.AreFew(texts, strays, most, "points in time", reading.Warn))
            return null;
        var order = dayFirst && (!monthFirst || texts.Levels[0].Contains('.')) ? DayOrder.DayFirst
            : DayOrder.MonthFirst;
        if (monthFirst && dayFirst
            && Array.FindIndex(times, time => time is { IsOrdered: false } said && said.First != said.Second)
                is var odd and >= 0)
            reading.Log?.Invoke(
                $"Column '{texts.Name}': '{texts.Levels[odd]}' and the like may be read with the day or the "
                + $"month first; the {(order is DayOrder.DayFirst ? "day" : "month")} is taken to come first. Set "
                + "DayFirst to choose. Dates such as 2024-05-31 are never read wrongly.");
        var ticks = Array.ConvertAll(times, time => time?.Ticks(order) ?? TimeColumn.None);
        var made = new TimeColumn(texts.Name, texts.Store.Convert(code => code < 0 ? TimeColumn.None : ticks[code]));
        return times.All(time => time?.IsOrdered != false) ? made
            : made.WithFacts(new ColumnFacts { DayFirst = order is DayOrder.DayFirst });
    }

    /// <summary>Points in time, among them numbers, which are times only where the user says so.</summary>
    public override Column Read(CategoryColumn texts, TextReading reading) => Infer(texts, reading)
        ?? FromNumbers(texts) ?? new TimeColumn(texts.Name, PerRow(texts, TimeColumn.None, level =>
            RawValue.TryTime(level, reading.Settings.DayFirst ?? false, out var ticks) ? ticks
                : throw NotATime(texts, level)));

    /// <summary>The times of texts that are all numbers, which all together decide their form; else null.</summary>
    private static TimeColumn? FromNumbers(CategoryColumn texts)
    {
        var numbers = texts.Levels.Select(level => NumberText.TryParse(level, out var number) ? number : double.NaN)
            .ToArray();
        if (numbers.Length == 0 || numbers.Any(double.IsNaN))
            return null;
        var form = NumberTimesReader.FormOf(numbers);
        return new TimeColumn(texts.Name, PerRow(texts, TimeColumn.None, level =>
            form is not NumberTimes.Index && NumberText.TryParse(level, out var number)
                && NumberTimesReader.TryRead(number, form, out var ticks) ? ticks : throw NotATime(texts, level)));
    }

    private static DlException NotATime(CategoryColumn texts, string level) => new("NotATime", DlErrorKind.InvalidData,
        $"Column '{texts.Name}' must hold points in time; got '{level}' in row {RowOf(texts, level):N0}. Supported: "
        + "dates "
        + "such as 2024-05-31, 20240531, 31.5.2024 and 31 May 2024, with a time or without, and seconds since 1970; "
        + $"use -Column @{{ '{texts.Name}' = 'Category' }} to keep it as text.", level);
}
