// SPDX-License-Identifier: GPL-3.0-or-later
// The blocks of one cell with their places. Owned by the canvas's cache, rebuilt when the cell's state changes, laid
// out again when the width changes.
#pragma once

#include "widgets/notebook/block.h"

#include <QtCore/QRectF>
#include <QtCore/QString>

#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

namespace cupel::widgets {

struct PlacedBlock {
    std::unique_ptr<Block> block;
    qreal left = 0; // insets from the content column
    qreal right = 0;
    qreal gap = 0; // above
    bool boxed = false; // inside the source box
    bool barred = false; // error output: a bar at its left
    std::optional<std::size_t> finding; // of a strip or card
    int region = -1; // of text, a table or a picture
    QRectF rect; // in the cell
};

class CellLayout {
public:
    [[nodiscard]] static qreal gutter(); // before a cell: its count
    static constexpr qreal boxPadding = 8;

    PlacedBlock& add(PlacedBlock block);
    qreal layout(qreal width); // of the whole cell with its gutter; gives the height
    [[nodiscard]] const std::vector<PlacedBlock>& blocks() const { return m_blocks; }
    [[nodiscard]] qreal height() const { return m_height; }
    [[nodiscard]] qreal width() const { return m_width; }
    [[nodiscard]] const std::vector<QRectF>& boxes() const { return m_boxes; }
    [[nodiscard]] const std::vector<QRectF>& bars() const { return m_bars; }
    // Tables stand as far to the side as they did in an earlier build of the same cell. After layout().
    void keepScroll(const CellLayout& before);
    // Block under or nearest to a y; -1 when there is none.
    [[nodiscard]] int blockAt(qreal y) const;
    [[nodiscard]] std::optional<QRectF> findingRect(std::size_t finding) const; // its line; else its strip
    [[nodiscard]] std::optional<QRectF> findingSign(std::size_t finding) const; // its strip or card

    // The source's box gets at least this height; laid out again with layout().
    void reserveBox(qreal height) { m_reserved = height; }
    void setHeight(qreal height) { m_height = height; } // of an empty place
    [[nodiscard]] qreal reservedBox() const { return m_reserved; }

    bool stale = false; // to be built again when there is time; until then it is what is shown
    QString count; // "[4]"; empty for text
    QString name; // for screen readers: "Code cell 4"
    QString source; // masked, for the editor; empty: nothing to edit
    struct Note {
        int line = 0; // of the source, from 0
        std::size_t finding = 0;
    };
    std::vector<Note> notes; // findings that stand in the source, by line

private:
    std::vector<PlacedBlock> m_blocks;
    mutable std::unordered_map<std::size_t, std::optional<QRectF>> m_findingRects; // asked for by every paint
    std::vector<QRectF> m_boxes;
    std::vector<QRectF> m_bars;
    qreal m_reserved = 0;
    qreal m_height = 0;
    qreal m_width = 0;
};

} // namespace cupel::widgets
