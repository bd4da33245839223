using System.Runtime.InteropServices;
using DeepPS.Common;

namespace DeepPS.Training;

/// <summary>
/// Lets the process finish the current step and write a checkpoint when the system tells it to end: by SIGTERM, SIGINT,
/// SIGHUP, SIGQUIT, or another signal that a scheduler sends as an early warning. On Windows these are the shutdown,
/// Ctrl+C, a closed console and Ctrl+Break, and the logoff of the user besides.
/// </summary>
public sealed class StopSignals : TrainingCallback, IDisposable
{
    /// <summary>
    /// After these Windows ends the process when their handler returns, and after some seconds if it does not.
    /// </summary>
    private static readonly PosixSignal[] Final = [PosixSignal.SIGTERM, PosixSignal.SIGHUP];

    /// <summary>
    /// The signal after which Windows ends this process. .NET calls one handler after the other, and each waits for its
    /// training: the others read it here.
    /// </summary>
    private static volatile string? final;

    private readonly List<IDisposable> registrations = [];
    private readonly ManualResetEventSlim ended = new();
    private volatile string? received;

    /// <summary>A further signal by name or number, such as SIGUSR1, on Unix only; null: none.</summary>
    public string? Signal { get; init; }

    /// <summary>
    /// Whether a shell around the training acts at Ctrl+C. On Windows the first handler that takes it keeps it from the
    /// others, so it is left to the shell there.
    /// </summary>
    public bool ShellInterrupts { get; init; }

    /// <summary>The number of a signal.</summary>
    /// <exception cref="DlException"><c>UnknownSignal</c>; <c>SignalNotAvailable</c>: not on this system.</exception>
    public static PosixSignal Parse(string signal) => Parse(signal, OperatingSystem.IsWindows());

    internal static PosixSignal Parse(string signal, bool onWindows)
    {
        var name = signal.ToUpperInvariant();
        name = name.StartsWith("SIG", StringComparison.Ordinal) ? name : "SIG" + name;
        // The numbers differ between Linux and macOS.
        var number = Enum.TryParse<PosixSignal>(name, out var known) && Enum.IsDefined(known) ? known : name switch
        {
            "SIGUSR1" => (PosixSignal)(OperatingSystem.IsMacOS() ? 30 : 10),
            "SIGUSR2" => (PosixSignal)(OperatingSystem.IsMacOS() ? 31 : 12),
            _ when int.TryParse(signal, out var given) && given is > 0 and < 65 => (PosixSignal)given,
            _ => throw new DlException("UnknownSignal", DlErrorKind.InvalidArgument,
                $"'{signal}' is not a signal. Use a name such as SIGTERM, SIGUSR1 or SIGUSR2, or a number from 1 to "
                + "64.", signal),
        };
        return !onWindows || Events.Contains(number) ? number : throw NotAvailable(signal);
    }

    /// <inheritdoc/>
    public override void Begin(TrainingSession session)
    {
        var further = Signal is null ? (PosixSignal?)null : Parse(Signal);
        foreach (var signal in Events)
            if (!(ShellInterrupts && OperatingSystem.IsWindows()) || Final.Contains(signal))
                Listen(signal, signal.ToString());
        if (OperatingSystem.IsWindows())
            registrations.Add(new LogoffEvent(() => ReceiveFinal("The end of the user's session")));
        if (further is { } early && !Events.Contains(early))
            Listen(early, Signal!);
    }

    /// <inheritdoc/>
    public override void AfterStep(TrainingSession session)
    {
        if ((received ?? final) is { } signal)
            session.Stop(TrainingEnd.Preempted, $"{signal} was received");
    }

    /// <inheritdoc/>
    public override void End(TrainingSession session, TrainingEnd end) => Dispose();

    /// <summary>Restores the former handling of the signals.</summary>
    public void Dispose()
    {
        // Before the handlers go, which waits for one that runs.
        ended.Set();
        foreach (var registration in registrations)
            registration.Dispose();
        registrations.Clear();
    }

    /// <summary>Ends the training at its next step.</summary>
    /// <param name="name">The name of the signal.</param>
    /// <param name="untilTheEnd">Whether to return only when the training has ended, with its last checkpoint.</param>
    internal void Receive(string name, bool untilTheEnd)
    {
        received = name;
        if (untilTheEnd)
            ended.Wait();
    }

    private void ReceiveFinal(string name)
    {
        final = name;
        Receive(name, untilTheEnd: true);
    }

    /// <summary>The signals that .NET has on every system.</summary>
    private static PosixSignal[] Events { get; } =
        [PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGHUP, PosixSignal.SIGQUIT];

    private static DlException NotAvailable(string signal) => new("SignalNotAvailable", DlErrorKind.NotAvailable,
        $"The signal '{signal}' cannot be received on this system. Windows has SIGTERM (shutdown), SIGHUP (closed "
        + "console), SIGINT and SIGQUIT; use -StopFile or -MaxTime for an early end.", signal);

    private void Listen(PosixSignal signal, string name)
    {
        try
        {
            registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                if (OperatingSystem.IsWindows() && Final.Contains(signal))
                    ReceiveFinal(name);
                else
                    Receive(name, untilTheEnd: false);
            }));
        }
        catch (Exception e) when (e is IOException or PlatformNotSupportedException)
        {
            // SIGKILL and SIGSTOP of Unix.
            throw new DlException("SignalNotAvailable", DlErrorKind.NotAvailable,
                $"The signal '{name}' cannot be received: the system keeps it from programs. Use another one, such as "
                + "SIGUSR1.", name, e);
        }
    }
}
