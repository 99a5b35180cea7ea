// SPDX-License-Identifier: GPL-3.0-or-later
// One painted piece of a cell: lines of text, a table, a picture, a finding, a notice. Not a widget: the canvas owns
// blocks through the cell's layout, asks for heights, paints the visible ones and hands clicks back as actions.
#pragma once

#include <QtCore/QPointF>
#include <QtCore/QRectF>
#include <QtCore/QString>

#include <cstddef>
#include <optional>
#include <vector>

class QPainter;

namespace cupel::widgets {

// What a click, a key or a screen reader can do with a part of a block.
struct Action {
    enum class Kind : std::uint8_t {
        None,
        OpenFinding,
        CloseFinding,
        Explain,
        CopyFinding,
        TriageFinding,
        Expand, // the folded part `id` of this cell
        Collapse,
        ShowSource, // output region `id` as text
        ShowRendered,
        ToggleOutputs,
        ShowPage, // another part of what `id` is
    };
    Kind kind = Kind::None;
    std::size_t finding = 0;
    int id = 0;
    std::size_t page = 0;
    friend bool operator==(const Action&, const Action&) = default;
};

struct Hot {
    QRectF rect; // in the block
    Action action;
    QString name; // what a screen reader says
};

struct PaintState {
    QRectF clip; // visible part, in the block
    int selectionStart = 0; // in text(), empty range: nothing selected
    int selectionEnd = 0;
    std::optional<std::size_t> hovered; // finding under the pointer: its range gets a background
    std::optional<Action> pressed; // button under the pressed mouse
    std::optional<Action> pointed; // link or button under the pointer
    bool revealing = false; // values are shown in clear for a moment: none of them cut
};

enum class BlockRole : std::uint8_t { Code, Text, Table, Picture, Finding, Notice };

class Block {
public:
    Block() = default;
    Block(const Block&) = delete;
    Block& operator=(const Block&) = delete;
    virtual ~Block() = default;

    virtual qreal layout(qreal width) = 0; // gives the height; called again when the width changes
    virtual void paint(QPainter& painter, const PaintState& state) = 0; // origin at the block's top left
    [[nodiscard]] virtual BlockRole role() const = 0;
    // Everything that can be selected, masked; the order of the screen.
    [[nodiscard]] virtual QString text() const = 0;
    // Position in text() nearest to the point; -1: nothing selectable here.
    [[nodiscard]] virtual int positionAt(QPointF point) const;
    [[nodiscard]] virtual std::vector<Hot> hots() const { return {}; }
    // Where a finding's range is shown, if this block shows it.
    [[nodiscard]] virtual std::optional<QRectF> findingRect(std::size_t finding) const;
    // Findings whose sign (gutter shape, underline) is at this point.
    [[nodiscard]] virtual std::optional<std::size_t> findingAt(QPointF point) const;
    // Brings the finding's range into the block's visible part.
    virtual void reveal(std::size_t finding);
    // Sideways, for blocks wider than the page; false: nothing to scroll.
    virtual bool scrollBy(qreal delta);
    [[nodiscard]] virtual qreal scrolled() const { return 0; }
    // What a screen reader says instead of text(); empty: the text itself.
    [[nodiscard]] virtual QString spoken() const { return {}; }
};

} // namespace cupel::widgets
