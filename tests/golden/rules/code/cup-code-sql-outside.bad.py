cursor.execute("SELECT * FROM t WHERE name = '" + input() + "'")  # expect: CUP-CODE-SQL-OUTSIDE
