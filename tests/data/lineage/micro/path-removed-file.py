# a file that is removed is not written
import os
os.remove("a.csv")
os.unlink("b.csv")
