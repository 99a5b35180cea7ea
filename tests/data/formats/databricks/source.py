# Databricks notebook source
# DBTITLE 1,Set up
# MAGIC %md
# MAGIC # Churn
# MAGIC A short text.

# COMMAND ----------

# MAGIC %pip install pandas==2.1.0 shap

# COMMAND ----------

import pandas as pd
df = spark.table("customers").toPandas()

# COMMAND ----------

# MAGIC %sql
# MAGIC select count(*) from customers
