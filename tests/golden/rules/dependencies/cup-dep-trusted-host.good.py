# %%
!pip install --trusted-host localhost --cert /etc/ssl/corp.pem tool==1.0
