# SPDX-License-Identifier: GPL-3.0-or-later
"""Pickles of pandas, plain and compressed, and arrays of NumPy in every form of .npy and .npz."""
import datetime
import decimal
import pickle

import numpy
import pandas

from made import Made

made = Made("pandas", pandas.__version__)
pandas.set_option("mode.string_storage", "python")  # as where PyArrow is not installed; its own columns stand in arrow.pkl
times = pandas.date_range("2024-01-01", periods=4, tz="Europe/Berlin")
frame = pandas.DataFrame({"number": [1, 2, 3, 4], "share": [0.5, 1.5, None, 2.0], "name": ["a", "b", "c", "d"], "when": times,
                          "kind": pandas.Categorical(["x", "y", "x", "y"]), "maybe": pandas.array([1, None, 3, 4], dtype="Int64"),
                          "text": pandas.array(["p", "q", None, "r"], dtype="string"), "gap": pandas.to_timedelta([1, 2, 3, 4], "D")})
frame.to_pickle(made.path("frame.pkl", "pickle", None, "DataFrame.to_pickle"))
for ending in ("gz", "bz2", "xz"):
    frame.to_pickle(made.path("frame.pkl." + ending, "compressed", None, "DataFrame.to_pickle, compressed"))
frame.to_pickle(made.path("frame.pkl.zip", "zip", None, "DataFrame.to_pickle, as zip"))
for protocol in (0, 2, 5):
    frame.to_pickle(made.path("frame-protocol%d.pkl" % protocol, "pickle", None, "DataFrame.to_pickle"), protocol=protocol)
VALUES = {
    "series": pandas.Series([1.0, 2.0], index=pandas.MultiIndex.from_tuples([("a", 1), ("b", 2)], names=["one", "two"]), name="s"),
    "periods": pandas.period_range("2024-01", periods=3, freq="M"),
    "intervals": pandas.interval_range(0, 3),
    "sparse": pandas.Series(pandas.arrays.SparseArray([0, 0, 1, 2])),
    "stamps": {"stamp": pandas.Timestamp("2024-02-03 04:05"), "delta": pandas.Timedelta("1 days"), "none": pandas.NaT, "na": pandas.NA,
               "offset": pandas.offsets.MonthEnd(2), "day": datetime.date(2024, 1, 2), "price": decimal.Decimal("1.25"),
               "type": numpy.dtype([("a", "i4"), ("b", "f8")]), "scalar": numpy.float32(1.5)},
}
for name, value in VALUES.items():
    with open(made.path(name + ".pkl", "pickle", None, "pickle.dump of " + type(value).__name__), "wb") as out:
        pickle.dump(value, out)
try:
    import pyarrow
except ImportError:
    pyarrow = None
if pyarrow:  # from pandas 3 on, texts are kept this way wherever it is installed
    column = pandas.arrays.ArrowExtensionArray
    arrow = pandas.DataFrame({"text": pandas.array(["a", None, "c"], dtype="string[pyarrow]"), "name": pandas.array(["x", "y", None], dtype="str"),
                              "list": column(pyarrow.array([[1], None, [2, 3]])), "time": column(pyarrow.array([1, 2, None], pyarrow.timestamp("us", "UTC"))),
                              "pair": column(pyarrow.array([{"a": 1}, None, {"a": 2}])), "kind": column(pyarrow.array(["u", "v", "u"]).dictionary_encode()),
                              "price": column(pyarrow.array([None, None, None], pyarrow.decimal128(5, 2)))})
    arrow.to_pickle(made.path("arrow.pkl", "pickle", None, "DataFrame.to_pickle with columns of PyArrow"))
made.close()

made = Made("numpy", numpy.__version__)
random = numpy.random.RandomState(7)
ARRAYS = {
    "floats": random.rand(3, 4), "fortran": numpy.asfortranarray(random.rand(3, 4)), "records": numpy.zeros(3, [("a", "<i4"), ("b", ">f8", (2,))]),
    "texts": numpy.array(["one", "two"]), "bytes": numpy.array([b"x", b"yz"]), "times": numpy.array(["2024-01-01"], "datetime64[s]"),
    "empty": numpy.zeros((0, 3), "f4"), "scalar": numpy.array(3), "complex": numpy.array([1 + 2j]), "half": numpy.arange(4, dtype="f2"),
}
for name, array in ARRAYS.items():
    numpy.save(made.path(name + ".npy", "npy", 1, "numpy.save"), array)
objects = numpy.array([{"a": 1}, [1, 2.5], None, "text", datetime.date(2024, 1, 2)], dtype=object)
numpy.save(made.path("objects.npy", "npy", 1, "numpy.save of objects"), objects, allow_pickle=True)
numpy.savez(made.path("arrays.npz", "zip", None, "numpy.savez"), **ARRAYS)
numpy.savez_compressed(made.path("compressed.npz", "zip", None, "numpy.savez_compressed"), **ARRAYS)
numpy.savez(made.path("objects.npz", "zip", None, "numpy.savez of objects"), objects=objects, numbers=ARRAYS["floats"])
with open(made.path("arrays.pkl", "pickle", None, "pickle.dump of a dictionary of arrays"), "wb") as out:
    pickle.dump(ARRAYS, out)
with open(made.path("generator.pkl", "pickle", None, "pickle.dump of random generators and masked arrays"), "wb") as out:
    pickle.dump([numpy.random.default_rng(3), numpy.random.RandomState(3), numpy.ma.masked_array([1, 2], [0, 1])], out)
made.close()
