# a function of a library that is given rows and a file, alone on its line, writes what is read later and nobody else writes
import pandas as pd
from lab.inputs import check_input, make_input
from lab.machines import Machine
rows = pd.read_csv("a.csv")
make_input(rows, "input.txt")
make_input(rows, "unread.txt")
check_input(rows, "rules.txt")
machine = Machine()
machine.fit("data/input.txt")
first = pd.read_csv("input.txt")
more = pd.read_csv("rules.txt")
