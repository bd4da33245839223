using System.Management.Automation.Runspaces;
using Microsoft.PowerShell;

// The console of PowerShell itself, with its arguments. Wine has no policy for scripts, so it is set here.
var session = InitialSessionState.CreateDefault2();
session.ExecutionPolicy = ExecutionPolicy.Bypass;
return ConsoleShell.Start(session, bannerText: null, helpText: null, args);
