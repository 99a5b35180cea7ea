# %%
%pip install -i https://pypi.org/simple tool==1.0
