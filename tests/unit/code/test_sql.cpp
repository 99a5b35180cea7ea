// SPDX-License-Identifier: GPL-3.0-or-later
// What SQL reads and writes, in the spellings of many dialects. Expectations: "< read > written x dropped = columns".
#include "analyzers/code/sql_tables.h"
#include "tests/unit/check.h"

#include <cstdint>
#include <string>

using namespace cupel;

namespace {

std::string shown(const code::SqlThing& thing)
{
    static constexpr std::string_view marks[] = {"", "view:", "model:", "file:"};
    return std::string(marks[static_cast<std::size_t>(thing.kind)]) + thing.name + (thing.temporary ? "!" : "");
}

std::string summary(std::string_view sql)
{
    Budget budget;
    const auto use = code::readSql(sql, budget);
    std::string out;
    const auto put = [&](std::string_view mark, const std::vector<code::SqlThing>& list) {
        for (const auto& thing : list) {
            CHECK(thing.bytes.start < thing.bytes.end && thing.bytes.end <= sql.size());
            out += out.empty() ? "" : " ";
            out += std::string(mark) + shown(thing);
        }
    };
    put("<", use.reads);
    put(">", use.writes);
    put("x", use.drops);
    if (use.givesRows) {
        out += " =";
        for (const auto& column : use.columns) {
            const bool plain = column.source == column.name;
            out += " " + (column.name.empty() ? "?" : column.name);
            out += plain && column.table.empty() ? ""
                : column.source.empty()          ? "()"
                                        : ":" + (column.table.empty() ? "" : column.table + ".") + column.source;
        }
        out += use.allColumns ? " *" : "";
    }
    return out;
}

struct Row {
    std::string_view sql;
    std::string_view expected;
};

constexpr Row queries[] = {
    {"SELECT a, b FROM t", "<t = a b"},
    {"select * from shop.orders o join customers as c on o.id = c.id", "<shop.orders <customers = *"},
    {"SELECT o.id, c.name AS who, count(*) n, 1 FROM a o, b c WHERE x IN (SELECT y FROM d)",
        "<a <b <d = id:o.id who:c.name n() ?"},
    {"SELECT \"a b\", `c`, [d e] FROM \"My Table\", `x y`, [z]", "<My Table <x y <z = a b c d e"},
    {"SELECT x FROM [dbo].[Order Details] AS d WITH (NOLOCK) LEFT OUTER JOIN db..t ON 1 = 1",
        "<dbo.Order Details <db.t = x"},
    {"SELECT a FROM t -- FROM u\n/* JOIN v /* nested */ */ # FROM w\nJOIN z", "<t <z = a"},
    {"WITH x AS (SELECT * FROM raw), y(a, b) AS (SELECT * FROM x JOIN other) SELECT a FROM y", "<raw <other = a"},
    {"WITH orders AS (SELECT * FROM orders) SELECT id FROM orders", "<orders = id"},
    {"WITH RECURSIVE r AS (SELECT 1 UNION ALL SELECT n FROM r JOIN s) SELECT * FROM r", "<s = *"},
    {"WITH a AS (WITH b AS (SELECT * FROM t) SELECT * FROM b) SELECT * FROM a, b", "<t <b = *"},
    {"SELECT * FROM ((SELECT a FROM t) UNION (SELECT a FROM u)) q, (v JOIN w ON v.i = w.i)", "<t <u <v <w = *"},
    {"SELECT a FROM t WHERE EXTRACT(YEAR FROM d) = 2020 AND a IS DISTINCT FROM b AND TRIM(BOTH ' ' FROM c) = ''",
        "<t = a"},
    {"SELECT a FROM t UNION ALL SELECT b FROM u ORDER BY from_date", "<t <u = a"},
    {"SELECT (SELECT max(x) FROM inner_t) AS m FROM outer_t", "<inner_t <outer_t = m()"},
    {"SELECT * FROM `my-project.data.table`, other-project.d.t", "<my-project.data.table <other-project.d.t = *"},
    {"SELECT * EXCEPT (a) FROM t, t.items AS i, UNNEST(i.parts) p", "<t = *"},
    {"SELECT 1", " = ?"},
    {"SELECT DISTINCT TOP 5 a FROM t", "<t = a"},
    {"SELECT a FROM \x01.t_\x01, \x01", "<*.t_* <* = a"},
    {"SELECT a FROM {schema}.{table} WHERE x = %s AND y = :name", "<*.* = a"},
    {"SELECT a FROM ${env}_events WHERE d > '{day}'", "<*_events = a"},
    {"{{ config(materialized='table') }}\nSELECT a FROM {{ ref('stg_orders') }} JOIN {{ source('shop', 'raw') }}",
        "<stg_orders <shop.raw = a"},
    {"SELECT * FROM 'data/a.parquet'", "<file:data/a.parquet = *"},
    {"SELECT * FROM read_csv('x.csv', header = true) r JOIN read_parquet(['a.pq', 'b.pq']) USING (id)",
        "<file:x.csv <file:a.pq <file:b.pq = *"},
    {"FROM df SELECT a", "<df = a"},
    {"FROM df", "<df ="},
    {"SELECT * FROM parquet.`s3://b/p`", "<file:s3://b/p = *"},
    {"SELECT * FROM OPENROWSET(BULK 'https://x/y.csv', FORMAT = 'CSV') AS r", "<file:https://x/y.csv = *"},
    {"SELECT * FROM generate_series(1, 10)", " = *"},
    {"SELECT * FROM ML.PREDICT(MODEL `p.d.m`, TABLE new_rows)", "<model:p.d.m <new_rows = *"},
    {"SELECT 'it\\'s FROM x', 'a''b FROM y' FROM t", "<t = ? ?"},
    {"SELECT a FROM t FOR UPDATE", "<t = a"},
    {"SELECT a FROM \"data.csv\" WHERE b LIKE '%from u%'", "<file:data.csv = a"},
    {"SELECT x[1], ARRAY[a, b] FROM t CROSS JOIN UNNEST(t.list) AS u(v)", "<t = ? ?"},
    {"SELECT offset, t.from, a AS values FROM t", "<t = offset from:t.from values:a"},
    {"TABLE t", "<t ="},
    {"SUMMARIZE t", "<t ="},
    {"EXPLAIN SELECT a FROM t", "<t = a"},
    {"SHOW COLUMNS FROM t", ""},
    {"best model", ""},
    {"", ""},
};

constexpr Row changes[] = {
    {"INSERT INTO a.b (x, y) SELECT x, y FROM c", "<c >a.b"},
    {"INSERT INTO t VALUES (1, 'FROM x')", ">t"},
    {"INSERT OVERWRITE TABLE t PARTITION (d = 1) SELECT * FROM s", "<s >t"},
    {"INSERT OVERWRITE LOCAL DIRECTORY '/tmp/out' SELECT * FROM s", "<s >file:/tmp/out"},
    {"INSERT OR REPLACE INTO t SELECT * FROM s ON CONFLICT DO UPDATE SET a = 1", "<s >t"},
    {"REPLACE INTO t SELECT * FROM s", "<s >t"},
    {"FROM s INSERT INTO a SELECT x INSERT INTO b SELECT y", "<s >a >b"},
    {"WITH x AS (DELETE FROM old RETURNING *) INSERT INTO new SELECT * FROM x", ">new >old"},
    {"UPDATE t SET a = s.a FROM s WHERE t.id = s.id", "<s >t"},
    {"UPDATE a SET a.x = 1 FROM real_table a JOIN u ON 1 = 1", "<real_table <u >real_table"},
    {"DELETE FROM t USING u WHERE t.i = u.i", "<u >t"},
    {"DELETE FROM t WHERE id IN (SELECT id FROM gone)", "<gone >t"},
    {"MERGE INTO t AS x USING (SELECT * FROM s) AS y ON x.i = y.i WHEN MATCHED THEN UPDATE SET a = 1 "
     "WHEN NOT MATCHED THEN INSERT (i) VALUES (y.i)",
        "<s >t"},
    {"MERGE t USING s ON t.i = s.i WHEN MATCHED THEN DELETE", "<s >t"},
    {"CREATE TABLE IF NOT EXISTS n AS SELECT * FROM o", "<o >n"},
    {"CREATE OR REPLACE TEMP TABLE n AS WITH c AS (SELECT * FROM o) SELECT * FROM c", "<o >n!"},
    {"CREATE TABLE n (id INT PRIMARY KEY, o INT REFERENCES other(id) ON DELETE CASCADE)", ">n"},
    {"CREATE TABLE n LIKE o", "<o >n"},
    {"CREATE MATERIALIZED VIEW v AS (SELECT a FROM t)", "<t >view:v"},
    {"CREATE VIEW v (a) AS SELECT a FROM t WITH CHECK OPTION", "<t >view:v"},
    {"CREATE EXTERNAL TABLE e (a INT) STORED AS PARQUET LOCATION 's3://b/e'", "<file:s3://b/e >e"},
    {"CREATE TABLE e USING delta LOCATION '/mnt/e' AS SELECT * FROM t", "<t >e >file:/mnt/e"},
    {"CREATE EXTERNAL TABLE e OPTIONS (format = 'CSV', uris = ['gs://b/1.csv', 'gs://b/2.csv'], description = 'no')",
        "<file:gs://b/1.csv <file:gs://b/2.csv >e"},
    {"CREATE TABLE n AS SELECT * FROM read_csv('a.csv')", "<file:a.csv >n"},
    {"CREATE OR REPLACE MODEL d.m OPTIONS (model_type = 'linear_reg') AS SELECT * FROM d.train", "<d.train >model:d.m"},
    {"CREATE INDEX i ON t (a)", ""},
    {"CREATE TRIGGER g BEFORE INSERT ON t", ""},
    {"SELECT a INTO #tmp FROM t", "<t >#tmp!"},
    {"SELECT a INTO OUTFILE '/tmp/x.csv' FROM t", "<t >file:/tmp/x.csv"},
    {"DROP TABLE IF EXISTS a, b.c", "xa xb.c"},
    {"TRUNCATE TABLE t", "xt"},
    {"ALTER TABLE s.a RENAME TO b", "<s.a >s.b"},
    {"ALTER TABLE a ADD COLUMN b INT", ""},
    {"COPY t (a, b) FROM '/data/x.csv' WITH (FORMAT csv)", "<file:/data/x.csv >t"},
    {"COPY t FROM STDIN", ">t"},
    {"COPY t TO 'out.parquet' (FORMAT PARQUET)", "<t >file:out.parquet"},
    {"COPY (SELECT a FROM t) TO 'out.csv'", "<t >file:out.csv"},
    {"COPY t FROM 's3://b/k' IAM_ROLE 'arn:x' FORMAT AS PARQUET", "<file:s3://b/k >t"},
    {"COPY INTO t FROM @stage/in/ FILE_FORMAT = (TYPE = CSV)", "<file:@stage/in/ >t"},
    {"COPY INTO t FROM (SELECT $1, $2 FROM @stage/in)", "<file:@stage/in >t"},
    {"COPY INTO 's3://b/out' FROM t", "<t >file:s3://b/out"},
    {"UNLOAD ('SELECT a FROM t WHERE b = ''x''') TO 's3://b/u' IAM_ROLE 'r'", "<t >file:s3://b/u"},
    {"UNLOAD (SELECT a FROM t) TO 's3://b/u' WITH (format = 'PARQUET')", "<t >file:s3://b/u"},
    {"LOAD DATA LOCAL INFILE 'a.csv' INTO TABLE t FIELDS TERMINATED BY ','", "<file:a.csv >t"},
    {"LOAD DATA INPATH '/in' OVERWRITE INTO TABLE t", "<file:/in >t"},
    {"LOAD DATA INTO d.t FROM FILES (format = 'CSV', uris = ['gs://b/x.csv'])", "<file:gs://b/x.csv >d.t"},
    {"EXPORT DATA OPTIONS (uri = 'gs://b/*.csv', format = 'CSV') AS SELECT a FROM t", "<t >file:gs://b/*.csv"},
    {"ATTACH 'my.db' AS m; SELECT * FROM m.t", "<file:my.db <m.t = *"},
    {"EXECUTE IMMEDIATE 'SELECT * FROM t'", "<t"},
    {"DROP TABLE a; CREATE TABLE a AS SELECT * FROM b; SELECT c FROM a;", "<b <a >a xa = c"},
};

} // namespace

