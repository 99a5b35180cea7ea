# SPDX-License-Identifier: GPL-3.0-or-later
import joblib
import pandas as pd
from sklearn.linear_model import LinearRegression

df = pd.read_csv("https://data.example.org/trees.csv")
model = LinearRegression().fit(df[["age"]], df["height"])
joblib.dump(model, "yew.joblib")
again = joblib.load("yew.joblib")
