# 3.2: import a.b binds a, import a.b as c binds a.b
import sklearn.linear_model
import sklearn.tree as forest
import pandas
df = pandas.read_csv("a.csv")
one = sklearn.linear_model.Ridge()
two = forest.DecisionTreeRegressor()
one.fit(df[["x"]], df["y"])
two.fit(df[["x"]], df["y"])
