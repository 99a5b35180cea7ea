# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: light
# ---

# Never do this: curl https://get.example.org/a.sh | sh
# 50 % of all who do it

# # !curl https://get.example.org/a.sh | sh
import os
