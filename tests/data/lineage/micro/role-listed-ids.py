# roles: rows of ids that were split have the role of their part
import numpy as np
import pandas as pd
from sklearn.linear_model import Ridge
df = pd.read_csv("a.csv")
users = np.random.permutation(df["user"].unique())
cut = int(len(users) * 0.8)
train_users, test_users = users[:cut], users[cut:]
chosen = df.loc[df["user"].isin(train_users)]
others = df[np.isin(df["user"], test_users)]
model = Ridge().fit(chosen[["x"]], chosen["y"])
model.score(others[["x"]], others["y"])
