import sys
import pandas as pd
args = sys.argv[1:]
pd.read_csv(args[0]).to_csv(args[1])
