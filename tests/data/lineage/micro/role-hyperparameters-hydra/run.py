import pandas as pd
from sklearn.ensemble import GradientBoostingClassifier
import hydra
@hydra.main(version_base=None, config_path="conf", config_name="config")
def main(cfg):
    df = pd.read_csv(cfg.data.path)
    m = GradientBoostingClassifier(learning_rate=cfg.train.lr)
    m.fit(df[["a"]], df["y"])
if __name__ == "__main__":
    main()
