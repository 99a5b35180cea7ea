import fire
import pandas as pd
def main(rows, to_file="none.csv"):
    pd.read_csv(rows).to_csv(to_file)
fire.Fire(main)
