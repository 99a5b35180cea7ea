# 3.3: train_test_split of one gives train and test
import pandas as pd
from sklearn.model_selection import train_test_split
df = pd.read_csv("a.csv")
one, two = train_test_split(df, test_size=0.2)
