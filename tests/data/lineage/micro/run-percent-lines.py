# %% [markdown]
# # Scores

# %%
import pandas as pd

# %%

frame = pd.read_csv("a.csv")
frame["score"] = model.predict(frame)
frame.to_csv("b.csv")
