using System.Management.Automation;
using DeepPS.Plots;

namespace DeepPS.Abstractions;

/// <summary>Base of cmdlets that draw: a picture file with -Path, else the drawing as an object, which the terminal
/// shows.</summary>
public abstract class DrawingCmdlet : WorkCmdlet
{
    /// <summary>The picture to write: .png or .svg. Default: none; the drawing is returned and shown in the
    /// terminal.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The width of the picture in pixels. Default: that which suits its content.</summary>
    [Parameter]
    [ValidateRange(100, 20000)]
    public int? Width { get; set; }

    /// <summary>The height of the picture in pixels. Default: that which suits its content.</summary>
    [Parameter]
    [ValidateRange(100, 20000)]
    public int? Height { get; set; }

    /// <summary>The title. Default: it says what is shown.</summary>
    [Parameter]
    public string? Title { get; set; }

    /// <summary>The colours of the picture: Light or Dark.</summary>
    [Parameter]
    public PlotTheme Theme { get; set; }

    /// <summary>Makes an existing file an error instead of replacing it.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Replaces a read-only file too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void Begin()
    {
        if (Path is null)
            return;
        DrawingFile.Check(Path);
        OutputFile.Check(this.ResolveTarget(Path), NoClobber, Force);
    }

    /// <summary>Makes a drawing, and writes it to the file or returns it.</summary>
    /// <param name="draw">Makes the drawing, on the working thread.</param>
    protected void Emit(Func<CancellationToken, Drawing> draw)
    {
        if (Path is null)
        {
            WriteObject(Titled(Work(draw)));
            return;
        }

        var path = this.ResolveTarget(Path);
        if (!ShouldProcess(path, "Write a picture"))
            return;
        OutputFile.MakeWritable(path, Force);
        Work((_, cancel) => DrawingFile.Write(path, Titled(draw(cancel)), Width, Height, Theme));
        WriteObject(new FileInfo(path));
    }

    private Drawing Titled(Drawing drawing) => Title is null ? drawing : drawing.Titled(Title);
}
