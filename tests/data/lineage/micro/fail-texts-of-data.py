# data flow: texts that are put together from data keep where it comes from
import pandas as pd
a = pd.read_csv("a.csv")
b = pd.read_csv("b.csv")
c = pd.read_csv("c.csv")
d = pd.read_csv("d.csv")
with open("out_a.txt", "w") as f:
    f.write("{} {}".format("rows", a.sum()))
with open("out_b.txt", "w") as f:
    f.write(" ".join(["rows", str(b.sum())]) + "\n")
with open("out_c.txt", "w") as f:
    f.write("%s rows" % c.sum())
with open("out_d.txt", "w") as f:
    f.write(f"{d.sum()} rows")
