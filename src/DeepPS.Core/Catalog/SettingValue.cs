using System.Collections;
using System.Globalization;
using System.Reflection;
using DeepPS.Common;

namespace DeepPS.Catalog;

/// <summary>Converts values from users and model files to the types of settings.</summary>
internal static class SettingValue
{
    public static object Convert(object value, Type type)
    {
        if (type.IsInstanceOfType(value))
            return value;
        if (CatalogIndex.KindOf(type) is { } kind && value is string name)
            return CatalogIndex.Create(kind, name);
        if (type.IsEnum)
            return Enum.TryParse(type, value.ToString(), ignoreCase: true, out var parsed)
                && Enum.IsDefined(type, parsed!)
                ? parsed!
                : throw new FormatException();
        if (IsSettingValue(type))
            return Invoke(type, "FromSetting", value);
        if (type.IsArray && value is IEnumerable list and not string)
        {
            var element = type.GetElementType()!;
            var items = list.Cast<object>().Select(item => Convert(item, element)).ToArray();
            var array = Array.CreateInstance(element, items.Length);
            items.CopyTo(array, 0);
            return array;
        }

        if (type.IsArray)
            return Convert(new[] { value }, type);
        if (type == typeof(bool) && value is string text)
            return bool.Parse(text);
        if (type == typeof(int) && value is double or float or decimal)
        {
            var number = System.Convert.ToDouble(value, CultureInfo.InvariantCulture);
            return number == Math.Floor(number) ? checked((int)number) : throw new FormatException();
        }

        return System.Convert.ChangeType(value, type, CultureInfo.InvariantCulture);
    }

    public static string Describe(Type type) =>
        type == typeof(int) || type == typeof(long) ? "a whole number"
        : type == typeof(double) || type == typeof(float) ? "a number"
        : type == typeof(bool) ? "true or false"
        : type == typeof(string) ? "text"
        : IsSettingValue(type) ? (string)Get(type, "Accepts")
        : type.IsArray ? "a list, each " + Describe(type.GetElementType()!)
        : "a " + type.Name;

    public static bool IsSettingValue(Type type) => type.GetInterfaces()
        .Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ISettingValue<>));

    /// <summary>The plain form of a value of a type of ours: text, a number, or a list.</summary>
    public static object Plain(object value) => value.GetType().GetMethod("ToSetting")!.Invoke(value, null)!;

    private static object Get(Type type, string property) => type.GetProperty(property)!.GetValue(null)!;

    private static object Invoke(Type type, string method, object value) =>
        type.GetMethod(method)!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [value], null)!;
}
