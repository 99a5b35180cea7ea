# rows: what is known of users and items is learnt from, and changes nothing of which rows are for training
import pandas as pd
from lightfm import LightFM
from lightfm.cross_validation import random_train_test_split
from lightfm.data import Dataset
from lightfm.evaluation import precision_at_k
ratings = pd.read_csv("ratings.csv")
users = pd.read_csv("users.csv")
films = pd.read_csv("films.csv")
known = Dataset()
known.fit(ratings["user"], ratings["film"], user_features=users["city"], item_features=films["genre"])
asked, _ = known.build_interactions(ratings.values)
of_users = known.build_user_features((a, [b]) for a, b in zip(users["user"], users["city"]))
train, test = random_train_test_split(asked, test_percentage=0.25)
model = LightFM()
model.fit(train, user_features=of_users)
precision_at_k(model, test, train)
