// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/palette_index.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QRegularExpression>
#include <QtCore/QStringList>

#include <algorithm>
#include <array>
#include <string_view>

namespace cupel::app {

namespace {

constexpr int noMatch = -1;
constexpr std::size_t kinds = 7;
constexpr int maxFolded = 400; // longer titles are cut for searching

std::uint64_t bit(char16_t c)
{
    return std::uint64_t(1) << (c < 128 ? (c >= 'a' && c <= 'z' ? c - 'a' : 26 + c % 37) : 63);
}

std::uint64_t bitsOf(std::u16string_view text)
{
    std::uint64_t out = 0;
    for (const char16_t c : text) {
        out |= bit(c);
    }
    return out;
}

bool isLetter(char16_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 128;
}

bool startsWord(std::u16string_view text, std::size_t at)
{
    return at == 0 || !isLetter(text[at - 1]);
}

// Where each letter of `word` is taken from: forward to the earliest end, then backward so that the match is as tight
// as it can be before that end. Empty: no match.
std::vector<int> tightest(std::u16string_view text, std::u16string_view word)
{
    std::size_t at = 0;
    for (std::size_t i = 0; i < word.size(); ++i, ++at) {
        at = text.find(word[i], at);
        if (at == std::u16string_view::npos) {
            return {};
        }
    }
    std::vector<int> places(word.size());
    for (std::size_t i = word.size(); i-- > 0;) {
        at = text.rfind(word[i], at - 1);
        places[i] = static_cast<int>(at);
    }
    return places;
}

// A whole occurrence beats scattered letters; at a word's start beats inside one.
std::size_t bestSubstring(std::u16string_view text, std::u16string_view word)
{
    std::size_t best = std::u16string_view::npos;
    for (std::size_t at = text.find(word); at != std::u16string_view::npos; at = text.find(word, at + 1)) {
        if (startsWord(text, at)) {
            return at;
        }
        best = std::min(best, at);
    }
    return best;
}

int scoreOf(std::u16string_view text, const std::vector<int>& places)
{
    int score = 0;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const auto at = static_cast<std::size_t>(places[i]);
        const bool follows = i > 0 && places[i - 1] + 1 == places[i];
        score += 10 + (startsWord(text, at) ? 18 : 0) + (follows ? 14 : 0);
        score -= i > 0 && !follows ? std::min(12, places[i] - places[i - 1]) : 0;
    }
    return score;
}

std::vector<int> placesOf(std::u16string_view text, std::u16string_view word)
{
    if (const std::size_t at = bestSubstring(text, word); at != std::u16string_view::npos) {
        std::vector<int> places(word.size());
        for (std::size_t i = 0; i < word.size(); ++i) {
            places[i] = static_cast<int>(at + i);
        }
        return places;
    }
    return tightest(text, word);
}

// A number has to stand there whole ("cell 4" is not cell 14), words need two letters.
bool inNote(std::u16string_view note, std::u16string_view word)
{
    const auto digit = [](char16_t c) { return c >= u'0' && c <= u'9'; };
    const bool number = std::all_of(word.begin(), word.end(), digit);
    for (std::size_t at = note.find(word); at != note.npos; at = note.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        const bool whole = (at == 0 || !digit(note[at - 1])) && (end == note.size() || !digit(note[end]));
        if (number ? whole : word.size() > 1) {
            return true;
        }
    }
    return false;
}

bool beginsWord(std::u16string_view text, std::u16string_view word)
{
    const std::size_t at = bestSubstring(text, word);
    return at != text.npos && startsWord(text, at);
}

int scoreWord(std::u16string_view title, std::u16string_view note, std::u16string_view also, std::u16string_view word)
{
    int best = noMatch;
    if (const std::size_t at = bestSubstring(title, word); at != std::u16string_view::npos) {
        const int letters = static_cast<int>(word.size());
        best = letters * 24 + (startsWord(title, at) ? 30 : 0) + (at == 0 ? 40 : 0);
        best += title.size() == word.size() ? 60 : 0;
    } else if (const std::vector<int> places = tightest(title, word); !places.empty()) {
        best = std::max(1, scoreOf(title, places));
        const int span = places.back() - places.front() + 1;
        if (span > static_cast<int>(word.size()) * 4 + 6) {
            best = noMatch; // letters strewn over a sentence are no match for anyone
        }
    }
    if (const int letters = static_cast<int>(word.size()); letters > 1 && beginsWord(also, word)) {
        best = std::max(best, letters * 20);
    } else if (best == noMatch && inNote(note, word)) {
        best = letters * 8;
    }
    return best;
}

std::vector<std::u16string> wordsOf(const QString& text)
{
    std::vector<std::u16string> out;
    for (const QString& word : text.toCaseFolded().split(u' ', Qt::SkipEmptyParts)) {
        out.push_back(word.left(64).toStdU16String());
    }
    return out;
}

bool inScope(PaletteKind kind, PaletteQuery::Scope scope)
{
    switch (scope) {
    case PaletteQuery::Scope::All:
        return kind != PaletteKind::Line; // whoever asks for a place gets it on top
    case PaletteQuery::Scope::Actions:
        return kind == PaletteKind::Action;
    case PaletteQuery::Scope::Files:
        return kind == PaletteKind::File;
    case PaletteQuery::Scope::Findings:
        return kind == PaletteKind::Finding;
    case PaletteQuery::Scope::Cells:
        return kind == PaletteKind::Cell;
    case PaletteQuery::Scope::Line:
        return kind == PaletteKind::Line;
    }
    return false;
}

bool better(const PaletteHit& a, const PaletteHit& b)
{
    if (a.plain != b.plain) {
        return a.plain;
    }
    return a.score != b.score ? a.score > b.score : a.entry < b.entry;
}

} // namespace

