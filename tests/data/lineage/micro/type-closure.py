# 3.3: a closure keeps the value of its outer function
import pandas as pd
def make(path):
    frame = pd.read_csv(path)
    def get():
        return frame
    return get
one = make("a.csv")
two = make("b.csv")
one().to_csv("out.csv")
