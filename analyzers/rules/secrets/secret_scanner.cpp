// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/secrets/secret_scanner.h"

#include "analyzers/rules/allow_comments.h"
#include "analyzers/rules/placeholder.h"
#include "analyzers/rules/secrets/exclusions.h"
#include "analyzers/rules/secrets/literal_matcher.h"
#include "analyzers/rules/secrets/regex.h"
#include "analyzers/rules/secrets/truth_check.h"
#include "analyzers/rules/secrets/value_extent.h"

#include <algorithm>
#include <tuple>

namespace cupel::rules::secrets {

namespace {

constexpr std::size_t maxHitsPerText = 2'000'000;
constexpr std::size_t maxCostlySearches = 1'000; // per text; those after it are given up

struct RowRegexes {
    std::vector<Regex> match = std::vector<Regex>(rows().size());
    std::vector<Regex> allow = std::vector<Regex>(rows().size());
};

const RowRegexes& regexes()
{
    static const RowRegexes shared;
    return shared;
}

bool hasDigitAndLetter(ByteView text)
{
    const bool digit = std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    const bool letter =
        std::any_of(text.begin(), text.end(), [](char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; });
    return digit && letter;
}

// "connect(user, password=Value1)": what follows the equals sign is a name of the program.
bool isNamedValue(ByteView text, ByteRange range)
{
    const auto before = text.substr(0, range.start);
    const auto sign = before.find_last_not_of(" \t*_`");
    return sign != ByteView::npos && before[sign] == '=' && !standsInWords(text, range.start);
}

// Tells one candidate from what only looks like it. Cheap tests first.
bool isPlausible(const SecretRow& row, std::size_t index, ByteView text, ByteRange range, const ScanContext& context)
{
    const auto secret = slice(text, range);
    if (secret.empty() || (row.digits && !hasDigitAndLetter(secret))) {
        return false;
    }
    if (row.entropy > 0 && shannonEntropy(secret.substr(0, 1'024)) < static_cast<double>(row.entropy)) {
        return false;
    }
    if (isSequenceData(secret) || isPlaceholder(secret, row.generic) || isFixPlaceholder(text, range)
        || isInsideBlob(text, range)) {
        return false;
    }
    if (row.generic && (isReference(secret) || (context.idsExpected && isRandomId(secret)))) {
        return false;
    }
    if (row.prose && context.code && isNamedValue(text, range)) {
        return false;
    }
    if (row.shape == Shape::Context && isSlug(secret)) {
        return false;
    }
    // A search that was given up excuses nothing: the candidate stays.
    bool gaveUp = false;
    return row.allow.empty() || !regexes().allow[index].find(row.allow, secret, 0, false, Effort::Whole, gaveUp);
}

void weaken(Credential& found, Severity atMost)
{
    found.severity = std::min(found.severity, atMost);
}

// Applies what the checks of the row learn. False: it is no secret at all.
bool applyChecks(Credential& found, ByteView text, ByteRange whole, std::int64_t now)
{
    constexpr std::uint64_t around = 200;
    CheckInput input;
    input.secret = slice(text, found.secret);
    input.match = slice(text, whole);
    const auto from = whole.start > around ? whole.start - around : 0;
    input.before = text.substr(from, whole.start - from);
    input.after = text.substr(std::min<std::uint64_t>(whole.end, text.size())).substr(0, around);
    input.now = now;
    std::string_view names = found.row->checks;
    while (!names.empty()) {
        const auto end = std::min(names.find(' '), names.size());
        const auto* check = findTruthCheck(names.substr(0, end));
        names.remove_prefix(std::min(names.size(), end + 1));
        if (!check) {
            continue;
        }
        auto result = check->run(input);
        using Outcome = CheckResult::Outcome;
        switch (result.outcome) {
        case Outcome::NotASecret:
            return false;
        case Outcome::Valid:
            found.confidence = Confidence::Certain;
            break;
        case Outcome::Invalid:
            found.confidence = Confidence::Possible;
            weaken(found, Severity::Low);
            break;
        case Outcome::Half:
            weaken(found, Severity::Medium);
            found.use = Use::Half;
            break;
        case Outcome::Expired:
            weaken(found, Severity::Low);
            found.use = Use::Expired;
            break;
        case Outcome::Test:
            weaken(found, Severity::Low);
            break;
        case Outcome::Public:
            weaken(found, Severity::Info);
            break;
        case Outcome::Protected:
            weaken(found, Severity::Medium);
            break;
        case Outcome::NoOpinion:
            break;
        }
        if (!result.note.empty()) {
            found.notes.push_back(std::move(result.note));
        }
    }
    return true;
}

// Larger is better when two candidates overlap.
auto rank(const Credential& c)
{
    return std::make_tuple(
        c.row->rank, c.confidence, c.secret.size(), c.row->shape == Shape::Token, std::string_view(c.row->id));
}

std::vector<Credential> settle(std::vector<Credential> found)
{
    std::sort(found.begin(), found.end(), [](const Credential& a, const Credential& b) {
        return std::tie(a.secret.start, a.secret.end, a.row->id) < std::tie(b.secret.start, b.secret.end, b.row->id);
    });
    std::vector<Credential> kept;
    for (auto& candidate : found) {
        bool beaten = false;
        while (!kept.empty() && kept.back().secret.overlaps(candidate.secret)) {
            if (rank(kept.back()) >= rank(candidate)) {
                beaten = true;
                break;
            }
            kept.pop_back();
        }
        if (!beaten) {
            kept.push_back(std::move(candidate));
        }
    }
    return kept;
}

class Confirmer {
public:
    Confirmer(ByteView text, const ScanContext& context)
        : m_text(text)
        , m_context(context)
    {
    }

    void confirm(std::size_t rowIndex, std::uint64_t at)
    {
        const auto& row = rows()[rowIndex];
        const auto start = at > row.before ? at - row.before : 0;
        const auto window = m_text.substr(0, at + row.window);
        const bool anchored = row.before == 0;
        bool gaveUp = false;
        const auto& regex = regexes().match[rowIndex];
        auto match = regex.find(row.regex, window, start, anchored, Effort::Little, gaveUp);
        if (gaveUp && m_costly < maxCostlySearches) {
            ++m_costly;
            gaveUp = false;
            match = regex.find(row.regex, window, start, anchored, Effort::Whole, gaveUp);
        }
        // A row that looks back may meet what belongs to a literal before this one.
        while (match && match->whole.end <= at && match->whole.end > match->whole.start && !gaveUp) {
            match = regex.find(row.regex, window, match->whole.end, false, Effort::Little, gaveUp);
        }
        if (gaveUp && !m_givenUpAt) {
            m_givenUpAt = at;
        }
        if (!match || match->whole.start > at || match->secret.empty()) {
            return;
        }
        match->secret = wholeValue(m_text, match->whole, match->secret, row);
        if (match->secret.empty()) {
            return;
        }
        if (!m_found.empty() && m_found.back().row == &row && m_found.back().secret == match->secret) {
            return; // two literals of the same row met the same secret
        }
        if (!isPlausible(row, rowIndex, m_text, match->secret, m_context)) {
            return;
        }
        Credential found;
        found.row = &row;
        found.secret = match->secret;
        found.severity = row.severity;
        found.confidence = row.confidence;
        if (row.mode != Mode::Live) {
            weaken(found, row.mode == Mode::Public ? Severity::Info : Severity::Low);
        }
        if (!applyChecks(found, m_text, match->whole, m_context.now)) {
            return;
        }
        if (looksMadeUp(slice(m_text, found.secret))) {
            found.confidence = Confidence::Possible;
            weaken(found, Severity::Low);
            found.notes.emplace_back("runs of equal or rising characters, or the word password: looks like a sample");
        }
        m_found.push_back(std::move(found));
    }

    [[nodiscard]] std::optional<std::uint64_t> givenUpAt() const { return m_givenUpAt; }

    std::vector<Credential> finish()
    {
        auto kept = settle(std::move(m_found));
        for (auto& credential : kept) {
            credential.allowed = isAllowedInline(m_text, credential.secret);
        }
        return kept;
    }

private:
    ByteView m_text;
    const ScanContext& m_context;
    std::vector<Credential> m_found;
    std::optional<std::uint64_t> m_givenUpAt;
    std::size_t m_costly = 0;
};

} // namespace

std::vector<Credential> scanText(
    ByteView text, const ScanContext& context, Budget& budget, std::optional<std::uint64_t>& givenUpAt)
{
    thread_local std::vector<LiteralHit> hits;
    hits.clear();
    const auto giveUp = [&](std::uint64_t at) { givenUpAt = std::min(givenUpAt.value_or(at), at); };
    if (!findLiterals(text, hits, maxHitsPerText)) {
        giveUp(hits.empty() ? 0 : hits.back().start);
    }
    if (hits.empty()) {
        return {};
    }
    Confirmer confirmer(text, context);
    for (const auto& hit : hits) {
        const auto& literal = literals()[hit.literal];
        for (const auto row : literalRows().subspan(literal.firstRow, literal.rowCount)) {
            confirmer.confirm(row, hit.start);
        }
        if (!budget.spend(64)) {
            giveUp(hit.start);
            break;
        }
    }
    if (const auto at = confirmer.givenUpAt()) {
        giveUp(*at);
    }
    return confirmer.finish();
}

} // namespace cupel::rules::secrets
