# 3.4: a hub model keeps its revision
from transformers import AutoModel
net = AutoModel.from_pretrained("owner/name", revision="abc123")
net.save_pretrained("local")
