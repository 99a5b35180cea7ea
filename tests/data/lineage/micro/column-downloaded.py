import gdown
import pandas as pd
from sklearn.linear_model import LinearRegression

path = gdown.download("https://example.org/houses.csv", "houses.csv")
houses = pd.read_csv(path)
model = LinearRegression()
model.fit(houses[["rooms", "age"]], houses["price"])
