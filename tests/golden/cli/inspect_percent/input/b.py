# %% [markdown]
# Title

# %%
print(1)
