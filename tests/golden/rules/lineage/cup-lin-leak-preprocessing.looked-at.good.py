# SPDX-License-Identifier: GPL-3.0-or-later
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

df = pd.read_csv("beans_k.csv")
from sklearn.model_selection import cross_val_score
print(df["width"].mean(), df["width"].median())
print(cross_val_score(LogisticRegression(), df[["width", "height"]], df["kind"]))
