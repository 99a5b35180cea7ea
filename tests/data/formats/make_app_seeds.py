#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the seeds of skops, CoreML and PaddlePaddle beside it, from nothing but bytes; the same ones on every run."""
import json

from make_graph_seeds import message, put


# --- skops ---

def node(module, name, loader, **more):
    return {"__class__": name, "__module__": module, "__loader__": loader, **more}


def state(**members):
    return node("builtins", "dict", "DictNode", content=members)


def text(value):
    return node("builtins", "str", "JsonNode", content=json.dumps(value), is_json=True)


def schema(name, tree):
    put("skops", name, json.dumps({**tree, "protocol": 2, "_skops_version": "0.13"}).encode())


def estimator(**members):
    return node("sklearn.linear_model._logistic", "LogisticRegression", "ObjectNode", content=state(**members))


def skops_seeds():
    array = node("numpy", "ndarray", "NdArrayNode", type="numpy", file="1.npy")
    steps = node("builtins", "list", "ListNode", content=[
        node("builtins", "tuple", "TupleNode", content=[text("clf"), estimator(coef_=array)]),
        node("builtins", "slice", "SliceNode", content={"start": 0, "stop": None, "step": 1}),
        node("numpy", "log1p", "FunctionNode"), node("numpy", "float64", "TypeNode"),
        node("scipy.sparse._csr", "csr_matrix", "SparseMatrixNode", file="2.npz"),
        node("numpy.random", "RandomState", "RandomStateNode", content=state()),
        node("collections", "defaultdict", "DefaultDictNode", content=state()),
        node("operator", "itemgetter", "OperatorFuncNode", attrs=state()),
        node("functools", "partial", "PartialNode", content=state()),
        node("sklearn.tree._tree", "Tree", "TreeNode", content=state())])
    schema("plain.json", node("sklearn.pipeline", "Pipeline", "ObjectNode", content=state(steps=steps)))
    schema("method.json", node("sklearn.dummy", "DummyClassifier", "MethodNode", content={
        "obj": node("collections", "Counter", "ObjectNode"), "func": "update"}))
    schema("dunder.json", node("sklearn.dummy", "DummyClassifier", "MethodNode", content={
        "obj": node("sklearn.dummy", "DummyClassifier", "ObjectNode"), "func": "__reduce_ex__"}))
    schema("operator.json", node("subprocess", "run", "OperatorFuncNode", attrs=state()))
    schema("call.json", node("operator", "call", "OperatorFuncNode", attrs=state()))
    schema("getter.json", node("operator", "methodcaller", "OperatorFuncNode", attrs=state()))
    schema("object.json", node("subprocess", "Popen", "ObjectNode", content=state()))
    schema("function.json", node("builtins", "function", "FunctionNode", content={
        "module_path": "os", "function": "system"}))
    schema("own.json", node("__main__", "Scaler", "ObjectNode", content=state()))
    schema("foreign.json", node("acme.models", "Scaler", "ObjectNode", content=state()))
    schema("loader.json", node("sklearn.dummy", "DummyClassifier", "PickleNode", content=state()))
    schema("nameless.json", {"__module__": "sklearn", "__loader__": "ObjectNode", "content": text(1)})
    put("skops", "cut.json", json.dumps(estimator(a=text(1)), indent=1).encode()[:300])


# --- CoreML ---

def coreml(kind, content, *metadata):
    return message((1, 8), (2, message((1, message((1, "in"))), (100, message(*metadata)))), (kind, content))


def layer(kind, content=b""):
    return message((1, "l"), (2, "in"), (3, "out"), (kind, content))


def mil(*operations):
    block = message(*[(3, one) for one in operations])
    function = message((2, "CoreML7"), (3, message((1, "CoreML7"), (2, block))))
    return message((1, 1), (2, message((1, "main"), (2, function))))


def weights(path):
    value = message((5, message((1, path), (2, 64))))
    return message((1, "const"), (5, message((1, "val"), (2, value))))


def linked(name, search):
    return message((1, message((1, message((1, name))), (2, message((1, search))))))


def coreml_seeds():
    plain = message((1, layer(100)), (1, layer(130)), (1, layer(130)))
    custom = message((1, layer(500, message((10, "AcmeLayer"), (40, "made by hand")))))
    put("coreml", "plain.mlmodel", coreml(500, plain, (1, "a seed"), (3, "nobody"), (4, "none"),
                                          (100, message((1, "key"), (2, "value")))))
    put("coreml", "custom.mlmodel", coreml(500, custom))
    put("coreml", "branch.mlmodel", coreml(500, message((1, layer(605, message((1, plain), (2, custom)))))))
    put("coreml", "pipeline.mlmodel", coreml(200, message((1, message((1, coreml(555, message((10, "AcmeModel")))))))))
    put("coreml", "program.mlmodel", coreml(502, mil(weights("@model_path/weights/weight.bin"), message((1, "relu")))))
    put("coreml", "blob.mlmodel", coreml(502, mil(weights("@model_path/../../other/weight.bin"))))
    put("coreml", "linked.mlmodel", coreml(556, linked("other", ".")))
    put("coreml", "up.mlmodel", coreml(556, linked("../../other", ".")))
    put("coreml", "search.mlmodel", coreml(556, linked("other", "models:/opt/models")))
    put("coreml", "cut.mlmodel", coreml(500, custom)[:-8])


# --- PaddlePaddle ---

def program(*operators):
    variable = message((1, "x"), (2, message((1, 7))), (3, 1))
    block = message((1, 0), (2, -1), (3, variable), *[(4, one) for one in operators])
    return message((1, block), (4, message((1, 0))))


def operator(kind, *attributes):
    return message((1, message((1, "X"), (2, "x"))), (3, kind), *[(4, one) for one in attributes])


def paddle_seeds():
    put("paddle", "plain.pdmodel", program(operator("feed"), operator("relu"), operator("relu"), operator("fetch")))
    put("paddle", "python.pdmodel", program(operator("py_func", message((1, "forward_callable_id"), (2, 0), (3, 0)))))
    put("paddle", "save.pdmodel", program(operator("save", message((1, "file_path"), (2, 2), (5, "weights/x")))))
    put("paddle", "away.pdmodel", program(operator("load", message((1, "file_path"), (2, 2), (5, "/opt/weights/x")))))
    put("paddle", "cut.pdmodel", program(operator("relu"))[:-2])


if __name__ == "__main__":
    skops_seeds()
    coreml_seeds()
    paddle_seeds()
