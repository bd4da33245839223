namespace DeepPS.Data;

/// <summary>What a network sees of a point in time. All but the trend come round again: they are a sine and a cosine.</summary>
public enum TimePart
{
    /// <summary>How late it is, in days, standardised.</summary>
    Trend,

    /// <summary>The day of the year.</summary>
    DayOfYear,

    /// <summary>The month: as the day of the year, but in twelve steps.</summary>
    Month,

    /// <summary>The day of the month.</summary>
    DayOfMonth,

    /// <summary>The day of the week.</summary>
    DayOfWeek,

    /// <summary>The time of the day.</summary>
    Hour,
}
