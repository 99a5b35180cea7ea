df.query('name == @name')
