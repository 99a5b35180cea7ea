f = open('/tmp/data.txt', 'w')  # expect: CUP-CODE-TEMP-FIXED
def later():
    return open('/var/tmp/other.txt').read()
