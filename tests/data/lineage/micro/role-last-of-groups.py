# roles: the last rows of each group are for testing, the rest for training
import pandas as pd
from sklearn.linear_model import Ridge


def last_of_each(frame, n):
    groups = frame.sort_values("day").groupby("shop", group_keys=False)
    head = groups.apply(lambda group: group.iloc[:-n])
    head.reset_index(inplace=True, drop=True)
    tail = groups.apply(lambda group: group.iloc[-n:])
    return head, tail


train, test = last_of_each(pd.read_csv("a.csv"), 4)
model = Ridge().fit(train[["x"]], train["y"])
model.score(test[["x"]], test["y"])
