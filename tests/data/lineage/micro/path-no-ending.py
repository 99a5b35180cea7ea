# paths: names in a folder where a model asks for data, and the file it predicts into
import os
from lab.sequences import Recommender
folder = os.path.join("data", "sequences")
model = Recommender({"epochs": 3})
model.fit(os.path.join(folder, "train_data"))
model.predict(os.path.join(folder, "test_data"), os.path.join(folder, "guesses.txt"))
