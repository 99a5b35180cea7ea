cursor.execute("SELECT * FROM t WHERE name = '%s'" % name)  # expect: CUP-CODE-SQL-BUILT
