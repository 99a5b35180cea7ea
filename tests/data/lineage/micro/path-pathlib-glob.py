# 3.4: Path.glob
from pathlib import Path
import pandas as pd
frames = [pd.read_csv(p) for p in Path("parts").glob("*.csv")]
pd.concat(frames).to_csv("out.csv")
