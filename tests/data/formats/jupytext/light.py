# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: light
#   kernelspec:
#     display_name: Python 3
#     name: python3
# ---

# # A title
# and a text.

import pandas as pd

x = 1
def f():
    a = 1

    return a

# + tags=["setup"]
y = 2

z = 3
# -

# !pip install shap
