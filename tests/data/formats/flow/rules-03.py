from datasets import load_dataset
d = load_dataset('someone/data', trust_remote_code=True)
# ---
from multiprocessing.connection import Listener
c = Listener(('0.0.0.0', 6000)).accept()
x = c.recv()
# ---
import mxnet as mx
m = mx.nd.load('x.params')
import gensim
w = gensim.models.Word2Vec.load('w.model')
# ---
x = eval(text)
# ---
exec(text)
# ---
x = eval(input())
# ---
import code
code.InteractiveConsole().push(text)
# ---
import base64
exec(base64.b64decode('cHJpbnQoMSk='))
# ---
import os
getattr(os, 'sys' + 'tem')('ls')
# ---
import importlib
m = importlib.import_module(name)
# ---
import os
f = getattr(os, input())
f('x')
# ---
f = globals().get(name)
f()
