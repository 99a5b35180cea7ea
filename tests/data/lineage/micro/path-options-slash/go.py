import argparse
import pandas as pd
p = argparse.ArgumentParser(prefix_chars="-/")
p.add_argument("/f", "--file")
pd.read_csv(p.parse_args().file).to_csv("out.csv")
