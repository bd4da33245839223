namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        // Losses and distances.
        public static partial class functional
        {
            public static Tensor cross_entropy(
                Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100,
                Reduction reduction = Reduction.Mean, double label_smoothing = 0) =>
                Ops.cross_entropy_loss.Call(input, target, weight, (long)reduction, ignore_index, label_smoothing);

            public static Tensor nll_loss(
                Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                Ops.nll_loss_nd.Call(input, target, weight, (long)reduction);

            public static Tensor binary_cross_entropy(
                Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                Ops.binary_cross_entropy.Call(input, target, weight, (long)reduction);

            public static Tensor binary_cross_entropy_with_logits(
                Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean,
                Tensor? pos_weights = null) =>
                Ops.binary_cross_entropy_with_logits.Call(input, target, weight, pos_weights, (long)reduction);

            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Ops.mse_loss.Call(input, target, (long)reduction);

            public static Tensor l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Ops.l1_loss.Call(input, target, (long)reduction);

            public static Tensor smooth_l1_loss(
                Tensor input, Tensor target, Reduction reduction = Reduction.Mean, double beta = 1) =>
                beta == 0 ? l1_loss(
                    input, target, reduction) : Ops.smooth_l1_loss.Call(input, target, (long)reduction, beta);

            public static Tensor huber_loss(
                Tensor input, Tensor target, double delta = 1, Reduction reduction = Reduction.Mean) =>
                Ops.huber_loss.Call(input, target, (long)reduction, delta);

            public static Tensor kl_div(
                Tensor input, Tensor target, bool log_target = true, Reduction reduction = Reduction.Mean) =>
                Ops.kl_div.Call(input, target, (long)reduction, log_target);

            public static Tensor ctc_loss(
                Tensor log_probs, Tensor targets, Tensor input_lengths, Tensor target_lengths, long blank = 0,
                bool zero_infinity = false, Reduction reduction = Reduction.Mean) =>
                Ops.ctc_loss_Tensor.Call(
                    log_probs, targets, input_lengths, target_lengths, blank, (long)reduction, zero_infinity);

            public static Tensor poisson_nll_loss(
                Tensor input, Tensor target, bool log_input = true, bool full = false, float eps = 1e-08f,
                Reduction reduction = Reduction.Mean) =>
                Ops.poisson_nll_loss.Call(input, target, log_input, full, eps, (long)reduction);

            public static Tensor gaussian_nll_loss(
                Tensor input, Tensor target, Tensor variance, bool full = false, float eps = 1e-6f,
                Reduction reduction = Reduction.Mean)
            {
                using var scope = NewDisposeScope();
                var var = variance;
                if (!input.shape.AsSpan().SequenceEqual(var.shape) && var.ndim == input.ndim - 1)
                    var = var.unsqueeze(-1);
                Tensor bounded;
                using (no_grad()) bounded = var.clamp_min(eps);
                bounded = bounded.add(var).sub(var.detach());
                var loss = bounded.log().add(input.sub(target).square().div(bounded)).mul(0.5);
                if (full) loss = loss.add(0.5 * Math.Log(2 * Math.PI));
                return Reduced(loss, reduction).MoveToOuterDisposeScope();
            }

            public static Tensor soft_margin_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Ops.soft_margin_loss.Call(input, target, (long)reduction);

            public static Tensor multilabel_soft_margin_loss(
                Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean)
            {
                using var scope = NewDisposeScope();
                var loss = binary_cross_entropy_with_logits(input, target, null, Reduction.None);
                if (weight is not null) loss = loss.mul(weight);
                return Reduced(loss.mean([-1]), reduction).MoveToOuterDisposeScope();
            }

            public static Tensor multi_label_margin_loss(
                Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Ops.multilabel_margin_loss.Call(input, target, (long)reduction);

            public static Tensor multi_margin_loss(
                Tensor input, Tensor target, int p = 1, double margin = 1, Tensor? weight = null,
                Reduction reduction = Reduction.Mean) =>
                Ops.multi_margin_loss.Call(input, target, p, margin, weight, (long)reduction);

            public static Tensor hinge_embedding_loss(
                Tensor input, Tensor target, double margin = 0, Reduction reduction = Reduction.Mean) =>
                Ops.hinge_embedding_loss.Call(input, target, margin, (long)reduction);

            public static Tensor margin_ranking_loss(
                Tensor input1, Tensor input2, Tensor target, double margin = 0,
                Reduction reduction = Reduction.Mean) =>
                Ops.margin_ranking_loss.Call(input1, input2, target, margin, (long)reduction);

            public static Tensor cosine_embedding_loss(
                Tensor input1, Tensor input2, Tensor target, double margin = 0,
                Reduction reduction = Reduction.Mean) =>
                Ops.cosine_embedding_loss.Call(input1, input2, target, margin, (long)reduction);

            public static Tensor triplet_margin_loss(
                Tensor anchor, Tensor positive, Tensor negative, double margin = 1, long p = 2, double eps = 1e-06,
                bool swap = false, Reduction reduction = Reduction.Mean) =>
                Ops.triplet_margin_loss.Call(anchor, positive, negative, margin, p, eps, swap, (long)reduction);

            public static Tensor triplet_margin_with_distance_loss(
                Tensor anchor, Tensor positive, Tensor negative, Func<Tensor, Tensor, Tensor>? distance = null,
                double margin = 1, bool swap = false, Reduction reduction = Reduction.Mean)
            {
                distance ??= (a, b) => pairwise_distance(a, b);
                using var scope = NewDisposeScope();
                var far = distance(anchor, negative);
                if (swap) far = torch.minimum(far, distance(positive, negative));
                var loss = distance(anchor, positive).sub(far).add(margin).clamp_min(0);
                return Reduced(loss, reduction).MoveToOuterDisposeScope();
            }

            public static Tensor cosine_similarity(Tensor x1, Tensor x2, long dim = 1, double eps = 1e-08) =>
                Ops.cosine_similarity.Call(x1, x2, dim, eps);

            public static Tensor pairwise_distance(
                Tensor input1, Tensor input2, double p = 2, double eps = 1e-06, bool keepdim = false) =>
                Ops.pairwise_distance.Call(input1, input2, p, eps, keepdim);

            private static Tensor Reduced(Tensor loss, Reduction reduction) => reduction switch
            {
                Reduction.Mean => loss.mean(),
                Reduction.Sum => loss.sum(),
                _ => loss,
            };
        }
    }
}
