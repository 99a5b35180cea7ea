// SPDX-License-Identifier: GPL-3.0-or-later
// All rows: values made from a row's own expression are found, in any spelling of JSON, as exactly the bytes that write
// them; and no rule id ever vanishes unnoticed.
#include "analyzers/rules/rule_set.h"
#include "analyzers/rules/secrets/secret_row.h"
#include "analyzers/rules/secrets/secret_scanner.h"
#include "analyzers/rules/secrets/truth_check.h"
#include "tests/unit/check.h"
#include "tests/unit/rules/made.h"
#include "tests/unit/rules/regex_maker.h"

#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

using namespace cupel;
using rules::secrets::SecretRow;
using rules::secrets::Shape;
using test::Letters;

namespace {

// The part of the row's expression between "(?P<secret>" and its closing parenthesis.
std::string_view secretPart(std::string_view regex)
{
    constexpr std::string_view open = "(?P<secret>";
    const auto start = regex.find(open) + open.size();
    int depth = 1;
    bool inClass = false;
    for (auto at = start; at < regex.size(); ++at) {
        const char c = regex[at];
        if (c == '\\') {
            ++at;
        } else if (inClass) {
            inClass = c != ']';
        } else if (c == '[') {
            inClass = true;
        } else if (c == '(') {
            ++depth;
        } else if (c == ')' && --depth == 0) {
            return regex.substr(start, at - start);
        }
    }
    return {};
}

std::string wordOf(std::size_t row)
{
    for (const auto& literal : rules::secrets::literals()) {
        for (const auto user : rules::secrets::literalRows().subspan(literal.firstRow, literal.rowCount)) {
            if (user == row) {
                return std::string(literal.text);
            }
        }
    }
    return {};
}

std::optional<ByteRange> foundIn(std::string_view text, const SecretRow& row)
{
    Budget budget;
    std::optional<std::uint64_t> givenUpAt;
    for (const auto& found : rules::secrets::scanText(text, {true, false, 1'800'000'000}, budget, givenUpAt)) {
        if (found.row == &row) {
            return found.secret;
        }
    }
    return {};
}

struct Sample {
    std::string before;
    std::string secret;
};

// A line that the scanner finds when it stands alone; nothing when the row cannot be made by this little generator.
std::optional<Sample> sampleOf(std::size_t index, Letters& letters)
{
    const auto& row = rules::secrets::rows()[index];
    if (row.shape == Shape::Pattern || !row.checks.empty()) {
        return {};
    }
    for (int attempt = 0; attempt < 8; ++attempt) {
        test::RegexMaker maker(secretPart(row.regex), letters);
        Sample sample;
        sample.secret = maker.make();
        if (!maker.ok() || sample.secret.empty() || sample.secret.find_first_of("\\\"'\n") != std::string::npos) {
            return {};
        }
        sample.before = row.shape == Shape::Context ? wordOf(index) + "_x = '" : "value = '";
        const auto range = foundIn(sample.before + sample.secret + "'\n", row);
        if (range && range->start == sample.before.size() && range->size() == sample.secret.size()) {
            return sample;
        }
    }
    return {};
}

std::string escapedAtRandom(std::string_view text, Letters& letters)
{
    std::string out;
    for (const char c : text) {
        if (c == '"' || c == '\\' || letters.below(3) == 0) {
            char code[8];
            std::snprintf(code, sizeof code, letters.below(2) == 0 ? "\\u%04x" : "\\u%04X",
                static_cast<unsigned>(static_cast<unsigned char>(c)));
            out += code;
        } else if (c == '/' && letters.below(2) == 0) {
            out += "\\/";
        } else {
            out += c;
        }
    }
    return out;
}

} // namespace

CUPEL_TEST(rowsAreComplete)
{
    std::set<std::string_view> ids;
    for (const auto& row : rules::secrets::rows()) {
        CHECK(ids.insert(row.id).second);
        CHECK(!row.title.empty() && !row.provider.empty() && !row.regex.empty());
        CHECK(row.window >= 100);
    }
    CHECK(ids.size() > 1'000);
}

CUPEL_TEST(valuesOfRowsInEscapedJson)
{
    Letters letters(20);
    std::size_t made = 0;
    const auto all = rules::secrets::rows();
    for (std::size_t attempts = 0; made < 300 && attempts < 3'000; ++attempts) {
        const auto index = letters.below(all.size());
        const auto sample = sampleOf(index, letters);
        if (!sample) {
            continue;
        }
        ++made;
        const auto escaped = escapedAtRandom(sample->secret, letters);
        const auto file = test::notebookOf('"' + escapedAtRandom(sample->before, letters) + escaped + "'\"");
        const auto start = file.find(escaped + "'\"");
        const auto analysis = test::analyzed(file);
        const auto cls = "secret." + std::string(all[index].id);
        const bool exact = std::any_of(analysis.findings.begin(), analysis.findings.end(), [&](const Finding& finding) {
            return finding.cls == cls && finding.location.bytes.start == start
                && finding.location.bytes.end == start + escaped.size();
        });
        if (!exact) {
            test::report(false, __FILE__, __LINE__, "not found at its exact bytes: " + cls);
        }
        CHECK(std::any_of(analysis.sensitive.begin(), analysis.sensitive.end(),
            [&](ByteRange range) { return range.start <= start && range.end >= start + escaped.size(); }));
        // The value stands nowhere in what is shown.
        for (const auto& finding : analysis.findings) {
            const bool shown = sample->secret.size() >= 12
                && (finding.message.find(sample->secret) != std::string::npos
                    || finding.title.find(sample->secret) != std::string::npos);
            CHECK(!shown);
        }
    }
    CHECK_EQ(made, 300);
}

// tests/golden/rules.txt: an id that went away breaks the exceptions and dashboards of people who used it.
CUPEL_TEST(ruleIdsAreKept)
{
    const auto path = std::string(CUPEL_SOURCE_DIR) + "/tests/golden/rules.txt";
    std::string now;
    for (const auto& rule : rules::catalogue()) {
        now += rule.id.starts_with("CUP-SEC-") ? rule.id + '\n' : std::string();
    }
    if (std::getenv("CUPEL_UPDATE_GOLDEN") != nullptr) {
        std::ofstream(path, std::ios::binary | std::ios::trunc) << now;
    }
    const auto before = test::readFile(path);
    REQUIRE(before.has_value());
    std::istringstream lines(*before);
    for (std::string id; std::getline(lines, id);) {
        if (now.find(id + '\n') == std::string::npos) {
            test::report(false, __FILE__, __LINE__, "the rule " + id + " vanished; is that wanted? then: ./dev golden");
        }
    }
    CHECK(*before == now); // a new rule: ./dev golden
}
