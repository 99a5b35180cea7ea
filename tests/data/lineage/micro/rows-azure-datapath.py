# rows: a path of a datastore
from azureml.core import Workspace, Dataset
ws = Workspace.from_config()
store = ws.get_default_datastore()
table = Dataset.Tabular.from_delimited_files(path=store.path("raw/a.csv"))
table.to_pandas_dataframe().to_csv("out.csv")
