# roles: names say which parts a split of a module that is not there gives, however it is called
import pandas as pd
from earlier_parts import random_split
rows = pd.read_csv("a.csv")
train, val, test = random_split(rows, 0.7, 0.1)
test.to_csv("test.csv")
