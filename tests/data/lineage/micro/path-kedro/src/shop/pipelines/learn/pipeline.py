from kedro.pipeline import node, pipeline
from .nodes import clean, learn, split


def create_pipeline(**kwargs):
    return pipeline([
        node(func=clean, inputs="companies", outputs="cleaned", name="clean"),
        node(func=split, inputs=["cleaned", "params:label"], outputs=["x_train", "x_test", "y_train", "y_test"]),
        node(func=learn, inputs=["x_train", "y_train"], outputs="regressor"),
    ])
