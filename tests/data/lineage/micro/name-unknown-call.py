# a call that nobody describes is a node, and nothing through it is certain
import pandas as pd
import weirdio
d = pd.read_csv("a.csv")
weirdio.upload(d, "somewhere")
x = weirdio.fetch("https://x.example.org/t.bin")
y = weirdio.transform(d, x)
weirdio.consider(y)
y.to_csv("o.csv")
