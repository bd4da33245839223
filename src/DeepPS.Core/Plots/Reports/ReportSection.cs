namespace DeepPS.Plots;

/// <summary>A part of a report under a heading.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Parts">Texts, tables and drawings.</param>
internal sealed record ReportSection(string Title, IReadOnlyList<ReportPart> Parts);

/// <summary>Something in a section.</summary>
internal abstract record ReportPart;

/// <summary>A paragraph.</summary>
internal sealed record ReportText(string Text) : ReportPart;

/// <summary>A table.</summary>
/// <param name="Columns">The headings.</param>
/// <param name="Rows">The texts, row by row.</param>
internal sealed record ReportTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
    : ReportPart;

/// <summary>A drawing.</summary>
internal sealed record ReportDrawing(Drawing Drawing) : ReportPart;

/// <summary>Small pictures with a text below each.</summary>
/// <param name="Items">The bytes of each PNG file, and its text.</param>
internal sealed record ReportPictures(IReadOnlyList<(byte[] Png, string Text)> Items) : ReportPart;
