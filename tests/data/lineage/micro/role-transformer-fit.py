# roles: the fit of a transformer is a training too
import pandas as pd
from sklearn.preprocessing import StandardScaler
from sklearn.model_selection import train_test_split
df = pd.read_csv("a.csv")
train, test = train_test_split(df[["x"]])
s = StandardScaler()
s.fit(train)
