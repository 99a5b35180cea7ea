# 3.4: a folder goes up to the store of a workspace
from azureml.core import Workspace
ws = Workspace.from_config()
store = ws.get_default_datastore()
store.upload("files/a", "kept/a", overwrite=True)
