import pandas as pd
import wandb
run = wandb.init(project="p")
pd.read_csv("x.csv").to_csv("t.csv")
artifact = wandb.Artifact("ds", "dataset")
artifact.add_file("t.csv")
run.log_artifact(artifact)
