# a frame that is given as a text is what is written
import pandas as pd
frame = pd.read_csv("a.csv")
text = frame.to_json(orient="records")
with open("b.json", "w") as out:
    out.write(text)
