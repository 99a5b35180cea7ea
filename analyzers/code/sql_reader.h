// SPDX-License-Identifier: GPL-3.0-or-later
// The reader behind sql_tables: one pass over the words with an explicit stack of brackets. For sql_*.cpp only.
#pragma once

#include "analyzers/code/sql_tables.h"
#include "analyzers/code/sql_tokens.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace cupel::code {

class SqlReader {
public:
    SqlReader(std::string_view text, Budget& budget);
    SqlUse run() &&;

private:
    using Kind = SqlToken::Kind;
    using Word = SqlWord;
    enum class Clause : std::uint8_t { Start, Select, From, Rest };
    enum class Verb : std::uint8_t {
        None,
        Query,
        Insert,
        Update,
        Delete,
        Merge,
        Create,
        Copy,
        Unload,
        Load,
        Export,
        Other
    };

    struct Frame { // a statement, or what stands in brackets
        bool query = false; // clauses are told apart in here
        bool undecided = false; // its first word decides
        bool tables = false; // brackets where a table was expected: they may hold a join
        bool expectTable = false;
        bool aliased = false; // a name may follow the bracket
        bool fileNext = false; // texts are locations, up to the next comma
        bool readsNext = false; // and are read
        bool recursive = false; // its common table expressions see themselves
        bool cte = false; // its end defines `name`
        Clause clause = Clause::Start;
        Verb verb = Verb::None;
        std::uint32_t brackets = 0; // []
        std::string name;
        std::vector<std::string> ctes; // that end with it
    };
    struct Name {
        std::string text;
        std::size_t parts = 0;
        ByteRange bytes;
        std::string format; // of Spark: parquet.`path`
        bool file = false;
    };

    // sql_reader.cpp: the walk; sql_names.cpp
    void step();
    void open();
    void close();
    void comma();
    void endStatement();
    void decide(const SqlToken& token);
    bool keyword(Word word);
    bool clauseWord(Word word);
    bool passingWord(Word word);
    void from();
    void into();
    void with();
    void tableReference();
    void afterName(const Name& name);
    void alias(const std::string& table);

    // sql_statements.cpp: what a statement begins with
    bool verb(Word word);
    bool changes(Word word);
    void insert();
    void update();
    void remove();
    void merge();
    void create();
    void drop(bool truncate);
    void alter();
    void copy();
    void copySource();
    void copyTarget();
    bool locationWord(Word word);
    void nested(const SqlToken& text);

    // sql_columns.cpp
    void startColumns();
    void endColumns();
    void column(std::size_t begin, std::size_t end);

    // Words ahead.
    [[nodiscard]] const SqlToken& token(std::size_t ahead = 0) const;
    [[nodiscard]] const SqlToken& before(std::size_t back = 1) const;
    [[nodiscard]] Word word(std::size_t ahead = 0) const { return token(ahead).word; }
    [[nodiscard]] bool sign(char c, std::size_t ahead = 0) const;
    [[nodiscard]] bool textHere(std::size_t ahead = 0) const;
    [[nodiscard]] bool nameHere(std::size_t ahead = 0) const;
    bool skip(Word word);
    void skipIfExists();
    std::optional<Name> name();
    std::string stage(ByteRange& bytes);

    void add(
        std::vector<SqlThing>& list, SqlThing::Kind kind, std::string name, ByteRange bytes, bool temporary = false);
    void readName(const Name& name);
    void file(std::vector<SqlThing>& list, std::size_t at);
    Frame& frame() { return m_frames.back(); }
    Frame& statement() { return m_frames.front(); }

    std::string_view m_text;
    Budget& m_budget;
    SqlTokens m_tokens;
    std::size_t m_at = 0;
    std::vector<Frame> m_frames;
    std::map<std::string, std::uint32_t> m_ctes; // that can be seen, lower case
    std::map<std::string, std::string> m_aliases; // of this statement, lower case: the table
    std::vector<SqlThing> m_targets; // of update and delete: may be aliases
    std::vector<SqlThing> m_locations; // files of this statement that are read or written, as it turns out
    std::optional<Name> m_copied;
    bool m_copyToFile = false;
    bool m_hasQuery = false;
    bool m_understood = false;
    bool m_lateWrite = false; // locations are written
    bool m_inner = false; // SQL in a text in SQL
    std::size_t m_columnsFrom = 0; // 0: none are being read
    std::size_t m_columnsDepth = 0;
    std::size_t m_columnAt = 0;
    bool m_columnsDone = false;
    bool m_rows = false;
    std::set<std::tuple<const void*, std::uint8_t, std::uint32_t, std::string>> m_seen;
    SqlUse m_out;
};

[[nodiscard]] std::string sqlLower(std::string_view text);

} // namespace cupel::code
