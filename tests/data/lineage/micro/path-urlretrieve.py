# 3.4: urlretrieve links address and file
from urllib.request import urlretrieve
import pandas as pd
urlretrieve("https://example.org/a.csv", "a.csv")
pd.read_csv("a.csv").to_csv("out.csv")
