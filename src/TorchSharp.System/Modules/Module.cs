using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>What holds parameters by name: here the recurrent modules alone, always in training mode.</summary>
        public class Module : IDisposable
        {
            private readonly Dictionary<string, Parameter> _parameters = [];

            internal Module() { }

            /// <summary>The parameters in the order in which they were registered.</summary>
            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true) =>
                _parameters.Select(pair => (pair.Key, pair.Value));

            public virtual IEnumerable<Parameter> parameters(bool recurse = true) => _parameters.Values;

            /// <summary>The parameter of that name; null where there is none.</summary>
            public virtual Parameter? get_parameter(string target) => _parameters.GetValueOrDefault(target);

            public virtual void register_parameter(string name, Parameter param) => _parameters[name] = param;

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
                foreach (var parameter in _parameters.Values) parameter.Dispose();
            }

            /// <summary>Moves the parameters, which stay the same tensors, to a device.</summary>
            internal void Move(Device device)
            {
                using var noGradient = no_grad();
                foreach (var parameter in _parameters.Values)
                {
                    using var moved = parameter.to(device);
                    Ops.set_data.Run(parameter, moved);
                }

                Moved();
            }

            /// <summary>After the parameters have come to another device.</summary>
            internal virtual void Moved() { }
        }
    }
}

/// <summary>Moves modules.</summary>
public static class ModuleExtensionMethods
{
    public static T to<T>(this T module, torch.Device device, bool non_blocking = false) where T : torch.nn.Module
    {
        module.Move(torch.InitializeDevice(device));
        return module;
    }
}
