# rows: a frame of Dask is read from many files and written to a folder
import dask.dataframe as dd
df = dd.read_csv("data/*.csv")
df.dropna().to_parquet("clean")
df.compute().to_csv("out.csv")
