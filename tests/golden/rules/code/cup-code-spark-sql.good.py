df = spark.sql('SELECT * FROM t WHERE c = :name', args={'name': name})
