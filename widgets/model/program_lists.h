// SPDX-License-Identifier: GPL-3.0-or-later
// A pickle as three painted lists on one selection of bytes: its opcodes, what loading would do, and what it makes.
// Nothing sensitive is shown: every piece of the file knows where it comes from. UI thread.
#pragma once

#include "widgets/model/line_list.h"
#include "widgets/models/model_state.h"

#include <vector>

namespace cupel::widgets {

// Lines that stand for bytes of the file.
class ByteLines : public LineList {
    Q_OBJECT
public:
    ByteLines(ModelState& state, QWidget* parent);

protected:
    [[nodiscard]] virtual ByteRange bytesOf(std::uint64_t row) const = 0;
    [[nodiscard]] virtual std::uint64_t rowOf(ByteRange bytes) const = 0;
    // Fill and bar at the left for what is selected or marked; gives the mark.
    const ModelMark* paintGround(QPainter& painter, const QRect& box, std::uint64_t row);
    [[nodiscard]] const ModelReading* reading() const { return m_state.reading().get(); }
    [[nodiscard]] QString shown(const formats::ShownText& text) const;
    [[nodiscard]] int digit() const; // width of a letter: all have the same
    virtual void refresh(); // another file

    ModelState& m_state;

private:
    void follow();
    bool m_choosing = false;
};

class OpcodeList final : public ByteLines {
    Q_OBJECT
public:
    explicit OpcodeList(ModelState& state, QWidget* parent = nullptr);
    [[nodiscard]] std::uint64_t rowCount() const override;
    [[nodiscard]] QString lineText(std::uint64_t row) const override;

protected:
    void beforePaint(std::uint64_t first, std::uint64_t count) override;
    void paintLine(QPainter& painter, const QRect& box, std::uint64_t row) override;
    [[nodiscard]] int lineWidth(std::uint64_t row) const override;
    [[nodiscard]] ByteRange bytesOf(std::uint64_t row) const override;
    [[nodiscard]] std::uint64_t rowOf(ByteRange bytes) const override;
    void refresh() override;

private:
    [[nodiscard]] const formats::PickleOpcode* opcode(std::uint64_t row) const; // null: there is none
    mutable std::vector<formats::PickleOpcode> m_rows; // around what is on screen
    mutable std::uint64_t m_first = 0;
};

class ProgramList final : public ByteLines {
    Q_OBJECT
public:
    explicit ProgramList(ModelState& state, QWidget* parent = nullptr);
    [[nodiscard]] std::uint64_t rowCount() const override;
    [[nodiscard]] QString lineText(std::uint64_t row) const override;

protected:
    void paintLine(QPainter& painter, const QRect& box, std::uint64_t row) override;
    [[nodiscard]] int lineWidth(std::uint64_t row) const override;
    [[nodiscard]] ByteRange bytesOf(std::uint64_t row) const override;
    [[nodiscard]] std::uint64_t rowOf(ByteRange bytes) const override;
};

// A tree that folds: Left and Right, or a click on the sign in front of a row.
class ObjectList final : public ByteLines {
    Q_OBJECT
public:
    explicit ObjectList(ModelState& state, QWidget* parent = nullptr);
    [[nodiscard]] std::uint64_t rowCount() const override;
    [[nodiscard]] QString lineText(std::uint64_t row) const override;
    // The next row with these words behind the current one, around the end; opens what it lies in. False: none has.
    bool find(const QString& words, bool forward = true);
    [[nodiscard]] std::size_t matches(const QString& words) const;
    void foldAll(bool fold); // down to what the file makes; or open everything

protected:
    void paintLine(QPainter& painter, const QRect& box, std::uint64_t row) override;
    [[nodiscard]] int lineWidth(std::uint64_t row) const override;
    [[nodiscard]] ByteRange bytesOf(std::uint64_t row) const override;
    [[nodiscard]] std::uint64_t rowOf(ByteRange bytes) const override;
    void refresh() override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    [[nodiscard]] int indentOf(std::uint64_t row) const; // pixels
    [[nodiscard]] bool hasChildren(std::size_t node) const;
    [[nodiscard]] std::size_t parentOf(std::size_t node) const; // itself: it has none
    [[nodiscard]] std::uint64_t rowOfNode(std::size_t node) const; // of what it is folded into
    void fold(std::uint64_t row, bool fold);
    void choose(std::uint64_t row);
    void arrange();
    std::vector<std::uint32_t> m_rows; // nodes of the tree that are shown
    std::vector<bool> m_folded; // by node
    const Analysis* m_of = nullptr; // whose nodes they are
};

} // namespace cupel::widgets
