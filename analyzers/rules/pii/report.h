// SPDX-License-Identifier: GPL-3.0-or-later
// Gathers what was found in one artifact and says it briefly: one finding per column of a frame, also when the output
// shows the frame twice; one per class and region where values repeat; one per file for internal addresses.
#pragma once

#include "analyzers/rules/pii/frame_rules.h"
#include "analyzers/rules/pii/text_scanner.h"
#include "analyzers/rules/sink.h"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <tuple>
#include <vector>

namespace cupel::rules::pii {

// Where a text stands and how its offsets become those of the artifact.
struct TextPlace {
    ByteView text;
    const Region* region = nullptr;
    std::int32_t regionIndex = -1;
    std::function<ByteRange(ByteRange)> toArtifact;
    std::function<std::uint64_t(std::uint64_t)> lineOf; // of an offset in the text
};

[[nodiscard]] std::string ruleId(std::string_view rowId); // "CUP-PII-IBAN"

class Report {
public:
    explicit Report(FindingSink& sink)
        : m_sink(sink)
    {
    }
    void add(const Match& match, const TextPlace& place, bool allowed);
    void add(const formats::Frame& frame, const FrameVerdict& verdict, const TextPlace& place);
    void finish(); // hands all to the sink

private:
    struct Value {
        Match match;
        ByteRange bytes; // in the artifact's text
        ByteRange context;
        std::int32_t region = -1;
        std::uint64_t line = 0;
        std::string masked;
        bool allowed = false;
    };
    struct Column {
        Hit hit;
        std::map<std::string, std::size_t> numbers; // of the placeholders, by value
        std::string placeholder;
    };
    using ColumnKey = std::tuple<std::int32_t, std::int32_t, std::string, std::string>; // cell, output, class, header
    void column(const formats::Frame& frame, const PersonalColumn& personal, const FrameVerdict& verdict,
        const TextPlace& place);
    void combination(const formats::Frame& frame, const FrameVerdict& verdict, const TextPlace& place);
    void coordinates(const formats::Frame& frame, const FrameVerdict& verdict, const TextPlace& place);
    void redact(Column& column, const formats::FrameColumn& cells, const TextPlace& place);
    void emit(std::vector<Value>& values);
    [[nodiscard]] Hit hitOf(const Value& value) const;
    [[nodiscard]] Column* known(const ColumnKey& key);
    FindingSink& m_sink;
    std::map<std::pair<const PiiRow*, std::int32_t>, std::vector<Value>> m_values; // by class and region
    std::map<ColumnKey, Column> m_columns;
};

} // namespace cupel::rules::pii
