# 3.4: what is put into an archive
import zipfile
import pandas as pd
pd.read_csv("a.csv").to_csv("b.csv")
archive = zipfile.ZipFile("c.zip", "w")
archive.write("b.csv")
archive.close()
