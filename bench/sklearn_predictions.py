"""The peer of predictions.ps1: prints rows a second of a scikit-learn classifier of the same size, from a data frame
and from CSV file to CSV file. Usage: sklearn_predictions.py FILE OUT"""
import sys
import time
import warnings

import pandas
from sklearn.compose import make_column_transformer
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

warnings.filterwarnings("ignore")
path, out = sys.argv[1:]
numbers = [f"n{i}" for i in range(1, 8)]
head = pandas.read_csv(path, nrows=200_000)
model = make_pipeline(
    make_column_transformer((StandardScaler(), numbers), (OneHotEncoder(handle_unknown="ignore"), ["colour"])),
    MLPClassifier((32,), max_iter=2, random_state=1))
model.fit(head[:20_000].drop(columns="label"), head[:20_000].label)


def predict(table):
    probabilities = model.predict_proba(table)
    table["Prediction"] = model.classes_[probabilities.argmax(1)]
    table["Probability"] = probabilities.max(1)
    return table


start = time.perf_counter()
predict(head.copy())
print(f"scikit-learn, data frame\t{len(head) / (time.perf_counter() - start)}")
start = time.perf_counter()
table = predict(pandas.read_csv(path))
table.to_csv(out, index=False)
print(f"pandas and scikit-learn, file to file\t{len(table) / (time.perf_counter() - start)}")
