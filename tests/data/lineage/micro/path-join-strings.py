# 3.4: join and replace of constants
import pandas as pd
name = "-".join(["a", "b"]) + ".csv"
pd.read_csv(name).to_csv(name.replace(".csv", ".out"))
