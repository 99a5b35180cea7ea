# rows of azureml.data.data_reference: a place in a store that is read
from azureml.core import Datastore, Workspace
from azureml.data.data_reference import DataReference
space = Workspace.from_config()
rows = DataReference(datastore=Datastore.get(space, "store"), data_reference_name="rows", path_on_datastore="in/a.csv")
