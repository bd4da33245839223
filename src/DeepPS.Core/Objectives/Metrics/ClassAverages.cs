namespace DeepPS.Objectives;

/// <summary>Averages the values of classes.</summary>
internal static class ClassAverages
{
    /// <summary>The name of the value. The default average has the metric's name.</summary>
    public static string Name(string metric, ClassAverage average) =>
        average is ClassAverage.Auto or ClassAverage.PerClass ? metric : metric + average;

    /// <summary>The values by name.</summary>
    /// <param name="average">How to average.</param>
    /// <param name="name">The metric's name.</param>
    /// <param name="classes">The names of the classes.</param>
    /// <param name="each">The value of each class; NaN if undefined, which means leave out.</param>
    /// <param name="weights">The number of samples of each class.</param>
    /// <param name="micro">The value over all samples.</param>
    /// <param name="areNames">Whether the classes are several names a row, not one class each.</param>
    public static IEnumerable<KeyValuePair<string, double>> Values(ClassAverage average, string name,
        IReadOnlyList<string> classes,
        double[] each, double[] weights, Func<double> micro, bool areNames = false) => average switch
        {
            ClassAverage.Auto when classes.Count == 2 && !areNames => [new(name, each[1])],
            ClassAverage.PerClass => classes.Zip(each, (of, value) => KeyValuePair.Create($"{name}_{of}", value)),
            ClassAverage.Micro => [new(name, micro())],
            ClassAverage.Weighted => [new(name, Mean(each, weights))],
            _ => [new(name, Mean(each, Array.ConvertAll(each, _ => 1.0)))],
        };

    private static double Mean(double[] values, double[] weights)
    {
        var counting = values.Zip(weights).Where(pair => !double.IsNaN(pair.First)).ToArray();
        return counting.Sum(pair => pair.First * pair.Second) / counting.Sum(pair => pair.Second);
    }
}
