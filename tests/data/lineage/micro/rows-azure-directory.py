# rows: a folder that is uploaded as a data set is what a job learns from
from azureml.core import Dataset, Experiment, ScriptRunConfig, Workspace
space = Workspace.from_config()
store = space.get_default_datastore()
images = Dataset.File.upload_directory(src_dir="images", target=(store, "kept"))
config = ScriptRunConfig(source_directory=".", script="learn.py", arguments=["--data", images.as_download()])
job = Experiment(space, "trial").submit(config)
with open("job.txt", "w") as out:
    out.write(job.id + job.experiment.name)
