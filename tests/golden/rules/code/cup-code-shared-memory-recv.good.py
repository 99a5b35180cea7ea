from multiprocessing.connection import Client
c = Client(('localhost', 6000))
x = c.recv_bytes()
