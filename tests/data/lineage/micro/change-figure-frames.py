import matplotlib.pyplot as plt
import pandas as pd

a = pd.read_csv("a.csv")
b = pd.read_csv("b.csv")
plt.plot(a["x"])
plt.plot(b["x"])
plt.savefig("both.png")
a.plot()
plt.savefig("frame.png")
ax = a.plot()
b.plot(ax=ax)
plt.savefig("onto.png")
b.hist()
plt.savefig("hist.png")
a["x"].plot()
plt.savefig("columns.png")
