# rows: what is written through an ExcelWriter is in its file
import pandas as pd
df = pd.read_csv("a.csv")
with pd.ExcelWriter("out.xlsx") as writer:
    df.to_excel(writer, sheet_name="all")
