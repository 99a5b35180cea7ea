# 3.4: with_suffix, with_name, stem and parent
from pathlib import Path
import pandas as pd
p = Path("data/a.csv")
pd.read_csv(p).to_csv(p.with_suffix(".out"))
pd.read_csv(p.parent / (p.stem + "-more.csv")).to_csv(p.with_name("b.csv"))
