# SPDX-License-Identifier: GPL-3.0-or-later
import joblib
import pandas as pd
from sklearn.linear_model import LinearRegression

df = pd.read_csv("https://data.example.org/lakes.csv")
model = LinearRegression().fit(df[["area"]], df["depth"])
joblib.dump(model, "lakes.joblib")  # expect: CUP-LIN-UNPINNED-LEARNT
