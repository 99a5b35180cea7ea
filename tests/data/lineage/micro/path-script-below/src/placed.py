from pathlib import Path

import pandas as pd

pd.read_csv(Path(__file__).parent / "data/rows.csv").to_csv("out/placed.csv")
