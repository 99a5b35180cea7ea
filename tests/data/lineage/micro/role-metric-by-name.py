# roles: a function of a library that speaks of a metric measures what it is given of held-out rows
from lab.helpers import cal_metric, plot_metric
from lab.vectors import load_vectors
vectors = load_vectors("vectors.txt")
truths = []
guesses = []
with open("test_rows.txt") as file:
    for line in file:
        words = line.split()
        truths.append(int(words[0]))
        guesses.append(vectors[words[1]].dot(vectors[words[2]]))
print(cal_metric(truths, guesses, ["auc"]))
plot_metric(truths, guesses)
