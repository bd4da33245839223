namespace DeepPS.Data;

/// <summary>
/// A part of a point in time that the network sees. All except the trend are cyclic: a sine and a cosine.
/// </summary>
public enum TimePart
{
    /// <summary>Days since a fixed date, standardised.</summary>
    Trend,

    /// <summary>The day of the year.</summary>
    DayOfYear,

    /// <summary>The month: like the day of the year, in twelve steps.</summary>
    Month,

    /// <summary>The day of the month.</summary>
    DayOfMonth,

    /// <summary>The day of the week.</summary>
    DayOfWeek,

    /// <summary>The time of the day.</summary>
    Hour,
}
