import sys

import matplotlib.pyplot as plt
import pandas as pd
import plotly.express as px

a = pd.read_csv("a.csv")
b = pd.read_csv("b.csv")
plt.figure(1)
plt.plot(a["x"])
plt.figure("other")
plt.plot(b["x"])
plt.figure(1)
plt.savefig("one.png")
plt.figure("other")
plt.savefig("other.png")
plt.close()
plt.savefig("before.png")
plt.clf()
plt.plot(b["x"])
plt.gcf().savefig("cleared.png")
inner, axes = plt.subplots()
axes.plot(a["x"])
plt.close(inner)
px.scatter(a)
plt.savefig("outer.png")
if len(sys.argv) > 1:
    plt.figure()
    plt.plot(a["x"])
plt.savefig("either.png")


def nobody_calls():
    plt.plot(a["x"])
    plt.savefig("alone.png")


def nor_this():
    plt.plot(b["x"])
    plt.savefig("apart.png")
