# names: a class in a module of data sets that converts or reads is no data set
from lab.datasets.frames import RowConverter, SparseEncoder
from lab.datasets import movies
rows = movies.load()
out = RowConverter(3).convert(rows)
codes = SparseEncoder()
