// SPDX-License-Identifier: GPL-3.0-or-later
// Gathers what was found in one artifact and says it briefly: one finding per column, however often outputs show it;
// one per class and region where values repeat; one per file for internal addresses. What a column or a word nearby
// showed to be personal is met again elsewhere in the notebook, and goes by the same fix.
#pragma once

#include "analyzers/rules/pii/frame_rules.h"
#include "analyzers/rules/pii/known_values.h"
#include "analyzers/rules/pii/text_scanner.h"
#include "analyzers/rules/sink.h"

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
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

[[nodiscard]] inline bool isOutput(const Region* region)
{
    return region && region->part == Part::Output;
}
// Cell and output, -1: none.
[[nodiscard]] inline std::pair<std::int32_t, std::int32_t> outputOf(const TextPlace& place)
{
    return {place.region ? place.region->cell : -1, place.region ? place.region->output : -1};
}
// Authors link to themselves in what they write; whom an output shows did not ask for it.
[[nodiscard]] Severity severityAt(const PiiRow& row, Severity severity, const Region* region);
[[nodiscard]] std::string ruleId(std::string_view rowId); // "CUP-PII-IBAN"

class Report {
public:
    explicit Report(FindingSink& sink)
        : m_sink(sink)
    {
    }
    void add(const Match& match, const TextPlace& place, bool allowed);
    void add(const formats::Frame& frame, const FrameVerdict& verdict, const TextPlace& place);
    // Rows that are labelled with words: people, when a column said so of some of them. To be called before again().
    void labels(const formats::Frame& frame);
    void learnLabels();
    // A second look at what the first one learnt: hits of `known()` in texts of the notebook.
    [[nodiscard]] const KnownValues& known() const { return m_known; }
    void again(const KnownValues::Hit& hit, const TextPlace& place);
    // Names in front of the @ of addresses, which are accounts at hosts of code too: "git@github.com:jdoe/x.git".
    [[nodiscard]] const KnownValues& handles() const { return m_handles; }
    void handle(const KnownValues::Hit& hit, const TextPlace& place);
    void finish(); // hands all to the sink

private:
    static constexpr std::size_t mostEdits = 20'000; // places that one fix of a column rewrites
    static constexpr std::size_t mostAgain = 10'000; // places of known values
    static constexpr std::size_t mostShown = 40; // outputs that are named
    struct Value {
        Match match;
        ByteRange bytes; // in the artifact's text
        ByteRange context;
        std::int32_t region = -1;
        std::uint64_t line = 0;
        std::uint64_t contextLine = 0;
        std::string masked;
        std::string text; // of an output, when a column may hold it as well
        std::string account; // of a link to a person
        std::pair<std::int32_t, std::int32_t> output{-1, -1};
        bool allowed = false;
        bool inert = false; // stands where nothing is computed of it: an output, Markdown
        bool again = false; // only the same value elsewhere says what it is
        std::int32_t cell = -1;
        std::string toldAt; // "in cell 14 ": where the proof is; empty: here
    };
    struct Left { // equal words that may be something else
        std::size_t places = 0;
        std::set<std::int32_t> cells;
    };
    struct Column {
        Hit hit;
        bool masked = false; // its values are shown nowhere, and looked for elsewhere
        Hit code; // the same values as literals of code; no edits: there are none
        std::set<std::pair<std::int32_t, std::int32_t>> outputs; // cell and output that show it
        std::pair<std::int32_t, std::int32_t> told; // the output whose table is told
        std::pair<std::size_t, std::size_t> size; // of the table that is told: filled cells, rows
        std::size_t truncated = 0; // rows that were read of a table that was not read to its end
        std::size_t elsewhere = 0; // places of its values outside of the frames
        std::size_t inCode = 0; // places in code, which another finding tells
        Left left;
        std::size_t owner = 0;
        std::map<std::string, std::size_t> numbers; // of the placeholders, by value; of links by account
        std::string placeholder;
    };
    struct Owner { // of a known value
        Column* column = nullptr;
        Value value; // when there is no column
    };
    using ColumnKey = std::tuple<std::int32_t, bool, std::string, std::string>; // region or -1, masked, class, header
    void column(const formats::Frame& frame, const PersonalColumn& personal, const FrameVerdict& verdict,
        const TextPlace& place);
    void tell(Column& column, const formats::Frame& frame, const PersonalColumn& personal, const FrameVerdict& verdict,
        const TextPlace& place);
    static void noteTruncated(Column& column, const formats::Frame& frame);
    static std::vector<Hit::Extra> takePlaces(Column& column, const TextPlace& place);
    void combination(const formats::Frame& frame, const FrameVerdict& verdict, const TextPlace& place);
    void coordinates(const formats::Frame& frame, const FrameVerdict& verdict, const TextPlace& place);
    static bool computes(const Region* region); // its text is run, or made of what is
    void redact(Column& column, const formats::FrameColumn& cells, const TextPlace& place);
    void offerFix(Column& column, const formats::FrameColumn& cells, const formats::Frame& frame,
        const FrameVerdict& verdict, const TextPlace& place);
    void hide(const formats::FrameColumn& cells, const TextPlace& place); // masked, not edited
    [[nodiscard]] bool isPartOfSet(ColumnKey key, const TextPlace& place);
    void shownAgain(Column& column, ByteRange header, const TextPlace& place);
    void learn(const Value& value, std::string_view text);
    void learnHandle(const Value& value, std::string_view address);
    void columnAgain(Column& column, ByteRange bytes, const TextPlace& place, const KnownValues::Hit& hit);
    // In the same output a table says it already, in another form of it.
    [[nodiscard]] bool takenByColumn(const Value& value);
    void finishColumn(Column& column);
    static std::vector<TextEdit> unlisted(const std::vector<Value>& values, std::size_t first);
    void emit(std::vector<Value>& values, const Left& left);
    [[nodiscard]] static std::string keyOf(std::string_view rule, std::string_view value); // in Column::numbers
    // Of values as they are in Column::numbers. Of an account that can be gone through it tells less, and always how
    // many there are.
    [[nodiscard]] static std::string digestOf(std::string_view rule, std::vector<std::string> values);
    static void sayLeft(Hit& hit, const Left& left);
    void sayElsewhere(Column& column) const;
    [[nodiscard]] Hit hitOf(const Value& value) const;
    [[nodiscard]] Column* columnOf(const ColumnKey& key);
    void limit(ByteRange bytes); // something stays
    FindingSink& m_sink;
    std::map<std::pair<const PiiRow*, std::int32_t>, std::vector<Value>> m_values; // by class and region
    std::map<std::pair<const PiiRow*, std::int32_t>, Left> m_left; // of single values
    std::map<ColumnKey, Column> m_columns;
    KnownValues m_known;
    KnownValues m_handles;
    std::vector<std::vector<std::string>> m_labels; // of the rows of one frame each, different ones
    std::vector<Owner> m_owners;
    std::vector<ByteRange> m_done; // found by the first look; sorted when the second begins
    std::vector<ByteRange> m_judged; // cells of columns that are told, not masked; sorted when m_done is
    std::map<std::string, std::size_t> m_toldInCode; // places that findings of their own tell, by known value
    bool m_sorted = false;
    std::size_t m_again = 0;
};

} // namespace cupel::rules::pii
