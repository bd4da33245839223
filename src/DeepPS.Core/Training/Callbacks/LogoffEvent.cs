using System.Runtime.InteropServices;

namespace DeepPS.Training;

/// <summary>
/// The logoff of the user on Windows, the one end of a console program that .NET has no signal for. Windows ends the
/// process when the handler returns, or after some seconds.
/// </summary>
internal sealed partial class LogoffEvent : IDisposable
{
    private const int CtrlLogoff = 5;

    private readonly Handler handler;

    /// <summary>Calls an action at a logoff, on a thread of its own.</summary>
    public LogoffEvent(Action act)
    {
        handler = Take;
        SetConsoleCtrlHandler(handler, add: true);

        bool Take(int signal)
        {
            if (signal != CtrlLogoff)
                return false;
            act();
            return true;
        }
    }

    private delegate bool Handler(int signal);

    /// <summary>Removes the handler; waits for one that runs.</summary>
    public void Dispose() => SetConsoleCtrlHandler(handler, add: false);

    [LibraryImport("kernel32.dll", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetConsoleCtrlHandler(Handler handler, [MarshalAs(UnmanagedType.Bool)] bool add);
}
