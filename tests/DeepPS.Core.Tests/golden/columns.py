"""Number columns as a network gets them, by scikit-learn's imputers and scalers. A missing value is null."""
import math

import numpy as np
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, MinMaxScaler, RobustScaler, StandardScaler

SIGNED_LOG = FunctionTransformer(lambda x: np.sign(x) * np.log1p(np.abs(x)))
SCALINGS = {
    "Standard": StandardScaler, "MinMax": MinMaxScaler, "Robust": RobustScaler,
    "Log": lambda: make_pipeline(SIGNED_LOG, StandardScaler()), "None": FunctionTransformer,
}
RULES = {
    "Mean": {"strategy": "mean"}, "Median": {"strategy": "median"}, "Mode": {"strategy": "most_frequent"},
    "Constant": {"strategy": "constant", "fill_value": -2.5},
}


def nulls(values):
    return [None if math.isnan(value) else float(value) for value in values]


def cases():
    random = np.random.default_rng(0)
    columns = [random.normal(5, 3, 21), random.lognormal(4, 2, 40), np.full(6, 3.25), np.array([1.0, 2, 2, 7, 7, 100])]
    holes = random.normal(0, 10, 31).round()
    holes[[0, 4, 5, 17]] = np.nan
    other = np.array([-50.0, 0, 3.25, 1e4, np.nan])
    for values in (*columns, holes):
        for scaling, make in SCALINGS.items():
            for rule, settings in RULES.items():
                if rule != "Mean" and not np.isnan(values).any():
                    continue
                # Missing values must not affect the scale, so scalers are fitted to the values before imputation.
                scaler = make().fit(values[:, None])
                imputer = SimpleImputer(**settings).fit(values[:, None])
                numbers = imputer.transform(np.append(values, other)[:, None])
                yield {"type": scaling, "settings": {"Missing": rule}, "values": nulls(values), "other": nulls(other),
                       "expected": [float(x) for x in scaler.transform(numbers)[:, 0]]}
