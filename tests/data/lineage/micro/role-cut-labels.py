# roles: labels that are cut as their rows were are a split of their own
from tensorflow import keras
(train_data, train_labels), (test_data, test_labels) = keras.datasets.imdb.load_data()
x_val = train_data[:1000]
x_train = train_data[1000:]
y_val = train_labels[:1000]
y_train = train_labels[1000:]
