using DeepPS.Common;

namespace DeepPS.Catalog;

/// <summary>Makes the error for an invalid setting.</summary>
internal static class SettingProblem
{
    public static DlException Of(CatalogItem item, string setting, string expected, object? actual) =>
        new("InvalidSetting", DlErrorKind.InvalidArgument,
            $"{item.Entry.Kind} {item.Entry.Name}: {setting} must be {expected}; got '{actual}'.", actual);
}
