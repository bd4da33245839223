using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Common;
using DeepPS.Data;

namespace DeepPS.Commands;

/// <summary>Convert text to words with their contexts, to learn vectors of words (word2vec).</summary>
/// <remarks>
/// The dataset has a row for each word of the text: Word, and Context, the words around it, up to -Window on each side.
/// It has no label. New-DlModel SkipGram and New-DlModel CBOW learn from it, with the optimizer WordSGD; the words for
/// negative sampling are drawn while they learn. Words are runs of letters and digits. No context goes beyond a
/// string of the pipeline, a file, or an empty line.
/// </remarks>
/// <example>
/// <code>$data = ConvertTo-DlSkipGram ./books/*.txt -Seed 1
/// $model = New-DlModel SkipGram 100
/// $model | Invoke-DlTraining -Data $data -Optimizer WordSGD -BatchSize 8192 -Epochs 5
/// Find-DlNeighbor $model -Positive king, woman -Negative man</code>
/// <para>Learns vectors of words from books, and calculates with them.</para>
/// </example>
/// <example>
/// <code>Import-Csv ./tickets.csv | ForEach-Object Body | ConvertTo-DlSkipGram -MinimumCount 3 -Window 8</code>
/// <para>Takes texts from the pipeline.</para>
/// </example>
[Cmdlet(VerbsData.ConvertTo, "DlSkipGram", DefaultParameterSetName = Files)]
[OutputType(typeof(Dataset))]
public sealed class ConvertToDlSkipGramCommand : WorkCmdlet
{
    private const string Files = "Path", LiteralFiles = "LiteralPath", Texts = "InputObject";
    private SkipGramBuilder builder = null!;
    private string name = "text";
    private bool hasFile;

    /// <summary>Texts, or text files, from the pipeline.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = Texts)]
    [AllowEmptyString]
    [AllowNull]
    public object? InputObject { get; set; }

    /// <summary>Text files in UTF-8; wildcards are supported.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = Files)]
    [SupportsWildcards]
    public string[] Path { get; set => field = value ?? []; } = [];

    /// <summary>Text files in UTF-8; wildcard characters are part of the name.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralFiles)]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set => field = value ?? []; } = [];

    /// <summary>The largest distance, in words, between a word and a word of its context.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int Window { get; set; } = 5;

    /// <summary>Gives each word the whole window. Default: a window drawn from 1 to -Window, so near words count more.
    /// </summary>
    [Parameter]
    public SwitchParameter FixedWindow { get; set; }

    /// <summary>The number of times that a word must occur; rarer words are left out.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MinimumCount { get; set; } = 5;

    /// <summary>
    /// The share of all words above which a word is left out at random, the more often the more frequent it is (Mikolov
    /// 2013); 0 leaves none out.
    /// </summary>
    [Parameter]
    [ValidateRange(0.0, 1.0)]
    public double Subsample { get; set; } = 1e-3;

    /// <summary>Keeps the case of letters. Default: all words are in lower case.</summary>
    [Parameter]
    public SwitchParameter CaseSensitive { get; set; }

    /// <summary>The seed of the random choices.</summary>
    [Parameter]
    public int Seed { get; set; }

    /// <inheritdoc/>
    protected override object? Input => InputObject;

    /// <inheritdoc/>
    protected override void Begin() => builder = new SkipGramBuilder(new SkipGramOptions
    {
        Window = Window,
        FixedWindow = FixedWindow,
        MinimumCount = MinimumCount,
        Subsample = Subsample,
        CaseSensitive = CaseSensitive,
        Seed = Seed,
    });

    /// <inheritdoc/>
    protected override void Process()
    {
        if (ParameterSetName != Texts)
        {
            var literal = ParameterSetName == LiteralFiles;
            foreach (var path in this.ResolveFiles(literal ? LiteralPath : Path, literal))
                Add(path);
            return;
        }

        switch (PipelineValue.Unwrap(InputObject))
        {
            case string text:
                builder.Add(text);
                break;
            case FileInfo file:
                Add(file.FullName);
                break;
            case null:
                break;
            case var other:
                throw new DlException("NotAText", DlErrorKind.InvalidArgument,
                    $"Expected texts or text files; got {ModelSource.TypeName(other)}. Name the property with the text:"
                    + " ... | ForEach-Object Body | ConvertTo-DlSkipGram.", other);
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        // A path without a file was an error already.
        if (hasFile || ParameterSetName == Texts)
            Write();
    }

    private void Write() => Work((write, _) =>
    {
        var data = builder.Build(name, text => write(() => WriteVerbose(text)));
        write(() => WriteObject(data));
    });

    private void Add(string path)
    {
        name = System.IO.Path.GetFileNameWithoutExtension(path);
        Work((_, _) => builder.AddFile(path));
        hasFile = true;
    }
}
