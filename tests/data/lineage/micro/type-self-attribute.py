# 3.3: self.x of one method is seen in another
import pandas as pd
from sklearn.linear_model import LogisticRegression
class Job:
    def __init__(self, path):
        self.frame = pd.read_csv(path)
        self.model = LogisticRegression()
    def learn(self):
        self.model.fit(self.frame[["x"]], self.frame["y"])
job = Job("a.csv")
job.learn()
