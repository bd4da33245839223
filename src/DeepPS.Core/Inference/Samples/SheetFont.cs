using System.Reflection;
using DeepPS.Data;
using SkiaSharp;

namespace DeepPS.Inference;

/// <summary>The typefaces of text: Inter, which is part of the module since a machine may have no fonts, and system
/// fonts for letters that it lacks.</summary>
internal static class SheetFont
{
    private const string Resource = "!AvaloniaResources", Name = "/Assets/Inter-Regular.ttf";
    private const int IndexVersion = 2;

    private static readonly Lazy<SKFont> Inter = new(() => new SKFont(Load()));

    /// <summary>A typeface with the letter; if there is none, one that draws a box.</summary>
    public static SKTypeface For(int letter)
    {
        SkiaLibrary.Ensure();
        var inter = Inter.Value;
        return inter.ContainsGlyph(letter) ? inter.Typeface
            : SKFontManager.Default.MatchCharacter(letter) ?? inter.Typeface;
    }

    /// <summary>Reads the font from the assembly of its package: an index of names, offsets and sizes, then the
    /// files.</summary>
    private static SKTypeface Load()
    {
        using var holder = typeof(SheetFont).Assembly.GetManifestResourceStream("Inter") ?? throw Damaged();
        var bytes = new byte[holder.Length];
        holder.ReadExactly(bytes);
        using var stream = Assembly.Load(bytes).GetManifestResourceStream(Resource) ?? throw Damaged();
        using var reader = new BinaryReader(stream);
        var first = sizeof(int) + reader.ReadInt32();
        if (reader.ReadInt32() != IndexVersion)
            throw Damaged();
        for (var count = reader.ReadInt32(); count > 0; count--)
        {
            var (name, offset, size) = (reader.ReadString(), reader.ReadInt32(), reader.ReadInt32());
            if (name != Name)
                continue;
            stream.Position = first + offset;
            using var data = SKData.CreateCopy(reader.ReadBytes(size));
            return SKTypeface.FromData(data) ?? throw Damaged();
        }

        throw Damaged();
    }

    private static InvalidDataException Damaged() =>
        new($"DeepPS.Core.dll does not hold the font {Name}. Install DeepPS again.");
}
