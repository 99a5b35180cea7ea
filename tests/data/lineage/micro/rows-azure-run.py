# rows: what a job gives is a run, alone or beside its model: files are put there, models are registered under a name
from azureml.core import Experiment, ScriptRunConfig, Workspace
space = Workspace.from_config()
trial = Experiment(space, "trial")
job = trial.submit(ScriptRunConfig(source_directory=".", script="learn.py"))
job.register_model(model_name="apples", model_path="outputs/apples.pkl")
best, learnt = job.get_output()
best.upload_file("outputs/notes.txt", "notes.txt")
