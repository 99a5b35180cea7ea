from transformers import AutoModel
m = AutoModel.from_pretrained('x/y', trust_remote_code=True)  # expect: CUP-CODE-REMOTE-CODE
