import skops.io as sio
m = sio.load('m.skops', trusted=['numpy.float64'])
