# %%
!pip install pandas==2.1.0 --upgrade pip
!pip install "tool @ https://example.org/tool-1.0-py3-none-any.whl#sha256=9f86d0"
!conda install -y scipy=1.11
text = """
pip install pandas
"""
# pip install numpy
