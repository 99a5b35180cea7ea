import zipfile
import pandas as pd
with zipfile.ZipFile("all.zip") as z:
    z.extractall("unpacked")
pd.read_csv("unpacked/a.csv").to_csv("out.csv")
