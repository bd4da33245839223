namespace DeepPS.Data;

/// <summary>
/// How a stored image is rotated and mirrored to be upright: the tag Orientation of EXIF 2.3, 1 to 8. It gives the
/// place of the stored rows and columns in the upright image.
/// </summary>
internal readonly record struct ImageOrientation
{
    private readonly byte turns;

    private ImageOrientation(int value) => turns = (byte)(value - 1);

    /// <summary>Whether stored rows are upright columns.</summary>
    public bool Swaps => turns >= 4;

    /// <summary>Whether a stored row runs to the left, or where rows are columns, upwards.</summary>
    public bool RowsRunBack => turns + 1 is 2 or 3 or 7 or 8;

    /// <summary>Whether a stored column runs upwards, or where columns are rows, to the left.</summary>
    public bool ColumnsRunBack => turns + 1 is 3 or 4 or 6 or 7;

    /// <summary>The orientation with a number; one that is not 1 to 8 is ignored.</summary>
    public static ImageOrientation Of(int value) => value is >= 1 and <= 8 ? new(value) : default;
}
