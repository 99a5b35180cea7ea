# paths: names of files that a fitted model is given to export into are written
import pandas as pd
from lab.factors import Factors
m = Factors(8)
m.fit(pd.read_csv("a.csv"))
m.infer_embedding("users.csv", "items.csv")
m.export_vectors(vector_file="vectors.txt")