PaletteQuery parsePaletteQuery(const QString& text, PaletteQuery::Scope fallback)
{
    using Scope = PaletteQuery::Scope;
    const QString typed = text.trimmed();
    const QChar prefix = typed.isEmpty() ? QChar() : typed.front();
    const Scope scope = prefix == u'>' ? Scope::Actions
        : prefix == u'@'               ? Scope::Findings
        : prefix == u'#'               ? Scope::Cells
        : prefix == u':'               ? Scope::Line
                                       : fallback;
    const bool prefixed = prefix == u'>' || prefix == u'@' || prefix == u'#' || prefix == u':';
    return {scope, prefixed ? typed.mid(1).trimmed() : typed};
}

std::optional<PaletteEntry> goToEntry(const QString& text)
{
    const QStringList parts = text.split(u':', Qt::SkipEmptyParts);
    bool cellOk = false;
    bool lineOk = true;
    const std::uint64_t cell = parts.value(0).trimmed().toUInt(&cellOk);
    const std::uint64_t line = parts.size() > 1 ? parts[1].trimmed().toUInt(&lineOk) : 0;
    if (!cellOk || !lineOk || parts.size() > 2) {
        return std::nullopt;
    }
    PaletteEntry entry;
    entry.kind = PaletteKind::Line;
    entry.title = line > 0 ? QCoreApplication::translate("Palette", "Cell %1, line %2").arg(cell).arg(line)
                           : QCoreApplication::translate("Palette", "Cell %1").arg(cell);
    entry.icon = QStringLiteral("hash");
    entry.number = (cell << 32) | line; // counted as findings and the page count cells
    return entry;
}

std::optional<PaletteEntry> namedCell(const PaletteQuery& query)
{
    using Scope = PaletteQuery::Scope;
    static const QRegularExpression number(QStringLiteral("^\\d+(:\\d+)?$"));
    if (query.scope != Scope::All && query.scope != Scope::Cells) {
        return std::nullopt;
    }
    QString text = query.text.simplified();
    bool named = query.scope == Scope::Cells;
    for (const QString& word : {QStringLiteral("cell"), QCoreApplication::translate("Palette", "cell")}) {
        if (text.startsWith(word + u' ', Qt::CaseInsensitive)) {
            text = text.mid(word.size() + 1);
            named = true;
            break;
        }
    }
    return named && number.match(text).hasMatch() ? goToEntry(text) : std::nullopt;
}

void PaletteIndex::clear()
{
    m_entries.clear();
    m_folded.clear();
    m_text.clear();
    m_goTo.reset();
}

void PaletteIndex::setGoTo(const PaletteEntry& entry)
{
    if (m_goTo) {
        m_entries[*m_goTo] = entry;
        return;
    }
    m_goTo = m_entries.size();
    add(entry);
}

void PaletteIndex::reserve(std::size_t entries)
{
    m_entries.reserve(entries);
    m_folded.reserve(entries);
    m_text.reserve(entries * 48);
}

