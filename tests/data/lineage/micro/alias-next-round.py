# what a round of a loop leaves is there in the next
import pandas as pd
rows = pd.read_csv("a.csv")
before = None
for i in range(3):
    if before is not None:
        before.to_csv("o.csv")
    before = rows
