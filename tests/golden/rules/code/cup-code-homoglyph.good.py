import_data = 1
