import matplotlib.pyplot as plt
import mlflow
import pandas as pd
import seaborn as sns
from matplotlib.backends.backend_pdf import PdfPages

a = pd.read_csv("a.csv")
b = pd.read_csv("b.csv")
one, (left, right) = plt.subplots(1, 2)
two, grid = plt.subplots(2, 2)
three = plt.figure()
alone = three.add_subplot(111, sharex=left)
alone.sharey(right)
left.plot(a["x"])
a.plot(ax=right)
grid[0, 1].hist(b["x"])
for ax in grid.flat:
    sns.boxplot(data=b, x="x", ax=ax)
alone.plot(b["y"])
one.savefig("one.png")
two.savefig("two.png")
three.savefig("three.png")
mlflow.log_figure(one, "logged.png")
with PdfPages("pages.pdf") as pages:
    pages.savefig(two)
bars = a.plot.bar()
points = b.plot.scatter(x="x", y="y")
bars.get_figure().savefig("bars.png")
points.figure.savefig("points.png")
pairs = sns.pairplot(a)
related = sns.relplot(data=b)
pairs.savefig("pairs.png")
related.fig.savefig("related.png")
