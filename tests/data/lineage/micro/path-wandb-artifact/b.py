import pandas as pd
import wandb
run = wandb.init()
folder = run.use_artifact("team/p/ds:latest").download()
pd.read_csv(folder + "/t.csv").to_csv("u.csv")
