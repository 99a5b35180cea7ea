import skops.io as sio
m = sio.load('m.skops', trusted=True)  # expect: CUP-CODE-SKOPS-TRUSTED