void PaletteIndex::add(PaletteEntry entry)
{
    Folded folded;
    folded.title = static_cast<std::uint32_t>(m_text.size());
    // Folding letter by letter keeps positions equal to those of the title.
    const auto append = [this](const QString& text) {
        const qsizetype size = std::min<qsizetype>(text.size(), maxFolded);
        for (qsizetype i = 0; i < size; ++i) {
            m_text += static_cast<char16_t>(QChar::toCaseFolded(text[i].unicode()));
        }
        return static_cast<std::uint32_t>(size);
    };
    folded.titleSize = append(entry.title);
    folded.noteSize = append(entry.note);
    folded.alsoSize = append(entry.also);
    folded.letters = bitsOf(std::u16string_view(m_text).substr(folded.title));
    m_folded.push_back(folded);
    m_entries.push_back(std::move(entry));
}

std::u16string_view PaletteIndex::alsoOf(const Folded& folded) const
{
    return std::u16string_view(m_text).substr(folded.title + folded.titleSize + folded.noteSize, folded.alsoSize);
}

bool PaletteIndex::isPlain(const Folded& folded, const std::vector<std::u16string>& words) const
{
    const auto title = std::u16string_view(m_text).substr(folded.title, folded.titleSize);
    return !words.empty() && std::all_of(words.begin(), words.end(), [&](const std::u16string& word) {
        return word.size() > 1 && (beginsWord(title, word) || beginsWord(alsoOf(folded), word));
    });
}

int PaletteIndex::score(const Folded& folded, const std::vector<std::u16string>& words) const
{
    const std::u16string_view text = m_text;
    const std::u16string_view title = text.substr(folded.title, folded.titleSize);
    const std::u16string_view note = text.substr(folded.title + folded.titleSize, folded.noteSize);
    int sum = 0;
    for (const std::u16string& word : words) {
        const int one = scoreWord(title, note, alsoOf(folded), word);
        if (one == noMatch) {
            return noMatch;
        }
        sum += one;
    }
    return sum * 4 - static_cast<int>(std::min<std::size_t>(title.size(), 60)) / 4;
}

std::vector<PaletteHit> PaletteIndex::find(const PaletteQuery& query, std::size_t perKind, std::size_t limit) const
{
    const std::vector<std::u16string> words = wordsOf(query.text);
    std::uint64_t needed = 0;
    for (const std::u16string& word : words) {
        needed |= bitsOf(word);
    }
    const std::size_t cap = query.scope == PaletteQuery::Scope::All ? perKind : limit;
    std::array<std::vector<PaletteHit>, kinds> byKind;
    for (std::uint32_t i = 0; i < m_entries.size(); ++i) {
        const PaletteKind kind = m_entries[i].kind;
        if (!inScope(kind, query.scope) || (m_folded[i].letters & needed) != needed) {
            continue;
        }
        std::vector<PaletteHit>& hits = byKind[static_cast<std::size_t>(kind)];
        const int value = words.empty() ? 0 : score(m_folded[i], words);
        if (value == noMatch || (words.empty() && hits.size() >= cap)) {
            continue;
        }
        hits.push_back({i, value, kind == PaletteKind::Action && isPlain(m_folded[i], words), {}});
    }
    std::vector<std::vector<PaletteHit>*> order;
    for (std::vector<PaletteHit>& hits : byKind) {
        if (hits.empty()) {
            continue;
        }
        const std::size_t keep = std::min(cap, hits.size());
        std::partial_sort(hits.begin(), hits.begin() + static_cast<std::ptrdiff_t>(keep), hits.end(), better);
        hits.resize(keep);
        // Scattered letters far behind a real hit are noise.
        const int least = hits.front().score * 2 / 5;
        std::erase_if(hits, [least](const PaletteHit& hit) { return hit.score < least; });
        order.push_back(&hits);
    }
    std::stable_sort(order.begin(), order.end(), [](const auto* a, const auto* b) {
        return a->front().plain != b->front().plain ? a->front().plain : a->front().score > b->front().score;
    });
    std::vector<PaletteHit> out;
    for (std::vector<PaletteHit>* hits : order) {
        for (PaletteHit& hit : *hits) {
            const Folded& folded = m_folded[hit.entry];
            const std::u16string_view title = std::u16string_view(m_text).substr(folded.title, folded.titleSize);
            for (const std::u16string& word : words) {
                const std::vector<int> places = placesOf(title, word);
                hit.letters.insert(hit.letters.end(), places.begin(), places.end());
            }
            std::sort(hit.letters.begin(), hit.letters.end());
            hit.letters.erase(std::unique(hit.letters.begin(), hit.letters.end()), hit.letters.end());
            out.push_back(std::move(hit));
        }
    }
    return out;
}

} // namespace cupel::app
