from sys import argv
import pandas as pd
_, rows, to = argv
pd.read_csv(rows).to_csv(to)
