# 3.4: a piece of a constant is a constant, counted from either end
import pandas as pd
for address in ["https://example.invalid/x/a.csv", "https://example.invalid/x/b.csv"]:
    pd.read_csv(address).to_csv("kept/{}".format(address.split("/")[-1]))
