import matplotlib.pyplot as plt
import pandas as pd


def draw(frame, name):
    plt.plot(frame["x"], frame["y"])
    plt.savefig(name)


def draw_axes(frame):
    fig, ax = plt.subplots()
    ax.plot(frame["x"])
    fig.savefig("axes.png")


train = pd.read_csv("train.csv")
other = pd.read_csv("other.csv")
draw(train, "helper.png")
draw_axes(other)
plt.figure()
plt.hist(train["x"])
plt.savefig("plain.png")
