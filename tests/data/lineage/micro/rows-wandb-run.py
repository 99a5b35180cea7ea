# rows: an artifact of a run
import wandb
run = wandb.init(project="p")
run.log_artifact("a.csv")
