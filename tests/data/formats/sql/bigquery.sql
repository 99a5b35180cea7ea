# comment
WITH latest AS (SELECT * EXCEPT (row_no) FROM `shop-prod.sales.orders_*`, UNNEST(items) AS item WHERE d > @day)
SELECT l.id, SUM(item.price) AS total FROM latest l JOIN ML.PREDICT(MODEL `shop.m`, TABLE shop.new) p USING (id) GROUP BY 1;
EXPORT DATA OPTIONS (uri = 'gs://bucket/*.csv', format = 'CSV') AS SELECT * FROM shop.totals;
LOAD DATA INTO shop.t FROM FILES (format = 'CSV', uris = ['gs://b/x.csv', "gs://b/y.csv"]);
