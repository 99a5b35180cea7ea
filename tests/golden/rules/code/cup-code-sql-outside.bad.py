cursor.execute("SELECT * FROM t WHERE name = '" + input() + "'")  # expect: CUP-CODE-SQL-OUTSIDE
rows = Entry.objects.extra(where=['name = %s' % input()])  # expect: CUP-CODE-SQL-OUTSIDE
