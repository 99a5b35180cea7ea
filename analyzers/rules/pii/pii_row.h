// SPDX-License-Identifier: GPL-3.0-or-later
// One class of personal data: a row of resources/rules/pii/*.json, checked and compiled into the program at build time
// by compile/compile_pii.cpp. All strings live in the program's read-only data.
#pragma once

#include "analyzers/model/finding.h"
#include "analyzers/rules/pooled_text.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace cupel::rules::pii {

// What it takes to believe a value of this class.
enum class Need : std::uint8_t {
    Itself, // its shape and proof are enough
    Check, // without context only possible and low: checksums of short numbers hit by chance
    Context, // nothing without a word nearby or a column header
};

// What a value does to the person it belongs to.
enum class Kind : std::uint8_t {
    Direct, // names one person: masked everywhere
    Quasi, // one of several that together name a person
    Special, // health, religion, ethnic origin ...
    Organisation, // names a company; a person when it is a small one
    Technical, // a device, an address of a network
};

struct PiiRow {
    std::string_view id; // "iban"
    std::string_view title;
    std::string_view country; // ISO code, empty: everywhere
    std::string_view shapes; // separated by '\n', see shape.h; empty: found by columns or own code only
    std::string_view checks; // names of validators, separated by blanks: all must hold
    std::string_view loose; // a validator that with context makes it possible when `checks` say no; may be empty
    std::string_view headers; // words of column headers, in lower case, separated by '\n'
    std::string_view exclude; // published samples, compact and upper case, separated by blanks
    std::string_view
        cells; // what cells of a column must look like when there is no shape: "word", "number", "date" ...
    Severity severity;
    Confidence confidence; // with context; for Need::Itself also without
    Need need;
    Kind kind;
    bool exactCase; // the value counts as written; else it is folded to capitals
    std::uint8_t rank; // where classes claim one value with equal context, the higher one gets it
};

struct ContextTexts {
    [[nodiscard]] static const char* text();
};

// A word that gives context, and the rows it does so for.
struct ContextWord {
    PooledText<ContextTexts> text; // lower case
    std::uint16_t firstRow; // slice of contextRows()
    std::uint16_t rowCount;
};

// How people and tools recognise a data set of textbooks: column names, and how many of them must be there.
struct KnownDataSet {
    std::string_view name;
    std::string_view columns; // normalised, separated by '\n'
    std::uint8_t enough;
};

[[nodiscard]] std::span<const PiiRow> rows(); // by id
[[nodiscard]] const PiiRow* findRow(std::string_view id);
[[nodiscard]] std::span<const ContextWord> contextWords();
[[nodiscard]] std::span<const std::uint16_t> contextRows();
[[nodiscard]] std::size_t longestContextWord(); // in bytes
[[nodiscard]] std::span<const KnownDataSet> knownDataSets();

} // namespace cupel::rules::pii
