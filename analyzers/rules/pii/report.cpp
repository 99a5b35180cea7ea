// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/pii/report.h"

#include "analyzers/base/utf8.h"
#include "analyzers/rules/pii/headers.h"
#include "analyzers/rules/pii/profile_link.h"
#include "analyzers/rules/value_digest.h"

#include <algorithm>
#include <cctype>

namespace cupel::rules::pii {

namespace {

constexpr std::size_t singly = 3; // values of one class in one region that are findings of their own
constexpr std::size_t together = 200; // places one finding may hold
constexpr std::size_t mostPlaces = 1'000; // of one class in one region that are listed

std::string upper(std::string_view text)
{
    std::string out(text);
    std::transform(
        out.begin(), out.end(), out.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return out;
}

bool sensitive(const PiiRow& row)
{
    return row.kind != Kind::Organisation && row.id != "ip-internal";
}

std::string proofNote(const Match& match)
{
    return !match.proof.empty() ? std::string(match.proof)
        : match.loose           ? "check digits are wrong: mistyped, or made up"
        : match.checksum        ? "check digits are right"
        : match.proved          ? "structure is right"
                                : "only the form fits";
}

constexpr std::size_t allSigns = 3; // of a digest of values

// How much of the digest of an account may be known: as much as leaves hundreds of accounts that fit, of a number of so
// many digits. Letters are of more, but names are few.
std::size_t signsToTell(std::string_view account)
{
    constexpr std::size_t fewest = 5; // letters and digits, as for other values
    constexpr std::size_t leftOver = 3; // digits: a thousand numbers
    const auto name = account.substr(account.find('/') + 1);
    const bool letters = std::any_of(name.begin(), name.end(), [](char c) {
        const char low = static_cast<char>(c | 0x20);
        return (low >= 'a' && low <= 'z') || static_cast<unsigned char>(c) >= 0x80;
    });
    if (letters) {
        return name.size() < fewest ? 0 : allSigns;
    }
    const auto digits =
        static_cast<std::size_t>(std::count_if(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; }));
    return std::min(allSigns, digits - std::min(digits, leftOver)); // each sign leaves one of sixteen
}

} // namespace

// What code computes does not hang on what it printed, nor on what people read beside it.
bool Report::computes(const Region* region)
{
    const auto isProse = [](RegionKind kind) {
        return kind == RegionKind::Markdown || kind == RegionKind::Raw || kind == RegionKind::PlainText;
    };
    return !region || (!isOutput(region) && !isProse(region->kind));
}

Severity severityAt(const PiiRow& row, Severity severity, const Region* region)
{
    return row.id == "profile-link" && isOutput(region) ? std::max(severity, Severity::Medium) : severity;
}

std::string Report::keyOf(std::string_view rule, std::string_view value)
{
    const auto link = rule == "CUP-PII-PROFILE-LINK" ? profileLink(value) : std::nullopt;
    return link ? accountOf(link->site, slice(value, link->person)) : std::string(value);
}

std::string Report::digestOf(std::string_view rule, std::vector<std::string> values)
{
    if (rule != "CUP-PII-PROFILE-LINK") {
        return valueDigest(values);
    }
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
    if (values.size() == 1 && signsToTell(values.front()) == 0) {
        return std::string(untoldValues);
    }
    std::map<std::string, std::size_t> alike;
    for (auto& account : values) {
        if (const auto signs = signsToTell(account); signs < allSigns) {
            const auto site = account.substr(0, account.find('/') + 1); // npos + 1 is 0
            account = site + "short#" + valueDigest({account}).substr(0, signs);
            account += '#' + std::to_string(alike[account]++); // how many there are counts
        }
    }
    return valueDigest(values);
}

std::string ruleId(std::string_view rowId)
{
    return "CUP-PII-" + upper(rowId);
}

void Report::add(const Match& match, const TextPlace& place, bool allowed)
{
    Value value;
    value.match = match;
    value.bytes = place.toArtifact(match.place);
    value.context = match.contextLength > 0 ? place.toArtifact(match.contextPlace) : ByteRange{};
    value.region = place.regionIndex;
    value.cell = place.region ? place.region->cell : -1;
    value.inert = !computes(place.region);
    value.line = place.lineOf(match.place.start);
    value.contextLine = match.contextLength > 0 ? place.lineOf(match.contextPlace.start) : 0;
    value.masked = maskByShape(slice(place.text, match.place));
    value.allowed = allowed;
    // Internal addresses are a note about the file, not about each place.
    auto& all = m_values[{match.row, match.row->id == "ip-internal" ? -1 : place.regionIndex}];
    if (!match.site.empty()) {
        value.account = accountOf(match.site, slice(place.text, match.place));
    }
    if (isOutput(place.region) && all.size() < mostPlaces && match.place.size() <= KnownValues::longest) {
        value.output = outputOf(place);
        value.text = !value.account.empty() ? value.account : std::string(slice(place.text, match.place));
    }
    m_done.push_back(value.bytes);
    if (sensitive(*match.row) && !allowed && place.region && place.region->cell >= 0
        && match.row->need == Need::Context) {
        learn(value, slice(place.text, match.place));
    }
    if (match.row->id == "email" && !allowed && match.confidence >= Confidence::Likely) {
        learnHandle(value, slice(place.text, match.place));
    }
    // Internal addresses are a note about the file, not about each place.
    all.push_back(std::move(value));
}

Hit Report::hitOf(const Value& value) const
{
    const auto& row = *value.match.row;
    Hit hit;
    hit.rule = ruleId(row.id);
    hit.bytes = value.bytes;
    hit.region = value.region;
    hit.regionLine = value.line;
    hit.severity = value.match.severity;
    hit.confidence = value.match.confidence;
    hit.sensitive = sensitive(row);
    if (!value.account.empty()) {
        hit.values = digestOf(hit.rule, {value.account});
    }
    hit.masked = value.masked;
    hit.allowed = value.allowed;
    const auto note = value.match.proof.empty() ? proofNote(value.match) : value.toldAt + proofNote(value.match);
    hit.message = std::string(row.title) + " stands here in clear: " + note
        + (!value.match.proof.empty()           ? "."
                : value.again                   ? ", and another place of the notebook names it."
                : value.match.contextLength > 0 ? ", and a word nearby names it."
                                                : ".");
    hit.arguments = {{"type", std::string(row.title)}, {"country", std::string(row.country)}, {"sample", value.masked},
        {"proof", note}};
    if (value.match.byAddress) {
        hit.arguments["told by"] = ruleId("email");
    }
    hit.evidence.push_back({"check", {}, -1, 0, note});
    if (!value.context.empty()) {
        hit.evidence.push_back({"context", value.context, value.region, value.contextLine, {}});
    }
    if (hit.sensitive) {
        hit.fix = Fix{"redact", value.inert, {}};
    }
    return hit;
}

void Report::emit(std::vector<Value>& values, const Left& left)
{
    const bool once = values.front().match.row->id == "ip-internal";
    if (values.size() <= singly && !once) {
        for (std::size_t i = 0; i < values.size(); ++i) {
            auto hit = hitOf(values[i]);
            sayLeft(hit, i == 0 ? left : Left());
            m_sink.add(std::move(hit));
        }
        return;
    }
    // The surest value speaks for all of them.
    std::stable_sort(values.begin(), values.end(), [](const Value& a, const Value& b) {
        return std::make_tuple(a.allowed, b.match.confidence, b.match.severity)
            < std::make_tuple(b.allowed, a.match.confidence, a.match.severity);
    });
    for (const auto& value : values) {
        if (sensitive(*value.match.row)) {
            m_sink.markSensitive(value.bytes);
        }
    }
    // A log of a million addresses is told by its first ones.
    const auto all = std::min(values.size(), mostPlaces);
    for (std::size_t first = 0; first < all; first += together) {
        const auto last = std::min(all, first + together);
        auto hit = hitOf(values[first]);
        const auto more = last - first - 1;
        if (more > 0) {
            hit.message += " The same class stands at " + std::to_string(more)
                + (more == 1 ? " more place" : " more places") + " of this " + (once ? "file." : "text.");
        }
        hit.arguments["count"] = std::to_string(more + 1);
        if (all < values.size()) {
            hit.arguments["not listed"] = std::to_string(values.size() - all);
        }
        sayLeft(hit, first == 0 ? left : Left());
        std::vector<std::string> accounts;
        for (auto i = first + 1; i < last; ++i) {
            hit.evidence.push_back({"also", values[i].bytes, values[i].region, values[i].line, {}});
            accounts.push_back(values[i].account);
        }
        if (!hit.values.empty()) {
            accounts.push_back(values[first].account);
            hit.values = digestOf(hit.rule, std::move(accounts));
        }
        if (last == all && all < values.size() && hit.fix) {
            hit.fix->edits = unlisted(values, first);
        }
        m_sink.add(std::move(hit));
    }
}

// What the last finding of a long text takes out: its own values, and all that are not listed.
std::vector<TextEdit> Report::unlisted(const std::vector<Value>& values, std::size_t first)
{
    std::vector<TextEdit> edits;
    for (auto i = first; i < values.size(); ++i) {
        if (!values[i].allowed) {
            edits.push_back({values[i].bytes, {}});
        }
    }
    std::sort(
        edits.begin(), edits.end(), [](const TextEdit& a, const TextEdit& b) { return a.bytes.start < b.bytes.start; });
    const auto overlapping = std::unique(
        edits.begin(), edits.end(), [](const TextEdit& a, const TextEdit& b) { return b.bytes.start < a.bytes.end; });
    edits.erase(overlapping, edits.end());
    return edits;
}

Report::Column* Report::columnOf(const ColumnKey& key)
{
    const auto hit = m_columns.find(key);
    return hit == m_columns.end() ? nullptr : &hit->second;
}

void Report::finish()
{
    if (m_known.full()) {
        limit({});
    }
    for (auto& [key, values] : m_values) {
        std::erase_if(values, [this](const Value& value) { return takenByColumn(value); });
        if (values.empty()) {
            continue;
        }
        const auto left = m_left.find(key);
        emit(values, left == m_left.end() ? Left() : left->second);
    }
    for (auto& [key, column] : m_columns) {
        finishColumn(column);
    }
    m_values.clear();
    m_columns.clear();
}

} // namespace cupel::rules::pii
