# rows: the settings of a workspace are no data
from azureml.core import Workspace
ws = Workspace.from_config()
