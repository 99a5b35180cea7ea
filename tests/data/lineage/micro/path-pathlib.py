# 3.4: the slash of pathlib
from pathlib import Path
import pandas as pd
base = Path("data") / "raw"
pd.read_csv(base / "a.csv").to_csv("out.csv")
