using System.Diagnostics;
using System.Globalization;
using DeepPS.Layers;
using DeepPS.Torch;
using DeepPS.Training;
using static TorchSharp.torch;

namespace DeepPS.Bench;

/// <summary>The time of a step of each optimizer on 20 parameters of 50,000 values, compared with PyTorch.</summary>
internal static class OptimizerSteps
{
    private const int Tensors = 20;
    private const int Values = 50_000;

    /// <summary>
    /// How long each optimizer is measured, in seconds: the first tenths go to the runtime's compiler.
    /// </summary>
    private const double Duration = 0.6;

    /// <summary>How many rounds it is measured at least.</summary>
    private const int Rounds = 3;

    /// <summary>How many steps a round has. LBFGS begins anew in each, with twenty iterations a step.</summary>
    private const int Steps = 10;

    private const int LbfgsSteps = 2;

    /// <summary>PyTorch's side. Lion is not in PyTorch: it is its authors' own program for it.</summary>
    private const string PythonScript = """
        import sys, time, torch
        threads = int(sys.argv[1])
        torch.set_num_threads(threads)
        now = time.process_time if threads == 1 else time.perf_counter
        def best(run, steps):
            least, end, rounds = 9e9, now() + DURATION, 0
            while now() < end or rounds < ROUNDS:
                start, rounds = now(), rounds + 1
                run()
                least = min(least, (now() - start) / steps)
            return least
        torch.manual_seed(0)
        class Lion(torch.optim.Optimizer):
            def __init__(self, parameters): super().__init__(parameters, dict(lr=1e-4))
            @torch.no_grad()
            def step(self):
                for p in self.param_groups[0]["params"]:
                    state = self.state[p]
                    if not state: state["exp_avg"] = torch.zeros_like(p)
                    p.mul_(1 - 1e-4 * 0.0)
                    update = state["exp_avg"] * 0.9 + p.grad * (1 - 0.9)
                    p.add_(update.sign_(), alpha=-1e-4)
                    state["exp_avg"].mul_(0.99).add_(p.grad, alpha=1 - 0.99)
        o = torch.optim
        makers = {"SGD": lambda p: o.SGD(p, lr=0.01), "SGD momentum": lambda p: o.SGD(p, lr=0.01, momentum=0.9),
            "Adam": o.Adam, "Adam AmsGrad": lambda p: o.Adam(p, amsgrad=True), "AdamW": o.AdamW, "Adagrad": o.Adagrad,
            "Adadelta": o.Adadelta, "Adamax": o.Adamax, "NAdam": o.NAdam, "RAdam": o.RAdam, "RMSProp": o.RMSprop,
            "RMSProp centered": lambda p: o.RMSprop(p, momentum=0.9, centered=True), "ASGD": o.ASGD, "Rprop": o.Rprop,
                "Lion": Lion}
        def parameters(): return [torch.rand(TENSOR_VALUES).requires_grad_() for _ in range(TENSORS)]
        for name, make in makers.items():
            ps = parameters()
            for p in ps: p.grad = torch.rand_like(p) - 0.5
            optimizer = make(ps)
            def steps():
                for _ in range(STEPS): optimizer.step()
            print(f"{name}={best(steps, STEPS) * 1e3:.4f}")
        bend = torch.linspace(0.001, 1, TENSOR_VALUES)
        for name, search in (("LBFGS", None), ("LBFGS StrongWolfe", "strong_wolfe")):
            def steps():
                ps = parameters()
                optimizer = o.LBFGS(ps, line_search_fn=search)
                def closure():
                    loss = 0
                    with torch.no_grad():
                        for p in ps:
                            p.grad = p * bend
                            loss = loss + p.dot(p.grad) / 2
                    return loss
                for _ in range(LBFGS_STEPS): optimizer.step(closure)
            print(f"{name}={best(steps, LBFGS_STEPS) * 1e3:.4f}")
        """;

