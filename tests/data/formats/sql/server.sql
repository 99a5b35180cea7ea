SELECT TOP 5 [o].[Id], 'it''s' AS x INTO #tmp FROM [dbo].[Order Details] AS o WITH (NOLOCK) CROSS APPLY f(o.Id) g;
UPDATE o SET o.x = 1 FROM dbo.Orders o INNER JOIN #tmp ON #tmp.Id = o.Id;
MERGE t USING (VALUES (1)) AS s(i) ON t.i = s.i WHEN MATCHED THEN UPDATE SET a = 1 WHEN NOT MATCHED THEN INSERT (i) VALUES (s.i);
