# roles: what setters told a model is learnt by fit() and asked about by predict()
import pandas as pd
from lab.machines import make_machine, make_forest
from sklearn.model_selection import train_test_split
machine = make_machine()
machine.setTrain("rows_a.txt")
machine.set_validation_file("rows_b.txt")
machine.fit({"rate": 0.1}, "machine.bin")
machine.setTest("rows_c.txt")
machine.predict("machine.bin", "guesses.txt")
train, test = train_test_split(pd.read_csv("a.csv"))
forest = make_forest()
forest.set_training_data(train)
forest.train()
forest.set_test_data(test)
print(forest.evaluate())
