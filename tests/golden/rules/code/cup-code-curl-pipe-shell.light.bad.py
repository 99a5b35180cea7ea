# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: light
# ---

# Words about the data

# !curl -s \
#     https://get.example.org/a.sh | sh
import os

# + language="bash"
# curl https://get.example.org/a.sh | sh
# -
