import tarfile
tarfile.open('d.tgz').extractall('data')  # expect: CUP-CODE-EXTRACT-ALL
