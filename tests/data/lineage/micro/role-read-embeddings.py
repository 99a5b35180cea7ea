# roles: what a model wrote of itself and is read back is no rows: a metric of guesses by it is about the truths
from lab.factors import Factors
from lab.helpers import cal_metric, load_vectors
model = Factors(8)
model.fit("data/train_rows.csv")
model.infer_embedding("users.txt", "items.txt")
users = load_vectors("users.txt")
items = load_vectors("items.txt")
truths = []
guesses = []
with open("test_rows.txt") as file:
    for line in file:
        words = line.split()
        truths.append(int(words[0]))
        guesses.append(users[words[1]].dot(items[words[2]]))
print(cal_metric(truths, guesses, ["auc"]))
