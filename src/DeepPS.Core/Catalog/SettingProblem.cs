using DeepPS.Common;

namespace DeepPS.Catalog;

/// <summary>Makes the error for a setting whose value cannot work, by itself or with the others.</summary>
internal static class SettingProblem
{
    public static DlException Of(CatalogItem item, string setting, string wants, object? came) =>
        new("InvalidSetting", DlErrorKind.InvalidArgument,
            $"{item.Entry.Kind} {item.Entry.Name}: {setting} wants {wants}; '{came}' came.", came);
}