    private static readonly (string Name, GradientOptimizer Rule)[] Rules =
    [
        ("SGD", new SGD()), ("SGD momentum", new SGD { Momentum = 0.9 }), ("Adam", new Adam()),
        ("Adam AmsGrad", new Adam { AmsGrad = true }), ("AdamW", new AdamW()), ("Adagrad", new Adagrad()),
        ("Adadelta", new Adadelta()), ("Adamax", new Adamax()), ("NAdam", new NAdam()), ("RAdam", new RAdam()),
        ("RMSProp", new RMSProp()), ("RMSProp centered", new RMSProp { Momentum = 0.9, Centered = true }),
        ("ASGD", new ASGD()), ("Rprop", new Rprop()), ("Lion", new Lion()),
        ("LBFGS", new LBFGS()), ("LBFGS StrongWolfe", new LBFGS { LineSearch = LineSearch.StrongWolfe }),
    ];

    /// <summary>PyTorch's side as a program.</summary>
    public static string Python => PythonScript.Replace("LBFGS_STEPS", $"{LbfgsSteps}")
        .Replace("TENSOR_VALUES", $"{Values}")
        .Replace("TENSORS", $"{Tensors}").Replace("STEPS", $"{Steps}").Replace("ROUNDS", $"{Rounds}")
        .Replace("DURATION", Duration.ToString(CultureInfo.InvariantCulture));

    /// <summary>
    /// Measures ours, with threads as a network of Dense layers has them, and prints milliseconds of a step by name.
    /// </summary>
    public static void Measure(int threads)
    {
        TorchRuntime.Ensure();
        Threads.Use(threads);
        random.manual_seed(0);
        foreach (var (name, rule) in Rules)
        {
            var best = rule is LBFGS ? Lbfgs(rule, threads) : Elementwise(rule, threads);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}={best * 1e3:0.0000}"));
        }
    }

    private static double Elementwise(GradientOptimizer rule, int threads)
    {
        using var scope = NewDisposeScope();
        var parameters = Parameters();
        foreach (var parameter in parameters)
            parameter.Value.grad = rand(Values).sub_(0.5);
        using var step = rule.Begin(parameters);
        return Best(threads, Steps, () =>
        {
            for (var i = 0; i < Steps; i++)
                step.Step();
        });
    }

    private static double Lbfgs(GradientOptimizer rule, int threads)
    {
        using var bend = linspace(0.001, 1, Values);
        return Best(threads, LbfgsSteps, () =>
        {
            using var scope = NewDisposeScope();
            var parameters = Parameters();
            using var step = rule.Begin(parameters);
            for (var i = 0; i < LbfgsSteps; i++)
                step.Step(() => Evaluate(parameters, bend));
        });
    }

    private static Tensor Evaluate(Parameter[] parameters, Tensor bend)
    {
        using var noGradient = no_grad();
        var loss = zeros(1);
        foreach (var parameter in parameters)
        {
            var gradient = parameter.Value.mul(bend);
            parameter.Value.grad = gradient;
            loss = loss.add(parameter.Value.dot(gradient), 0.5);
        }

        return loss;
    }

    private static Parameter[] Parameters() => Enumerable.Range(0, Tensors)
        .Select(i => new Parameter($"p{i}", rand(Values).requires_grad_(true))).ToArray();

    /// <summary>
    /// The shortest time of a round, by its steps. One thread is measured in processor time, which is the same however
    /// many others want the core; several are measured by the clock.
    /// </summary>
    private static double Best(int threads, int steps, Action round)
    {
        var (best, end) = (double.PositiveInfinity, Now() + Duration);
        for (var rounds = 0; rounds < Rounds || Now() < end; rounds++)
        {
            var start = Now();
            round();
            best = Math.Min(best, (Now() - start) / steps);
        }

        return best;

        double Now() => threads == 1 ? Environment.CpuUsage.TotalTime.TotalSeconds
            : Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;
    }
}
