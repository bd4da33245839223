using System.Globalization;
using DeepPS.Catalog;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Checks settings that are a range.</summary>
internal static class RangeSetting
{
    /// <summary>Refuses anything but two numbers above 0, the smaller first.</summary>
    /// <param name="item">The catalog item.</param>
    /// <param name="setting">The setting's name.</param>
    /// <param name="range">Its value.</param>
    /// <param name="largest">The largest number allowed.</param>
    /// <exception cref="DlException"><c>InvalidSetting</c>.</exception>
    public static void CheckPositive(CatalogItem item, string setting, double[] range, double largest = double.MaxValue)
    {
        if (range is not [> 0 and var low, var high] || !(low <= high && high <= largest))
            throw SettingProblem.Of(item, setting,
                $"two numbers above 0{(largest < double.MaxValue ? $" and up to {largest}" : "")}, the smaller first",
                string.Join(", ", range.Select(number => number.ToString(CultureInfo.InvariantCulture))));
    }
}
