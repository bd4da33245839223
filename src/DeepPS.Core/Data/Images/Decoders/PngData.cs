namespace DeepPS;

/// <summary>The compressed pixels of a PNG file, which may lie in many parts.</summary>
internal sealed class PngData(ReadOnlyMemory<byte> file, IReadOnlyList<(int Offset, int Length)> parts) : ReadOnlyStream
{
    private int part, given;

    public override int Read(Span<byte> buffer)
    {
        for (; part < parts.Count; part++, given = 0)
        {
            var count = Math.Min(buffer.Length, parts[part].Length - given);
            if (count == 0 && !buffer.IsEmpty)
                continue;
            file.Span.Slice(parts[part].Offset + given, count).CopyTo(buffer);
            given += count;
            return count;
        }

        return 0;
    }
}
