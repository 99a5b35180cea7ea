#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes resources/rules/pickle/skops_trusted.tsv: what each loader of skops trusts by itself, as skops says it.

Run it where skops and scikit-learn are installed; the first line names their versions. A loader that is not listed
trusts nothing, or is no matter of types.
"""
import sys

import skops
import sklearn
import numpy
import scipy
from scipy.sparse import spmatrix
from skops.io import _scipy, _sklearn
from skops.io import _trusted_types as types
from skops.io._utils import get_module, get_type_name

LOADERS = {
    "DictNode": [dict, "collections.OrderedDict"],
    "DefaultDictNode": ["collections.defaultdict"],
    "ListNode": [list],
    "SetNode": [set],
    "TupleNode": [tuple],
    "BytesNode": [bytes],
    "BytearrayNode": [bytearray],
    "FunctionNode": types.SCIPY_UFUNC_TYPE_NAMES + types.NUMPY_UFUNC_TYPE_NAMES,
    "TypeNode": types.PRIMITIVE_TYPE_NAMES + types.CONTAINER_TYPE_NAMES + types.NUMPY_DTYPE_TYPE_NAMES,
    "ObjectNode": types.SKLEARN_ESTIMATOR_TYPE_NAMES + types.SKLEARN_INTERNAL_TYPE_NAMES,
    "NdArrayNode": [numpy.ndarray] + types.NUMPY_DTYPE_TYPE_NAMES,
    "MaskedArrayNode": [numpy.ma.MaskedArray],
    "RandomStateNode": [numpy.random.RandomState],
    "RandomGeneratorNode": [numpy.random.Generator] + types.NUMPY_RANDOM_BIT_GENERATOR_TYPE_NAMES,
    "SparseMatrixNode": [spmatrix] + ([_scipy._SPARRAY] if _scipy._SPARRAY is not None else []),
    "LossNode": [get_module(one) + "." + one.__name__ for one in _sklearn.ALLOWED_LOSSES],
}


def main():
    print(f"# skops {skops.__version__}, scikit-learn {sklearn.__version__}, numpy {numpy.__version__}, "
          f"scipy {scipy.__version__}")
    for loader, trusted in sorted(LOADERS.items()):
        for name in sorted({one if isinstance(one, str) else get_type_name(one) for one in trusted}):
            print(f"{loader}\t{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
