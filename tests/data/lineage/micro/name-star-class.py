# names: what nobody defines is of a library that was imported whole
from lab.kit.helpers import *
from lab.kit.forest import *
from lab.kit.forest_reader import *
settings = prepare_settings("forest.yaml", words="words.npy")
model = Forest(settings, ForestReader)
model.fit("data/train_small.txt")
model.evaluate("data/test_small.txt")
make_rows("raw.txt", "ready.txt")
