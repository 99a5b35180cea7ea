cursor.execute('SELECT * FROM t WHERE name = %s', (name,))
