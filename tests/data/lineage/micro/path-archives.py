import tarfile
import zipfile

import pandas as pd

for_houses = tarfile.open("datasets/housing.tgz")
for_houses.extractall(path="datasets")
for_ships = zipfile.ZipFile("datasets/titanic.zip")
for_ships.extractall("datasets")
pd.read_csv("datasets/housing/housing.csv").to_csv("houses.csv")
pd.read_csv("datasets/titanic/train.csv").to_csv("ships.csv")
pd.read_csv("datasets/notes.csv").to_csv("notes.csv")
