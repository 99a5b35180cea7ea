// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/model/program_lists.h"

#include "widgets/common/severity.h"
#include "widgets/editor/code_spans.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QScopedValueRollback>
#include <QtGui/QPainter>

#include <algorithm>

namespace cupel::widgets {

namespace {

constexpr int bar = 3;
constexpr int glyph = 14;

QString text(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

void paintText(
    QPainter& painter, const QRect& box, const QString& words, Token token, Qt::TextElideMode mode = Qt::ElideRight)
{
    painter.setPen(color(token));
    painter.drawText(box, Qt::AlignVCenter | Qt::AlignLeft, painter.fontMetrics().elidedText(words, mode, box.width()));
}

// Source text in colours, cut at the right.
void paintCode(QPainter& painter, const QRect& box, const QString& code)
{
    const QString shown = painter.fontMetrics().elidedText(code, Qt::ElideRight, box.width());
    const auto spans = codeSpans(shown, Language::Python);
    int at = 0;
    int x = box.left();
    const auto put = [&](int end, Ink ink) {
        const QString part = shown.mid(at, end - at);
        painter.setPen(color(ink));
        painter.drawText(
            QRect(x, box.top(), box.right() - x + 1, box.height()), Qt::AlignVCenter | Qt::AlignLeft, part);
        x += painter.fontMetrics().horizontalAdvance(part);
        at = end;
    };
    for (const Span& span : spans) {
        if (span.start > at) {
            put(span.start, Ink::Primary);
        }
        put(span.start + span.length, span.ink);
    }
    put(static_cast<int>(shown.size()), Ink::Primary);
}

} // namespace

ByteLines::ByteLines(ModelState& state, QWidget* parent)
    : LineList(parent)
    , m_state(state)
{
    connect(&state, &ModelState::readingChanged, this, [this] {
        refresh();
        rowsChanged();
        follow();
    });
    connect(&state, &ModelState::otherShown, this, &ByteLines::toStart);
    connect(&state, &ModelState::selectionChanged, this, &ByteLines::follow);
    connect(this, &LineList::rowChosen, this, [this](std::uint64_t row) {
        const QScopedValueRollback<bool> guard(m_choosing, true);
        Q_EMIT m_state.chosen(bytesOf(row));
    });
}

void ByteLines::refresh()
{
    viewport()->update();
}

void ByteLines::follow()
{
    if (!m_choosing && reading() && rowCount() > 0 && !m_state.selection().empty()) {
        showRow(rowOf(m_state.selection()));
    }
    viewport()->update();
}

QString ByteLines::shown(const formats::ShownText& one) const
{
    return shownText(formats::withoutSensitive(one, reading()->analysis->sensitive));
}

const ModelMark* ByteLines::paintGround(QPainter& painter, const QRect& box, std::uint64_t row)
{
    const ByteRange bytes = bytesOf(row);
    const auto* mark = reading()->markAt(bytes);
    if (row == currentRow() && m_state.selection().overlaps(bytes)) {
        painter.fillRect(box, color(Token::Selection));
    } else if (m_state.selection().overlaps(bytes)) {
        painter.fillRect(box, color(Token::Third));
    }
    if (mark) {
        painter.fillRect(QRect(box.left(), box.top(), bar, box.height()), color(token(mark->severity)));
    }
    return mark;
}

int ByteLines::digit() const
{
    return QFontMetrics(widgets::font(textRole())).horizontalAdvance(u'0');
}

// Opcodes

OpcodeList::OpcodeList(ModelState& state, QWidget* parent)
    : ByteLines(state, parent)
{
    setAccessibleName(tr("Disassembly"));
}

void OpcodeList::refresh()
{
    m_rows.clear();
    ByteLines::refresh();
}

std::uint64_t OpcodeList::rowCount() const
{
    return reading() ? reading()->opcodes.rows : 0;
}

const formats::PickleOpcode* OpcodeList::opcode(std::uint64_t row) const
{
    if (row < m_first || row >= m_first + m_rows.size()) {
        constexpr std::uint64_t around = 64;
        m_first = row - std::min(row, around);
        m_rows = formats::opcodesAt(reading()->analysis->artifact.view(), *reading()->pickle(), reading()->opcodes,
            m_first, 2 * around + pageRows());
    }
    const auto at = row - m_first;
    return at < m_rows.size() ? &m_rows[at] : nullptr;
}

void OpcodeList::beforePaint(std::uint64_t first, std::uint64_t count)
{
    if (count > 0 && (!opcode(first) || !opcode(first + count - 1))) {
        m_rows.clear();
    }
}

QString OpcodeList::lineText(std::uint64_t row) const
{
    const auto* one = opcode(row);
    return one ? offsetText(one->at) + u' ' + text(one->name) + u' ' + shown(one->argument) : QString();
}

ByteRange OpcodeList::bytesOf(std::uint64_t row) const
{
    const auto* one = opcode(row);
    return one ? ByteRange{one->at, one->end} : ByteRange{};
}

std::uint64_t OpcodeList::rowOf(ByteRange bytes) const
{
    return formats::opcodeRow(
        reading()->analysis->artifact.view(), *reading()->pickle(), reading()->opcodes, bytes.start);
}

int OpcodeList::lineWidth(std::uint64_t row) const
{
    const auto* one = opcode(row);
    const auto letters = one ? 26 + shown(one->argument).size() + 1 : 0;
    return 12 + 22 + digit() * static_cast<int>(letters) + 8;
}

void OpcodeList::paintLine(QPainter& painter, const QRect& box, std::uint64_t row)
{
    const auto* one = opcode(row);
    if (!one) {
        return;
    }
    const auto* mark = paintGround(painter, box, row);
    const int digit = painter.fontMetrics().horizontalAdvance(u'0');
    QRect place(box.left() + 12, box.top(), digit * 9, box.height());
    paintText(painter, place, offsetText(one->at), Token::TextMuted);
    place = QRect(place.right() + 1, box.top(), 22, box.height());
    if (mark) {
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        paintSeverity(painter, QRectF(place.left() + 2, box.center().y() - glyph / 2.0, glyph, glyph), mark->severity);
        painter.restore();
    }
    place = QRect(place.right() + 1, box.top(), digit * 17, box.height());
    const bool acts = one->name == "REDUCE" || one->name == "GLOBAL" || one->name == "STACK_GLOBAL"
        || one->name == "INST" || one->name == "OBJ" || one->name == "NEWOBJ" || one->name == "NEWOBJ_EX"
        || one->name == "BUILD";
    paintText(painter, place, text(one->name), acts ? Token::CodeKeyword : Token::TextPrimary);
    place = QRect(place.right() + 1, box.top(), std::max(0, box.right() - place.right() - 8), box.height());
    paintText(painter, place, shown(one->argument),
        one->argument.quotes.empty() ? Token::CodeNumber : Token::CodeString, Qt::ElideMiddle);
}

// The program

ProgramList::ProgramList(ModelState& state, QWidget* parent)
    : ByteLines(state, parent)
{
    setAccessibleName(tr("What loading does"));
}

std::uint64_t ProgramList::rowCount() const
{
    return reading() && reading()->pickle() ? reading()->pickle()->program.size() : 0;
}

QString ProgramList::lineText(std::uint64_t row) const
{
    return shown(reading()->pickle()->program[row].text);
}

ByteRange ProgramList::bytesOf(std::uint64_t row) const
{
    const auto& lines = reading()->pickle()->program;
    const auto at = lines[row].at;
    const auto& index = reading()->opcodes;
    const auto opcode = formats::opcodeRow(reading()->analysis->artifact.view(), *reading()->pickle(), index, at);
    const auto found = formats::opcodesAt(reading()->analysis->artifact.view(), *reading()->pickle(), index, opcode, 1);
    return found.empty() ? ByteRange{at, at + 1} : ByteRange{found[0].at, found[0].end};
}

// The line that the opcode has a part in: the next thing that is done from there on.
std::uint64_t ProgramList::rowOf(ByteRange bytes) const
{
    const auto& lines = reading()->pickle()->program;
    const auto at = std::find_if(
        lines.begin(), lines.end(), [bytes](const formats::PickleLine& line) { return line.at >= bytes.start; });
    return static_cast<std::uint64_t>(
        at == lines.end() ? lines.size() - 1 : static_cast<std::size_t>(at - lines.begin()));
}

int ProgramList::lineWidth(std::uint64_t row) const
{
    return 8 + 4 + 20 + 4 + digit() * static_cast<int>(5 + lineText(row).size() + 1) + 12;
}

void ProgramList::paintLine(QPainter& painter, const QRect& box, std::uint64_t row)
{
    const auto* mark = paintGround(painter, box, row);
    const int digit = painter.fontMetrics().horizontalAdvance(u'0');
    const QRect number(box.left() + 8, box.top(), digit * 5, box.height());
    painter.setPen(color(Token::TextMuted));
    painter.drawText(number, Qt::AlignVCenter | Qt::AlignRight, QString::number(row + 1));
    const QRect sign(number.right() + 4, box.top(), 20, box.height());
    if (mark) {
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        paintSeverity(painter, QRectF(sign.left() + 2, box.center().y() - glyph / 2.0, glyph, glyph), mark->severity);
        painter.restore();
    }
    paintCode(painter, QRect(sign.right() + 4, box.top(), std::max(0, box.right() - sign.right() - 12), box.height()),
        lineText(row));
}

// What it makes

ObjectList::ObjectList(ModelState& state, QWidget* parent)
    : ByteLines(state, parent)
{
    setAccessibleName(tr("Objects"));
}

std::uint64_t ObjectList::rowCount() const
{
    return reading() && reading()->pickle() ? reading()->pickle()->tree.size() : 0;
}

QString ObjectList::lineText(std::uint64_t row) const
{
    return shown(reading()->pickle()->tree[row].text);
}

ByteRange ObjectList::bytesOf(std::uint64_t row) const
{
    const auto at = reading()->pickle()->tree[row].at;
    return {at, at + 1};
}

std::uint64_t ObjectList::rowOf(ByteRange bytes) const
{
    const auto& rows = reading()->pickle()->tree;
    const auto at = std::find_if(
        rows.begin(), rows.end(), [bytes](const formats::PickleTreeRow& one) { return bytes.contains(one.at); });
    return at == rows.end() ? currentRow() : static_cast<std::uint64_t>(at - rows.begin());
}

int ObjectList::indentOf(std::uint64_t row) const
{
    constexpr std::uint32_t indent = 16;
    constexpr std::uint32_t deepest = 24; // levels that are drawn
    return static_cast<int>(16 + std::min(reading()->pickle()->tree[row].depth, deepest) * indent);
}

int ObjectList::lineWidth(std::uint64_t row) const
{
    return indentOf(row) + digit() * static_cast<int>(lineText(row).size() + 1) + 8;
}

void ObjectList::paintLine(QPainter& painter, const QRect& box, std::uint64_t row)
{
    paintGround(painter, box, row);
    const QRect place = box.adjusted(indentOf(row), 0, -8, 0);
    paintCode(painter, place, lineText(row));
}

} // namespace cupel::widgets
