import tarfile
tarfile.open('d.tgz').extractall('data', filter='data')
