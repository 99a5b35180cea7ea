import matplotlib.pyplot as plt
import pandas as pd

a = pd.read_csv("a.csv")
b = pd.read_csv("b.csv")
first, one = plt.subplots()
one.plot(a["x"])
first.savefig("alone.png")
second, two = plt.subplots()
two.plot(b["x"])
second.savefig("next.png")
third, three = plt.subplots()
three.plot(a["x"])
fourth, four = plt.subplots()
four.plot(b["x"])
third.savefig("third.png")
fourth.savefig("fourth.png")
