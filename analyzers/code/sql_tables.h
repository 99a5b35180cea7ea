// SPDX-License-Identifier: GPL-3.0-or-later
// What SQL reads and writes: tables, views, files, models, and what columns a query gives. Follows the statements that
// move data, in the spelling of any dialect, and passes over the rest: not a validator. Nothing is run.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/base/bytes.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::code {

struct SqlThing {
    // A File is a path, a URL or a stage; a Table without a dot may be a data frame of the code around it (DuckDB).
    enum class Kind : std::uint8_t { Table, View, Model, File };
    Kind kind = Kind::Table;
    std::string name; // parts joined by dots, quotes undone; what is not known is *
    ByteRange bytes; // in the text
    std::uint32_t statement = 0; // counts from 0: what one statement reads goes into what it writes
    bool temporary = false; // goes with the session
};

struct SqlColumn {
    std::string name; // of the result; empty: an expression without a name
    std::string source; // the column it is taken from as it is; empty: it is computed
    std::string table; // that qualifies it, often an alias
};

struct SqlUse {
    std::vector<SqlThing> reads;
    std::vector<SqlThing> writes;
    std::vector<SqlThing> drops;
    std::vector<SqlColumn> columns; // of the last statement that gives rows, in order; of a union its first part
    bool allColumns = false; // that one has a * among its columns
    bool givesRows = false; // the last statement is a query: a caller gets its rows
    std::uint32_t statements = 0; // that were understood; 0: this is hardly SQL
    bool partial = false; // a limit was met
};

// `text`: as it reaches the database; \1 stands for what is not known.
[[nodiscard]] SqlUse readSql(std::string_view text, Budget& budget);

} // namespace cupel::code
