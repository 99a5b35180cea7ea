-- Databricks notebook source
-- MAGIC %md
-- MAGIC ## Counts

-- COMMAND ----------

select 1
