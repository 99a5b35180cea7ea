from multiprocessing.connection import Listener
c = Listener(('0.0.0.0', 6000)).accept()
x = c.recv()  # expect: CUP-CODE-SHARED-MEMORY-RECV
