namespace TorchSharp;

public static partial class torch
{
    // Members whose operator takes another form.
    public static partial class linalg
    {
        /// <summary>How much of a QR decomposition.</summary>
        public enum QRMode
        {
            Reduced = 0, Complete = 1, R = 2,
        }

        public static (Tensor Q, Tensor R) qr(Tensor input, QRMode mode = QRMode.Reduced) =>
            Ops.linalg_qr.Call2(input, mode switch { QRMode.Complete => "complete", QRMode.R => "r", _ => "reduced" });

        public static (Tensor, Tensor) eigh(Tensor input, char UPLO = 'L') =>
            Ops.linalg_eigh.Call2(input, UPLO.ToString());

        public static Tensor eigvalsh(Tensor input, char UPLO = 'L') =>
            Ops.linalg_eigvalsh.Call(input, UPLO.ToString());

        public static Tensor norm(Tensor input, string ord, long[]? dims = null, bool keepdim = false) =>
            Ops.linalg_norm_ord_str.Call(input, ord, dims, keepdim);

        public static Tensor norm(Tensor input, int ord, long[]? dims = null, bool keepdim = false) =>
            Ops.linalg_norm.Call(input, (double)ord, dims, keepdim);

        public static Tensor matrix_norm(Tensor input, string ord = "fro", long[]? dims = null, bool keepdim = false) =>
            Ops.linalg_matrix_norm_str_ord.Call(input, ord, dims ?? [-2, -1], keepdim);

        public static Tensor matrix_norm(Tensor input, double ord, long[]? dims = null, bool keepdim = false) =>
            Ops.linalg_matrix_norm.Call(input, ord, dims ?? [-2, -1], keepdim);

        public static Tensor cond(Tensor input, int p) => Ops.linalg_cond.Call(input, (double)p);

        public static Tensor cond(Tensor input, string p) => Ops.linalg_cond_p_str.Call(input, p);

        public static Tensor solve_triangular(
            Tensor A, Tensor B, bool upper, bool left = true, bool unitriangular = false, Tensor? @out = null)
        {
            if (@out is null) return Ops.linalg_solve_triangular.Call(A, B, upper, left, unitriangular);
            Ops.linalg_solve_triangular_out.Run(A, B, upper, left, unitriangular, @out);
            return @out;
        }
    }
}
