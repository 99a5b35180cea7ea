# 3.4: the default of an argument
import argparse
import pandas as pd
parser = argparse.ArgumentParser()
parser.add_argument("--data-file", default="a.csv")
parser.add_argument("--out", dest="target", default="out.csv")
args = parser.parse_args()
pd.read_csv(args.data_file).to_csv(args.target)
