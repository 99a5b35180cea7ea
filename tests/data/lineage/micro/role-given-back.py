# roles: what an object that knows all rows gives for some of them
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from our_tools import Encoder
df = pd.read_csv("a.csv")
encoder = Encoder(df)
train, test = train_test_split(df)
m = LogisticRegression()
m.fit(encoder.numbers(train), train["y"])
print(m.score(encoder.numbers(test), test["y"]))
