from sklearn.linear_model import LinearRegression
from sklearn.model_selection import train_test_split


def clean(rows):
    return rows.dropna()


def split(rows, label):
    return train_test_split(rows[["size", "age"]], rows[label])


def learn(x, y):
    model = LinearRegression()
    model.fit(x, y)
    return model
