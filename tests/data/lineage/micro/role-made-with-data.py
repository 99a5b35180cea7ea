# roles: a model that was made with data learns from it at fit(), of a pair of parts from the one for training
import pandas as pd
from lab.graphs import Graph, Parts, Trainer, prepare
from sklearn.model_selection import train_test_split
train, test = train_test_split(pd.read_csv("a.csv"))
settings = prepare("graph.yaml")
m = Graph(settings, Parts(train=train, test=test), seed=3)
m.fit()
print(m.evaluate_all(test))
t = Trainer(Graph(settings), train, test)
t.train()
