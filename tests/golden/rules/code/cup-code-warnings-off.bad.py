import warnings
warnings.filterwarnings('ignore')  # expect: CUP-CODE-WARNINGS-OFF
