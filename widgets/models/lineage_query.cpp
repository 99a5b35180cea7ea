// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/lineage_query.h"

#include "widgets/models/lineage_fold.h"
#include "widgets/models/lineage_reach.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QStringList>

#include <algorithm>
#include <limits>
#include <optional>

namespace cupel::widgets {

namespace {

using lineage::none;

constexpr int allSteps = std::numeric_limits<int>::max();

struct Words {
    Q_DECLARE_TR_FUNCTIONS(LineageQuery)
};

std::string lower(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return out;
}

// One star remembered: no more steps than both lengths multiplied.
bool globMatches(std::string_view pattern, std::string_view text)
{
    std::size_t p = 0;
    std::size_t star = std::string_view::npos;
    std::size_t back = 0;
    for (std::size_t t = 0; t < text.size();) {
        if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t]) && pattern[p] != '*') {
            ++p;
            ++t;
        } else if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            back = t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++back;
        } else {
            return false;
        }
    }
    return std::all_of(
        pattern.begin() + static_cast<std::ptrdiff_t>(p), pattern.end(), [](char c) { return c == '*'; });
}

// The whole path, or its last part.
bool pathMatches(std::string_view pattern, std::string_view path)
{
    const std::string whole = lower(path);
    return globMatches(pattern, whole) || globMatches(pattern, std::string_view(whole).substr(whole.rfind('/') + 1));
}

constexpr std::string_view kinds[] = {"data", "code", "model", "outside"};
constexpr std::string_view traits[] = {"personal", "untrusted", "secrets", "findings"};

bool meets(const LineageSource& source, std::uint32_t number, const LineageQuery::Term& term)
{
    const auto& node = source.graph->nodes[number];
    switch (term.key) {
    case LineageQuery::Key::Word:
        return source.keys[number].find(term.value) != std::string::npos;
    case LineageQuery::Key::Kind:
        return globMatches(term.value, kinds[static_cast<std::size_t>(kindOf(node))])
            || globMatches(term.value, lineage::toString(node.kind));
    case LineageQuery::Key::File:
        return (node.place.file < source.graph->files.size()
                   && pathMatches(term.value, source.graph->files[node.place.file].path))
            || (isThing(node) && pathMatches(term.value, node.locator));
    case LineageQuery::Key::Role:
        return globMatches(term.value, lineage::toString(node.role));
    case LineageQuery::Key::With:
        for (std::size_t i = 0; i < lineageTraits; ++i) {
            if ((source.traits[number] >> i & 1U) != 0 && globMatches(term.value, traits[i])) {
                return true;
            }
        }
        return false;
    case LineageQuery::Key::Severity:
        return (source.severities[number] & term.levels) != 0;
    }
    return false;
}

// A word taken apart: `-sev>=high` is a minus, a key, a sign and a value.
struct Piece {
    QString key; // empty: a word like any other
    QString sign;
    QString value;
    bool not_ = false;
};

Piece pieceOf(const QString& word)
{
    Piece out;
    out.not_ = word.size() > 1 && word.startsWith(u'-');
    const QString plain = out.not_ ? word.mid(1) : word;
    qsizetype end = 0;
    while (end < plain.size() && plain[end] >= u'a' && plain[end] <= u'z') {
        ++end;
    }
    const bool severity = plain.first(end) == u"sev" || plain.first(end) == u"severity";
    for (const auto sign : {u":", u">=", u"<=", u">", u"<", u"="}) {
        const QStringView text(sign);
        if (end > 0 && QStringView(plain).sliced(end).startsWith(text) && (severity || text == u":")) {
            out.key = plain.first(end);
            out.sign = text.toString();
            out.value = plain.mid(end + text.size());
            break;
        }
    }
    if (out.key.isEmpty() || out.value.startsWith(u'/')) { // "https://..."
        out.key.clear();
        out.value = plain;
    }
    return out;
}

// `severity:high,critical`, `sev>=medium`; nothing: a level is not one.
std::optional<std::uint8_t> levelsOf(const Piece& piece)
{
    std::uint8_t out = 0;
    for (const QString& name : piece.value.split(u',', Qt::SkipEmptyParts)) {
        int level = 0;
        for (; level <= static_cast<int>(Severity::Critical); ++level) {
            const auto known = toString(static_cast<Severity>(level));
            if (name == QLatin1StringView(known.data(), static_cast<qsizetype>(known.size()))) {
                break;
            }
        }
        if (level > static_cast<int>(Severity::Critical)) {
            return std::nullopt;
        }
        for (int i = 0; i <= static_cast<int>(Severity::Critical); ++i) {
            const bool more = piece.sign.startsWith(u'>') && i > level;
            const bool less = piece.sign.startsWith(u'<') && i < level;
            const bool same = i == level && piece.sign != u">" && piece.sign != u"<";
            out |= more || less || same ? bit(static_cast<Severity>(i)) : 0;
        }
    }
    return out;
}

