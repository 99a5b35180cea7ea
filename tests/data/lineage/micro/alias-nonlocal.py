# nonlocal binds the name of the function around it
import pandas as pd
def outer():
    d = None
    def inner():
        nonlocal d
        d = pd.read_csv("a.csv")
    inner()
    d.to_csv("o.csv")
outer()
