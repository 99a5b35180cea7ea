# %% [markdown]
# # Score all customers
# Percent-format twin of the nightly job.

# %%
import json
import os

import pandas as pd

# %%
KAGGLE = json.loads('{"username": "acme-churn", "key": "1c930eb9a790c7cb0c3a3c48f5434819"}')
SENDGRID_API_KEY = "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"

# %%
# Example from the onboarding page: not a real value, and Cupel should say nothing about it.
EXAMPLE_KEY = "your-api-key-here"
API_KEY = os.environ.get("CHURN_API_KEY", "")

# %%
customers = pd.read_csv("data/customers.csv")
customers["score"] = model.predict_proba(customers[FEATURES])[:, 1]
customers.to_csv("scores.csv", index=False)
