# SPDX-License-Identifier: GPL-3.0-or-later
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

df = pd.read_csv("beans_b.csv")
X = df[["width", "height"]]
X_train = X[:800]
X_test = X[800:]
scaler = StandardScaler()
X_train = scaler.fit_transform(X_train)
model = LogisticRegression().fit(X_train, df["kind"][:800])
print(model.score(scaler.transform(X_test), df["kind"][800:]))
