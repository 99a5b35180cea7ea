x = 'a[8mb'
