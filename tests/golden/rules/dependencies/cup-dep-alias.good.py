# %%
!pip install scikit-learn==1.3.0 python-dotenv==1.0.0 pillow==10.0.0
!pip install tensorflow-gpu==1.12.0
