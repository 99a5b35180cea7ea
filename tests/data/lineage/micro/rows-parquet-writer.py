# rows: tables that a ParquetWriter is given
import pyarrow.parquet as pq
table = pq.read_table("a.parquet")
writer = pq.ParquetWriter("out.parquet", table.schema)
writer.write_table(table)
