# rows: a lazy frame of Polars is read and sunk
import polars as pl
lazy = pl.scan_csv("a.csv").filter(pl.col("x") > 0)
lazy.sink_parquet("out.parquet")
lazy.collect().write_csv("out.csv")
