# rows: keys of a store lie in its file
import pandas as pd
store = pd.HDFStore("s.h5")
df = pd.read_csv("a.csv")
store.put("all", df)
store.select("all").to_csv("out.csv")
