// SPDX-License-Identifier: GPL-3.0-or-later
// The words of SQL in any dialect: names in all their quotes, texts, numbers and signs, without comments. What code or
// a template fills in (\1, {x}, ${x}, :x, %s, {{ x }}) is a word, too. Never fails; every range lies in the text.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/base/bytes.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::code {

// Sorted; None is what is no keyword.
#define CUPEL_SQL_WORDS(X)                                                                                             \
    X(All, "all")                                                                                                      \
    X(Alter, "alter")                                                                                                  \
    X(Anti, "anti")                                                                                                    \
    X(Apply, "apply") X(Array, "array") X(As, "as") X(Asof, "asof") X(Attach, "attach") X(Bulk, "bulk") X(             \
        Case, "case") X(Clone, "clone") X(Cluster, "cluster") X(Copy, "copy") X(Create, "create") X(Cross, "cross")    \
        X(Data, "data") X(Database, "database") X(Delete, "delete") X(Desc, "desc") X(Describe, "describe") X(         \
            Directory, "directory") X(Distinct, "distinct") X(Distribute, "distribute") X(Drop, "drop")                \
            X(Dual, "dual") X(Except, "except") X(Execute, "execute") X(Exists, "exists") X(Explain, "explain") X(     \
                Export, "export") X(Fetch, "fetch") X(Files, "files") X(For, "for") X(From, "from") X(Full, "full")    \
                X(Group, "group") X(Having, "having") X(If, "if") X(Ignore, "ignore") X(Immediate, "immediate")        \
                    X(Import, "import") X(Infile, "infile") X(Inner, "inner") X(Inpath, "inpath") X(Insert, "insert")  \
                        X(Intersect, "intersect") X(Into, "into") X(Is, "is") X(Join, "join") X(Lateral, "lateral")    \
                            X(Left, "left") X(Like, "like") X(Limit, "limit") X(Load, "load")                          \
                                X(Local, "local") X(Location, "location") X(Materialized, "materialized")              \
                                    X(Merge, "merge") X(Minus, "minus") X(Model, "model") X(Natural, "natural") X(     \
                                        Not, "not") X(Null, "null") X(Offset, "offset") X(On, "on") X(Only,            \
                                        "only") X(Or, "or") X(Order, "order") X(Outer, "outer") X(Outfile, "outfile")  \
                                        X(Overwrite, "overwrite") X(Partition, "partition") X(Path, "path")            \
                                            X(Pivot, "pivot") X(Pragma, "pragma") X(Qualify, "qualify")                \
                                                X(Recursive, "recursive") X(Rename, "rename") X(Replace, "replace")    \
                                                    X(Returning, "returning") X(Right, "right") X(Select, "select")    \
                                                        X(Semi, "semi") X(Set, "set") X(Show, "show") X(Sort, "sort")  \
                                                            X(Straight, "straight_join") X(Summarize, "summarize") X(  \
                                                                Table, "table") X(Tablesample, "tablesample")          \
                                                                X(Temp, "temp") X(Temporary, "temporary") X(To, "to")  \
                                                                    X(Top, "top") X(Truncate, "truncate")              \
                                                                        X(Union, "union") X(Unload, "unload")          \
                                                                            X(Unpivot, "unpivot") X(Update, "update")  \
                                                                                X(Upsert, "upsert") X(Uri, "uri")      \
                                                                                    X(Uris, "uris") X(Using, "using")  \
                                                                                        X(Values, "values") X(View,    \
                                                                                            "view") X(When, "when")    \
                                                                                            X(Where, "where")          \
                                                                                                X(Window, "window")    \
                                                                                                    X(With, "with")

enum class SqlWord : std::uint8_t {
#define CUPEL_SQL_WORD(name, text) name,
    CUPEL_SQL_WORDS(CUPEL_SQL_WORD)
#undef CUPEL_SQL_WORD
        None
};

struct SqlToken {
    enum class Kind : std::uint8_t { Word, Name, Text, Number, Sign };
    Kind kind = Kind::Sign;
    SqlWord word = SqlWord::None; // of a Word
    char sign = 0; // of a Sign; of a Name and a Text: the quote
    bool joined = false; // nothing stands between it and the token before
    ByteRange bytes; // with quotes
    ByteRange inside; // without
};

struct SqlTokens {
    std::vector<SqlToken> list;
    bool partial = false; // a limit was met
};

[[nodiscard]] SqlTokens sqlTokens(std::string_view text, Budget& budget);
// What the token says: quotes undone, what is filled in as *.
[[nodiscard]] std::string sqlValue(std::string_view text, const SqlToken& token);

} // namespace cupel::code
