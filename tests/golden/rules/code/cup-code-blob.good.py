blob = open('blob.bin', 'rb').read()
