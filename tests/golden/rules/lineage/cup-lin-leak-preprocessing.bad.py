# SPDX-License-Identifier: GPL-3.0-or-later
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

df = pd.read_csv("beans_a.csv")
scaler = StandardScaler()
X = scaler.fit_transform(df[["width", "height"]])  # expect: CUP-LIN-LEAK-PREPROCESSING
X_train = X[:800]
X_test = X[800:]
model = LogisticRegression().fit(X_train, df["kind"][:800])
print(model.score(X_test, df["kind"][800:]))
