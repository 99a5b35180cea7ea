df = spark.sql(f"SELECT * FROM t WHERE c = '{name}'")  # expect: CUP-CODE-SPARK-SQL
