using System.Reflection;
using DeepPS.Help;

if (args is not [var module, var powerShell, var output])
{
    Console.Error.WriteLine("usage: DeepPS.Help MODULE.dll System.Management.Automation.dll OUTPUT.xml");
    return 2;
}

AppDomain.CurrentDomain.AssemblyResolve += (_, name) =>
    new AssemblyName(name.Name).Name == "System.Management.Automation"
        ? Assembly.LoadFrom(Path.GetFullPath(powerShell)) : null;
var assembly = Assembly.LoadFrom(Path.GetFullPath(module));
var docs = new DocFile(Path.ChangeExtension(module, ".xml"));

Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(output))!);
new MamlWriter(docs).Write(CmdletFace.All(assembly)).Save(output);
return 0;
