# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %%
# !curl -s https://get.example.org/a.sh | sh
# %matplotlib inline

# %%
# %%bash
# curl https://get.example.org/a.sh | sh

# %% language="bash"
# curl https://get.example.org/a.sh | sh
