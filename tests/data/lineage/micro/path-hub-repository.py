# locators: a repository of a hub holds a model unless the call says otherwise
from huggingface_hub import hf_hub_download, snapshot_download
from transformers import AutoModel
folder = snapshot_download("owner/net")
rows = hf_hub_download("owner/table", "a.csv", repo_type="dataset")
words = snapshot_download("owner/words", repo_type="dataset")
