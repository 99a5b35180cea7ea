# a function that nobody describes writes, by its name, what it is given first to the file that comes behind
import pandas as pd
from helpers.text import dump_rows_as_txt
rows = pd.read_csv("a.csv")
dump_rows_as_txt(rows, "b.tsv")
dump_rows_as_txt({"a": 1}, "c.tsv")
