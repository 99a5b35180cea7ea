# leak: a grid is tuned by a score of predictions that were read back from a file
import numpy as np
from lab.machines import make_machine
from sklearn.metrics import roc_auc_score
scores = []
for rate in settings_of("grid"):
    machine = make_machine()
    machine.set_train_file("train.txt")
    machine.fit({"rate": rate}, "machine.bin")
    machine.set_test_file("test.txt")
    machine.predict("machine.bin", "guesses.txt")
    with open("guesses.txt") as f:
        guesses = np.array([float(line) for line in f.readlines()])
    with open("test.txt") as f:
        truths = np.array([float(line.split()[0]) for line in f.readlines()])
    scores.append(roc_auc_score(truths, guesses))
