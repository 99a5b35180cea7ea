# rows: a datastore is downloaded, a model file is put into the registry under a name
from azureml.core import Workspace
from azureml.core.datastore import Datastore
from azureml.core.model import Model
ws = Workspace.from_config()
store = Datastore.register_azure_blob_container(ws, datastore_name="models_store", container_name="c", account_name="a")
store.download("models")
Model.register(model_path="models/iris.pkl", model_name="iris", workspace=ws)
