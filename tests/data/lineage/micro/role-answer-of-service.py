# roles: what a service answers is about the rows that it was sent
import requests
import pandas as pd
from sklearn.metrics import accuracy_score
from sklearn.model_selection import train_test_split
rows = pd.read_csv("a.csv")
train, test = train_test_split(rows)
answer = requests.post("https://example.org/ask", json=test[["x"]].to_json())
accuracy_score(test["y"], answer.json()["result"])
