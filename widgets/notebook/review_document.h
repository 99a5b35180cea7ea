// SPDX-License-Identifier: GPL-3.0-or-later
// What the canvas lists: the cells of a notebook, or one item for another text file, each with the findings that stand
// in it. Made once per analysis; plain values, UI thread.
#pragma once

#include "analyzers/formats/notebook/notebook_facts.h"
#include "analyzers/model/analysis.h"
#include "widgets/editor/code_spans.h"
#include "widgets/notebook/text_pages.h"

#include <optional>
#include <unordered_map>
#include <vector>

namespace cupel::widgets {

struct PlacedFinding {
    std::size_t finding = 0; // index into Analysis::findings
    int region = -1; // index into Facts::regions; -1: beside the text (metadata of the cell or the notebook)
};

struct Item {
    enum class Kind : std::uint8_t { Whole, Cell, Text }; // Whole: what belongs to no cell
    Kind kind = Kind::Cell;
    int cell = -1; // index into NotebookFacts::cells
    int region = -1; // of a Text item
    std::vector<PlacedFinding> findings; // in file order
    std::size_t page = 0; // of a long Text: one item for each part
    std::vector<std::size_t> elsewhere = {}; // findings of other items that have a further place in this one
};

inline constexpr std::size_t mostPlaces = 40; // of one finding that are marked
[[nodiscard]] bool isPlace(const Evidence& evidence); // where the finding stands too, not what led there

class ReviewDocument {
public:
    // `raw`: the file's text as it stands, whatever its format.
    explicit ReviewDocument(AnalysisPtr analysis, bool raw = false);

    [[nodiscard]] const Analysis& analysis() const { return *m_analysis; }
    [[nodiscard]] const AnalysisPtr& pointer() const { return m_analysis; }
    [[nodiscard]] const formats::NotebookFacts* notebook() const { return m_notebook; } // null: not a notebook, or raw
    [[nodiscard]] const std::vector<Item>& items() const { return m_items; }
    [[nodiscard]] const Region& region(int index) const { return m_regions[static_cast<std::size_t>(index)]; }
    [[nodiscard]] TextPages& pages(int region) const; // kept: found once
    [[nodiscard]] Language language() const { return m_language; }
    [[nodiscard]] int itemOf(std::size_t finding) const; // -1: nowhere
    [[nodiscard]] bool raw() const { return m_raw; }

private:
    void addCells();
    void addTexts();
    [[nodiscard]] ByteRange rangeOf(const Item& item) const; // of a Text
    void placeFindings();
    void placeElsewhere();
    [[nodiscard]] int regionOf(const Item& item, ByteRange file) const;

    AnalysisPtr m_analysis;
    const formats::NotebookFacts* m_notebook = nullptr;
    mutable std::unordered_map<int, TextPages> m_pages;
    std::vector<Region> m_regions; // those of the facts, or one for the raw text
    std::vector<Item> m_items;
    std::vector<int> m_itemOfFinding;
    Language m_language = Language::Python;
    bool m_raw = false;
};

} // namespace cupel::widgets
