f = open('/tmp/data.txt', 'w')  # expect: CUP-CODE-TEMP-FIXED
