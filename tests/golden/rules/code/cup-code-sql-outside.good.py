cursor.execute('SELECT * FROM t WHERE name = %s', (input(),))
rows = Entry.objects.extra(where=['name = %s'], params=[input()])
