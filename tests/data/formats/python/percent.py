# ---
# jupyter:
#   kernelspec: {}
# ---

# %% [markdown]
# # Title

# %%
import os
key = 'AKIAQYLPMN5HZXW7RKCD'

# %% [raw]
# text
