# 3.4: the default of an environment variable
import os
import pandas as pd
pd.read_csv(os.environ.get("DATA", "a.csv")).to_csv(os.getenv("OUT", "out.csv"))
