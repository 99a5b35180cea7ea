# rows: what is registered in a workspace is kept under its name, whatever it is
from azureml.core import Workspace
import atexit
space = Workspace.from_config()
def kept(run):
    given = run.get_details()["inputDatasets"][0]["dataset"]
    return given.register(workspace=space, name="kept_rows")
kept(space.get_run("a"))
atexit.register(print, "out.csv")
