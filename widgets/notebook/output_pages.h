// SPDX-License-Identifier: GPL-3.0-or-later
// What of a cell's outputs is shown, and how much of it at once: a notebook may say 20,000 pictures in one cell.
#pragma once

#include "widgets/notebook/review_document.h"

#include <functional>
#include <unordered_set>
#include <vector>

namespace cupel::widgets {

struct CellView;

struct OutputPiece {
    enum class Kind : std::uint8_t {
        Attachment,
        AlsoDrawn, // another form of an attached picture: said, not drawn
        Error,
        Form, // the best form of an output, or one that only gets a notice
        AlsoFound, // another form of it, shown because a finding stands in it
    };
    Kind kind = Kind::Form;
    int region = -1;
};

class OutputPages {
public:
    OutputPages(const ReviewDocument& document, const Item& item, const std::function<bool(std::size_t)>& isShown = {});

    [[nodiscard]] std::vector<OutputPiece> pieces(const formats::Cell& cell) const; // attachments first
    // Where the parts begin in the pieces; at least one.
    [[nodiscard]] std::vector<std::size_t> starts(const std::vector<OutputPiece>& pieces) const;
    void turnTo(const formats::Cell& cell, int region, CellView& view) const;
    [[nodiscard]] bool hasFindings(int region) const { return m_found.count(region) > 0; }
    [[nodiscard]] int workOfPage(const formats::Cell& cell) const; // of the largest, about, in microseconds
    [[nodiscard]] static int workOf(const Region& region);

private:
    void addOutput(const formats::Output& output, std::vector<OutputPiece>& pieces) const;
    [[nodiscard]] int choose(const std::vector<int>& forms) const; // the richest that can be shown; -1: none
    [[nodiscard]] const Region& regionAt(int region) const { return m_document.region(region); }

    const ReviewDocument& m_document;
    std::unordered_set<int> m_found; // regions with findings that the filter lets through
};

} // namespace cupel::widgets
