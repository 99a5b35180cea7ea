// SPDX-License-Identifier: GPL-3.0-or-later
// Everything the command palette can reach, and a fuzzy ranking over it that answers 50,000 entries within a frame or
// two. Pure values, no widgets; built and asked on the UI thread.
#pragma once

#include <QtCore/QString>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::app {

enum class PaletteKind : std::uint8_t { Action, File, Finding, Cell, Rule, Help, Line };

struct PaletteEntry {
    PaletteKind kind = PaletteKind::Action;
    QString title;
    QString note; // small text behind the title; searched too, with less weight
    QString also; // words that find it and are not shown
    QString icon;
    QString keys; // shortcut, native text
    int severity = -1; // Severity of a finding
    bool mono = false;
    QString target; // action id, artifact path, rule id or section of the help
    std::uint64_t number = 0; // index of a finding, cell or line
};

struct PaletteHit {
    std::uint32_t entry = 0; // index into entries()
    int score = 0;
    bool plain = false; // an action, each word typed begins one of its own: before everything else
    std::vector<int> letters; // positions in the title to show strong
};

struct PaletteQuery {
    enum class Scope : std::uint8_t { All, Actions, Files, Findings, Cells, Line };
    Scope scope = Scope::All;
    QString text; // without its prefix
};
// Reads the prefixes `>` `@` `#` `:`; `fallback` is the scope without one.
[[nodiscard]] PaletteQuery parsePaletteQuery(const QString& text, PaletteQuery::Scope fallback);

class PaletteIndex {
public:
    void clear();
    void reserve(std::size_t entries);
    void add(PaletteEntry entry);
    // The one entry of kind Line: made of what is typed, so it is replaced at every key.
    void setGoTo(const PaletteEntry& entry);
    [[nodiscard]] const std::vector<PaletteEntry>& entries() const { return m_entries; }
    // Best first within each kind, kinds ordered by their best hit, actions first when they are called by their words.
    // With Scope::All at most `perKind` of each kind, else at most `limit` of the one.
    [[nodiscard]] std::vector<PaletteHit> find(const PaletteQuery& query, std::size_t perKind, std::size_t limit) const;

private:
    struct Folded {
        std::uint32_t title = 0; // offsets into m_text
        std::uint32_t titleSize = 0;
        std::uint32_t noteSize = 0; // follows the title
        std::uint32_t alsoSize = 0; // follows the note
        std::uint64_t letters = 0; // which letters occur, as bits
    };
    [[nodiscard]] int score(const Folded& folded, const std::vector<std::u16string>& words) const;
    [[nodiscard]] std::u16string_view alsoOf(const Folded& folded) const;
    [[nodiscard]] bool isPlain(const Folded& folded, const std::vector<std::u16string>& words) const;
    std::vector<PaletteEntry> m_entries;
    std::vector<Folded> m_folded;
    std::u16string m_text;
    std::optional<std::size_t> m_goTo;
};
// "4:2" as an entry that goes to cell 4, line 2; none when these are no numbers.
[[nodiscard]] std::optional<PaletteEntry> goToEntry(const QString& text);
// The same for "cell 239" among all, and for "#239": whoever types a number wants that cell and no other.
[[nodiscard]] std::optional<PaletteEntry> namedCell(const PaletteQuery& query);

} // namespace cupel::app
