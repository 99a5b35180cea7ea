from .io import load
load("a.csv").to_csv("out.csv")