// False: it says nothing that nodes could be asked for.
bool readTerm(const Piece& piece, LineageQuery& out, LineageQuery::Term& term)
{
    using Key = LineageQuery::Key;
    const std::pair<QLatin1StringView, Key> keys[] = {{QLatin1StringView("kind"), Key::Kind},
        {QLatin1StringView("file"), Key::File}, {QLatin1StringView("role"), Key::Role},
        {QLatin1StringView("with"), Key::With}, {QLatin1StringView("severity"), Key::Severity},
        {QLatin1StringView("sev"), Key::Severity}};
    const auto known =
        std::find_if(std::begin(keys), std::end(keys), [&](const auto& one) { return one.first == piece.key; });
    term.not_ = piece.not_;
    term.value = piece.value.toStdString();
    if (piece.key.isEmpty()) {
        return !term.value.empty();
    }
    if (term.value.empty()) {
        return false; // still being typed
    }
    if (known == std::end(keys)) { // may be part of a name: it is looked for as it stands
        out.trouble =
            Words::tr("There is no key %1: they are kind, file, role, with, severity, up and down").arg(piece.key);
        term.value = (piece.key + piece.sign + piece.value).toStdString();
        return true;
    }
    term.key = known->second;
    if (term.key == Key::With && std::none_of(std::begin(traits), std::end(traits), [&term](std::string_view trait) {
            return globMatches(term.value, trait);
        })) {
        out.trouble =
            Words::tr("with: takes personal, untrusted, secrets or findings; severity: takes how bad they are");
        return false;
    }
    if (term.key == Key::Severity) {
        const auto levels = levelsOf(piece);
        term.levels = levels.value_or(0);
        if (!levels) {
            out.trouble = Words::tr("severity: takes info, low, medium, high or critical");
        }
        return levels.has_value();
    }
    return true;
}

} // namespace

LineageQuery parseQuery(const QString& text)
{
    LineageQuery out;
    const auto steps = [&out](const QString& value, int& into) {
        bool good = false;
        const int number = value.toInt(&good);
        if (value == u"all" || value == u"*") {
            into = allSteps;
        } else if (good && number >= 0) {
            into = number;
        } else {
            out.trouble = Words::tr("up: and down: take a number of steps, or all");
        }
    };
    for (const QString& word : text.toLower().split(u' ', Qt::SkipEmptyParts)) {
        const Piece piece = pieceOf(word);
        LineageQuery::Term term;
        if (piece.key == u"up" || piece.key == u"down") {
            steps(piece.value, piece.key == u"up" ? out.up : out.down);
        } else if (readTerm(piece, out, term)) {
            out.terms.push_back(std::move(term));
        }
    }
    return out;
}

std::vector<std::uint32_t> hits(const LineageReading& reading, const LineageQuery& query)
{
    std::vector<std::uint32_t> out;
    for (std::uint32_t i = 0; i < reading.fold.of.size(); ++i) {
        if (reading.fold.of[i] != none
            && std::all_of(query.terms.begin(), query.terms.end(),
                [&](const LineageQuery::Term& term) { return meets(*reading.source, i, term) != term.not_; })) {
            out.push_back(i);
        }
    }
    return out;
}

std::vector<bool> matches(const LineageReading& reading, const LineageQuery& query)
{
    const auto& fold = reading.fold;
    std::vector<bool> out(fold.nodes.size());
    const auto found = hits(reading, query);
    for (const auto node : found) {
        out[fold.of[node]] = true;
    }
    if (query.up == 0 && query.down == 0) {
        return out;
    }
    const LineageReach reach(*reading.source->graph, {}, reading.wish.kinds);
    for (const bool down : {false, true}) {
        const int most = down ? query.down : query.up;
        const auto steps =
            most == 0 ? std::vector<std::uint32_t>() : reach.steps(found, down, static_cast<std::uint32_t>(most));
        for (std::size_t i = 0; i < steps.size(); ++i) {
            if (steps[i] != none && fold.of[i] != none) {
                out[fold.of[i]] = true;
            }
        }
    }
    return out;
}

} // namespace cupel::widgets
