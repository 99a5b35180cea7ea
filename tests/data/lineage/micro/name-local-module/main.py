from loader import load
df = load("a.csv")
df.to_csv("out.csv")
