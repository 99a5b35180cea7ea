#!/usr/bin/env python
# coding: utf-8

# In[1]:


get_ipython().system('ls')


# In[ ]:


x = 1
