# a model that is described by a text is read where the text is
from keras.models import model_from_json
net = model_from_json(open("net.json").read())
net.load_weights("net.h5")
