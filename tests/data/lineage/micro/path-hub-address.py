# 3.4: the address of a model, whoever is given it
from some_library import Spec
models = {"small": "https://tfhub.dev/google/small/1", "large": "https://tfhub.dev/google/large/1"}
spec = Spec(uri=models["small"])
