import builtins
builtins.open = my_open
# ---
from IPython.display import HTML
HTML(f'<b>{name}</b>')
# ---
%%javascript
alert(1)
# ---
from IPython.display import IFrame
IFrame('https://example.org', 600, 400)
# ---
import jinja2
jinja2.Template('Hi ' + name).render()
# ---
import pdb
pdb.set_trace()
# ---
import logging.config
logging.config.listen(9999)
# ---
from transformers import AutoModel
m = AutoModel.from_pretrained('bert-base-uncased')
# ---
from transformers import AutoModel
m = AutoModel.from_pretrained('bert-base-uncased', revision='main')
# ---
from transformers import AutoModel
m = AutoModel.from_pretrained('x/y', trust_remote_code=True)
# ---
import tensorflow_hub as hub
m = hub.load('https://tfhub.dev/google/nnlm')
# ---
import urllib.request
urllib.request.urlretrieve('https://example.org/m.bin', 'm.bin')
