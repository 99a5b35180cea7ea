from transformers import AutoModel
m = AutoModel.from_pretrained('bert-base-uncased')  # expect: CUP-CODE-HUB-UNPINNED
