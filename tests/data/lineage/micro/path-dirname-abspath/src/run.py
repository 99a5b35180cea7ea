import os
import pandas as pd
here = os.path.dirname(os.path.abspath(__file__))
pd.read_csv(os.path.join(here, "a.csv")).to_csv(os.path.join(here, "out.csv"))
