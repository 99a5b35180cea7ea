# SPDX-License-Identifier: GPL-3.0-or-later
# %% [markdown]
# Title

# %%
print(1)
