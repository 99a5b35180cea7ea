from pathlib import Path
import pandas as pd
here = Path(__file__).resolve().parent
pd.read_csv(here / "a.csv").to_csv(here.parent / "out.csv")
