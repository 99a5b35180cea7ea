from keras.models import model_from_json
m = model_from_json(open('m.json').read())
# ---
import tensorflow as tf
m = tf.saved_model.load('model')
# ---
import tensorflow as tf
y = tf.py_function(f, [x], tf.float32)
# ---
import mlflow
m = mlflow.pyfunc.load_model('models:/churn/Production')
# ---
import yaml
cfg = yaml.load(open('c.yml'), Loader=yaml.Loader)
# ---
from ruamel.yaml import YAML
y = YAML(typ='unsafe')
# ---
import msgpack
import msgpack_numpy as m
x = msgpack.unpackb(data, object_hook=m.decode)
# ---
import skops.io as sio
m = sio.load('m.skops', trusted=True)
# ---
from fastai.vision.all import load_learner
learn = load_learner('export.pkl')
# ---
from ultralytics import YOLO
m = YOLO('/content/best.pt')
# ---
from langchain_community.vectorstores import FAISS
db = FAISS.load_local('idx', emb, allow_dangerous_deserialization=True)
# ---
import onnxruntime
so = onnxruntime.SessionOptions()
so.register_custom_ops_library('ops.so')
