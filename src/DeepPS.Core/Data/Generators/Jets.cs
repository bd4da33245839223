using DeepPS.Catalog;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// Jets of particles that a quark or gluon (QCD) or a W boson begins, as the tree of their clustering and as flat
/// features.
/// </summary>
/// <remarks>
/// A parton shower makes the particles; pileup, the particles of other collisions, is added, and a calorimeter measures
/// them. Sequential recombination makes a binary tree of them, the harder child first. Its nodes have the transverse
/// momentum Pt and the Mass in GeV, Eta and Phi from the jet's axis in radians, and of the two children the Angle
/// between them and the softer one's Share of momentum (0 for a particle). Flat features are Pt and Mass of the jet,
/// the number of Particles, the Width (the mean distance of momentum from the axis), the momentum Dispersion and Tau21,
/// the subjettiness of two axes divided by that of one (Thaler and Van Tilburg 2011). Before pileup both kinds have
/// momenta from 250 to 300 GeV and masses from 65 to 95 GeV, much as in Louppe, Cho, Becot and Cranmer, QCD-Aware
/// Recursive Neural Networks for Jet Physics (2018).
/// </remarks>
[CatalogEntry("Jets")]
public sealed record Jets : DatasetGenerator
{
    private const double Radius = 1, LeastPt = 250, MostPt = 300, LeastMass = 65, MostMass = 95;
    private const int MostParticles = 64;
    private static readonly string[] Kinds = ["QCD", "W"];
    private static readonly TreeNames Names =
        new(TreeNames.DefaultChildren, ["Pt", "Eta", "Phi", "Mass", "Angle", "Share"]);

    private static readonly string[] Features = ["Pt", "Mass", "Particles", "Width", "Dispersion", "Tau21"];

    /// <summary>The algorithm that makes the tree: Kt, CambridgeAachen or AntiKt.</summary>
    [Setting(Position = 1)]
    public JetAlgorithm Algorithm { get; init; }

    /// <summary>Mean number of soft particles of other collisions in a jet.</summary>
    [Setting(Minimum = 0, Maximum = 1000)]
    public double Pileup { get; init; } = 20;

    /// <inheritdoc/>
    public override Dataset Generate(int seed)
    {
        var random = new SeededRandom(seed);
        var shower = new JetShower(random);
        var labels = new int[Count];
        var features = Features.Select(_ => new double[Count]).ToArray();
        var (starts, parents, values) = (new List<int> { 0 }, new List<int>(), new List<float>());
        for (var row = 0; row < Count; row++)
        {
            labels[row] = random.Below(2);
            var particles = Draw(shower, labels[row], random);
            foreach (var (i, value) in Measure(particles).Index())
                features[i][row] = value;
            var (nodes, above) = new JetClustering(particles, Algorithm).ByLevels();
            parents.AddRange(above);
            foreach (var node in nodes)
                values.AddRange([(float)node.Pt, (float)node.Eta, (float)node.Phi, (float)node.Mass,
                    (float)node.Parting.Angle, (float)node.Parting.Share]);
            starts.Add(parents.Count);
        }

        var trees = new TreeStore(starts.ToArray(), parents.ToArray(), values.ToArray(), Names.Values.Count);
        var settings = new ColumnSettings { Scaling = Scaling.Log, Length = 2 * MostParticles - 1 };
        return new Dataset("Jets",
        [
            new TreeColumn("Tree", trees, Names).With(settings),
            .. Features.Select((name, i) => new NumberColumn(name, features[i])),
            new CategoryColumn("Label", labels, Kinds),
        ], "Label");
    }

    /// <summary>The hardest particles of a jet in the window of masses, seen from its axis.</summary>
    private JetParticle[] Draw(JetShower shower, int kind, SeededRandom random)
    {
        while (true)
        {
            var pt = random.Uniform(LeastPt, MostPt);
            var drawn = kind == 0 ? shower.OneProng(pt, Radius) : shower.TwoProngs(pt, Radius);
            if (Sum(drawn).Mass is not (>= LeastMass and <= MostMass))
                continue;
            var measured = drawn.Concat(shower.Pileup(Pileup, Radius)).Select(shower.Measure)
                .OrderByDescending(particle => particle.Pt).Take(MostParticles).ToArray();
            return Array.ConvertAll(measured, particle => particle.From(Sum(measured)));
        }
    }

    private static JetParticle Sum(IEnumerable<JetParticle> particles) =>
        particles.Aggregate((one, other) => one.Add(other));

    private static double[] Measure(JetParticle[] particles)
    {
        var clustering = new JetClustering(particles, JetAlgorithm.Kt);
        var (jet, (first, second)) = (clustering.Root, clustering.LastTwo);
        var one = particles.Sum(particle => particle.Pt * Math.Sqrt(particle.SquaredDistance(jet)));
        var two = particles.Sum(particle => particle.Pt
            * Math.Sqrt(Math.Min(particle.SquaredDistance(first), particle.SquaredDistance(second))));
        var squares = particles.Sum(particle => particle.Pt * particle.Pt);
        return [jet.Pt, jet.Mass, particles.Length, one / jet.Pt, Math.Sqrt(squares) / jet.Pt, two / one];
    }
}