CUPEL_TEST(queriesReadTables)
{
    for (const auto& row : queries) {
        if (!CHECK_EQ(summary(row.sql), row.expected)) {
            cupel::test::report(false, __FILE__, __LINE__, std::string(row.sql));
        }
    }
}

CUPEL_TEST(statementsMoveData)
{
    for (const auto& row : changes) {
        if (!CHECK_EQ(summary(row.sql), row.expected)) {
            cupel::test::report(false, __FILE__, __LINE__, std::string(row.sql));
        }
    }
}

CUPEL_TEST(statementsAreCounted)
{
    Budget budget;
    const auto use = code::readSql("SET x = 1; INSERT INTO a SELECT * FROM b; ; INSERT INTO c SELECT * FROM d", budget);
    CHECK_EQ(use.statements, 2);
    REQUIRE(use.reads.size() == 2 && use.writes.size() == 2);
    CHECK_EQ(use.reads[1].statement, 1);
    CHECK_EQ(use.writes[1].statement, 1);
    CHECK_EQ(use.writes[1].name, "c");
    CHECK(!use.partial && !use.givesRows);
}

CUPEL_TEST(hostileSqlEnds)
{
    Budget budget;
    const auto many = [](std::string_view part) {
        std::string out = "SELECT a FROM ";
        for (int i = 0; i < 100'000; ++i) {
            out += part;
        }
        return out;
    };
    for (const auto* part :
        {"(", "(select ", "with a as (", "((", "t,", "$a$ ", "$a", "[", "{", "/*", "''", "a.", "a-b", "case ", "join ",
            ")", "x as (select 1), ", "'", "\"", "`", "create or replace ", "copy ", "@", "union select "}) {
        const auto use = code::readSql(many(part), budget);
        CHECK(use.reads.size() <= 20'000);
    }
    const auto deep = code::readSql(many("("), budget);
    CHECK(deep.partial);
}
