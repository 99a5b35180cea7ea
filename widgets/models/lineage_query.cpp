// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/lineage_query.h"

#include "widgets/models/lineage_fold.h"
#include "widgets/models/lineage_reach.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QStringList>

#include <algorithm>
#include <limits>

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
    }
    return false;
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
    for (QString word : text.toLower().split(u' ', Qt::SkipEmptyParts)) {
        LineageQuery::Term term;
        const auto colon = word.indexOf(u':');
        QString key = colon < 0 ? QString() : word.left(colon);
        term.not_ = key.startsWith(u'-');
        key = term.not_ ? key.mid(1) : key;
        const QString value = colon < 0 ? word : word.mid(colon + 1);
        using Key = LineageQuery::Key;
        const std::pair<QLatin1StringView, Key> keys[] = {{QLatin1StringView("kind"), Key::Kind},
            {QLatin1StringView("file"), Key::File}, {QLatin1StringView("role"), Key::Role},
            {QLatin1StringView("with"), Key::With}};
        const auto known =
            std::find_if(std::begin(keys), std::end(keys), [&](const auto& one) { return one.first == key; });
        if (key == u"up" || key == u"down") {
            steps(value, key == u"up" ? out.up : out.down);
            continue;
        }
        if (known != std::end(keys)) {
            term.key = known->second;
            term.value = value.toStdString();
            if (term.value.empty()) {
                continue; // still being typed
            }
        } else { // "https://..." is a word like any other
            term.not_ = word.size() > 1 && word.startsWith(u'-');
            term.value = (term.not_ ? word.mid(1) : word).toStdString();
        }
        out.terms.push_back(std::move(term));
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
        const auto steps = reach.steps(found, down, static_cast<std::uint32_t>(down ? query.down : query.up));
        for (std::size_t i = 0; i < steps.size(); ++i) {
            if (steps[i] != none && fold.of[i] != none) {
                out[fold.of[i]] = true;
            }
        }
    }
    return out;
}

} // namespace cupel::widgets
