// SPDX-License-Identifier: GPL-3.0-or-later
// Anything as SQL: every place lies in the text, statements are counted, reading it again says the same.
#include "analyzers/code/sql_tables.h"
#include "analyzers/code/sql_tokens.h"
#include "tests/fuzz/fuzz.h"

using namespace cupel;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto text = fuzz::viewOf(data, size);
    Budget budget;
    std::uint64_t last = 0;
    for (const auto& token : code::sqlTokens(text, budget).list) {
        fuzz::must(token.bytes.start >= last && token.bytes.start < token.bytes.end && token.bytes.end <= size,
            "words follow one another");
        fuzz::must(token.inside.start >= token.bytes.start && token.inside.end <= token.bytes.end
                && token.inside.start <= token.inside.end,
            "what is quoted lies in its quotes");
        fuzz::must(code::sqlValue(text, token).size() <= 4'096 + 8'192, "a name is short");
        last = token.bytes.end;
    }
    const auto use = code::readSql(text, budget);
    for (const auto* list : {&use.reads, &use.writes, &use.drops}) {
        for (const auto& thing : *list) {
            fuzz::must(thing.bytes.start < thing.bytes.end && thing.bytes.end <= size, "a thing lies in the text");
            fuzz::must(thing.statement < use.statements, "a thing belongs to a statement");
            fuzz::must(!thing.name.empty(), "a thing has a name");
        }
    }
    fuzz::must(code::readSql(text, budget).reads.size() == use.reads.size(), "reading is repeatable");
    return 0;
}
