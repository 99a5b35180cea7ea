import pandas as pd
from azureml.core import Dataset, Workspace
tables = Dataset.get_by_name(Workspace.from_config(), "tables")
tables.download("kept")
pd.read_csv("kept/own.csv").to_csv("first.csv")
