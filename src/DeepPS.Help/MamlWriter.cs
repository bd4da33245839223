using System.Xml.Linq;

namespace DeepPS.Help;

/// <summary>Writes the help of cmdlets in the form that Get-Help reads.</summary>
internal sealed class MamlWriter(DocFile docs)
{
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    public XDocument Write(IEnumerable<CmdletFace> cmdlets) => new(new XElement("helpItems",
        new XAttribute("schema", "maml"), cmdlets.Select(WriteCommand)));

    private XElement WriteCommand(CmdletFace face)
    {
        var settings = SettingHelp.Of(face);
        return new XElement(Command + "command",
            new XAttribute(XNamespace.Xmlns + "command", Command), new XAttribute(XNamespace.Xmlns + "maml", Maml),
            new XAttribute(XNamespace.Xmlns + "dev", Dev),
            new XElement(Command + "details",
                new XElement(Command + "name", face.Name), new XElement(Command + "verb", face.Verb),
                new XElement(Command + "noun", face.Noun), Description(docs.Text(face.Type, "summary"))),
            Description(docs.Paragraphs(face.Type, "remarks") is { Count: > 0 } remarks
                ? [.. remarks] : [docs.Text(face.Type, "summary")]),
            new XElement(Command + "syntax", face.Sets.Select(set => WriteSyntax(face, set))),
            new XElement(Command + "parameters",
                face.Parameters.OrderBy(parameter => parameter.Name, StringComparer.Ordinal)
                    .Select(parameter => WriteParameter(face, parameter)),
                settings.Where(setting => face.Parameters.All(parameter => parameter.Name != setting.Name))
                    .Select(WriteSetting)),
            new XElement(Command + "inputTypes", Inputs(face).Select(type => TypeOf("inputType", type))),
            new XElement(Command + "returnValues", face.Outputs.Select(type => TypeOf("returnValue", type))),
            new XElement(Command + "examples", docs.Examples(face.Type).Select(WriteExample)));
    }

    private XElement WriteSyntax(CmdletFace face, string set) => new(Command + "syntaxItem",
        new XElement(Maml + "name", face.Name),
        face.In(set).Select(pair => WriteParameter(face, pair.Parameter, pair.Place)),
        face.SupportsShouldProcess ? new[] { "WhatIf", "Confirm" }.Select(Common) : []);

    private XElement WriteParameter(CmdletFace face, ParameterFace parameter) =>
        WriteParameter(face, parameter, parameter.Sets.Values.First());

    private XElement WriteParameter(CmdletFace face, ParameterFace parameter, ParameterPlace place)
    {
        var element = Parameter(parameter.Name, place.Mandatory, place.Position, place switch
        {
            { FromPipeline: true, FromPipelineByName: true } => "True (ByValue, ByPropertyName)",
            { FromPipeline: true } => "True (ByValue)",
            { FromPipelineByName: true } => "True (ByPropertyName)",
            _ => "False",
        }, parameter.Aliases, parameter.Wildcards);
        var summary = docs.Summary(face.Type, parameter.Name);
        element.Add(Description(ParameterDefault.Describe(parameter, face.Instance, summary)));
        var choices = parameter.Choices.Count > 0 ? parameter.Choices
            : parameter.ValueType.IsEnum ? Enum.GetNames(parameter.ValueType) : [];
        if (choices.Count > 0)
            element.Add(new XElement(Command + "parameterValueGroup",
                choices.Select(choice => Value(choice, required: false))));
        else if (!parameter.IsSwitch)
            element.Add(Value(parameter.TypeName, required: true));
        element.Add(Type(parameter.TypeName));
        element.Add(Default(ParameterDefault.Of(parameter, face.Instance, summary)));
        return element;
    }

    private static XElement WriteSetting(SettingHelp.Setting setting)
    {
        var element = Parameter(setting.Name, required: false, position: null, "False", [], globbing: false);
        element.Add(Description([.. setting.Help]));
        if (setting.TypeName != "SwitchParameter")
            element.Add(Value(setting.TypeName, required: true));
        element.Add(Type(setting.TypeName));
        element.Add(Default(setting.Default));
        return element;
    }

    private static XElement Common(string name)
    {
        var element = Parameter(name, required: false, position: null, "False", [], globbing: false);
        element.Add(Description(name == "WhatIf"
            ? "Shows what would happen if the cmdlet runs. The cmdlet is not run."
            : "Prompts for confirmation before running the cmdlet."));
        element.Add(Type("SwitchParameter"));
        element.Add(Default("False"));
        return element;
    }

    private static XElement Parameter(string name, bool required, int? position, string pipeline,
        IReadOnlyList<string> aliases, bool globbing) =>
        new(Command + "parameter",
            new XAttribute("required", required), new XAttribute("variableLength", true),
            new XAttribute("globbing", globbing),
            new XAttribute("pipelineInput", pipeline), new XAttribute("position", position?.ToString() ?? "named"),
            new XAttribute("aliases", aliases.Count == 0 ? "none" : string.Join(", ", aliases)),
            new XElement(Maml + "name", name));

    private static XElement WriteExample((string Code, string Remarks) example, int index) => new(Command + "example",
        new XElement(Maml + "title", $"--------- Example {index + 1} ---------"),
        new XElement(Dev + "code", example.Code),
        new XElement(Dev + "remarks", new XElement(Maml + "para", example.Remarks), new XElement(Maml + "para")));

    private static IEnumerable<string> Inputs(CmdletFace face) => face.Parameters
        .Where(parameter => parameter.Sets.Values.Any(place => place.FromPipeline))
        .Select(parameter => ParameterFace.NameOf(parameter.Property.PropertyType)).Distinct();

    private static XElement TypeOf(string element, Type type) => TypeOf(element, type.FullName!);

    private static XElement TypeOf(string element, string name) =>
        new(Command + element, new XElement(Dev + "type", new XElement(Maml + "name", name)));

    private static XElement Type(string name) => new(Dev + "type", new XElement(Maml + "name", name));

    private static XElement? Default(string? value) => value is null ? null : new(Dev + "defaultValue", value);

    private static XElement Value(string name, bool required) => new(Command + "parameterValue",
        new XAttribute("required", required), new XAttribute("variableLength", false), name);

    private static XElement Description(params string[] paragraphs) => new(Maml + "description",
        paragraphs.Where(text => text.Length > 0).Select(text => new XElement(Maml + "para", text)));
}
