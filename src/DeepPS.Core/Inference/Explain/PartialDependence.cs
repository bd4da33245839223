namespace DeepPS.Inference;

/// <summary>The mean prediction over all rows if a column had one value in each: a point of a partial dependence
/// curve.</summary>
/// <param name="Column">The column.</param>
/// <param name="Value">The value: a number, a level, a point in time.</param>
/// <param name="Class">The class whose probability is predicted; for labels of several numbers, the number's name; null
/// for a number label.</param>
/// <param name="Prediction">The mean probability of the class, or the mean predicted number in the label's
/// unit.</param>
/// <param name="Deviation">The standard deviation over the rows.</param>
public sealed record PartialDependence(string Column, object Value, object? Class, double Prediction,
    double Deviation);
