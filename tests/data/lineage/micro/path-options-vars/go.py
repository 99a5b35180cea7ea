import argparse
import pandas as pd
p = argparse.ArgumentParser()
p.add_argument("rows")
p.add_argument("--to", "-o", default="none.csv")
a = vars(p.parse_args())
pd.read_csv(a["rows"]).to_csv(a["to"])
