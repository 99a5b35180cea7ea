# rows: a folder is uploaded
from azureml.core import Workspace
ws = Workspace.from_config()
ws.get_default_datastore().upload("data", target_path="raw")
