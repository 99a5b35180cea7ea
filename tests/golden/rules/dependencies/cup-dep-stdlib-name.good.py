# %%
!pip install typing==3.7.4
import argparse
