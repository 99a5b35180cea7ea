rows = db.run('SELECT count(*) FROM t')
