# roles: a function whose row names its data is given the model first
import pandas as pd
from recommenders.models.embdotbias.utils import score
from sklearn.model_selection import train_test_split
from lab.nets import Dot
train, test = train_test_split(pd.read_csv("a.csv"))
m = Dot()
m.fit(train)
score(m, test_df=test)
