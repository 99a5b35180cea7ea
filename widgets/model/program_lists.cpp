// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/model/program_lists.h"

#include "widgets/common/icons.h"
#include "widgets/common/paint.h"
#include "widgets/common/severity.h"
#include "widgets/editor/code_spans.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QScopedValueRollback>
#include <QtGui/QKeyEvent>
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

// The whole opcode that begins there, with what it carries.
ByteRange opcodeBytes(const ModelReading& reading, std::uint64_t at)
{
    const auto bytes = reading.analysis->artifact.view();
    const auto row = formats::opcodeRow(bytes, *reading.pickle(), reading.opcodes, at);
    const auto found = formats::opcodesAt(bytes, *reading.pickle(), reading.opcodes, row, 1);
    return found.empty() ? ByteRange{at, at + 1} : ByteRange{found[0].at, found[0].end};
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
    return opcodeBytes(*reading(), reading()->pickle()->program[row].at);
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
    refresh();
}

void ObjectList::refresh()
{
    const auto* now = reading() ? reading()->analysis.get() : nullptr;
    if (m_of != now) {
        m_of = now;
        m_folded.assign(now && reading()->pickle() ? reading()->pickle()->tree.size() : 0, false);
    }
    arrange();
    ByteLines::refresh();
}

void ObjectList::arrange()
{
    m_rows.clear();
    if (!reading() || !reading()->pickle()) {
        return;
    }
    const auto& tree = reading()->pickle()->tree;
    std::uint64_t hidden = ~std::uint64_t{0}; // rows deeper than that
    for (std::uint32_t i = 0; i < tree.size(); ++i) {
        if (tree[i].depth > hidden) {
            continue;
        }
        hidden = i < m_folded.size() && m_folded[i] ? tree[i].depth : ~std::uint64_t{0};
        m_rows.push_back(i);
    }
}

std::uint64_t ObjectList::rowCount() const
{
    return m_rows.size();
}

QString ObjectList::lineText(std::uint64_t row) const
{
    return shown(reading()->pickle()->tree[m_rows[row]].text);
}

ByteRange ObjectList::bytesOf(std::uint64_t row) const
{
    return opcodeBytes(*reading(), reading()->pickle()->tree[m_rows[row]].at);
}

std::uint64_t ObjectList::rowOf(ByteRange bytes) const
{
    const auto& rows = reading()->pickle()->tree;
    const auto at = std::find_if(
        rows.begin(), rows.end(), [bytes](const formats::PickleTreeRow& one) { return bytes.contains(one.at); });
    return at == rows.end() ? currentRow() : rowOfNode(static_cast<std::size_t>(at - rows.begin()));
}

std::uint64_t ObjectList::rowOfNode(std::size_t node) const
{
    const auto at = std::upper_bound(m_rows.begin(), m_rows.end(), node);
    return at == m_rows.begin() ? 0 : static_cast<std::uint64_t>(at - m_rows.begin() - 1);
}

bool ObjectList::hasChildren(std::size_t node) const
{
    const auto& tree = reading()->pickle()->tree;
    return node + 1 < tree.size() && tree[node + 1].depth > tree[node].depth;
}

std::size_t ObjectList::parentOf(std::size_t node) const
{
    const auto& tree = reading()->pickle()->tree;
    for (auto i = node; i > 0; --i) {
        if (tree[i - 1].depth < tree[node].depth) {
            return i - 1;
        }
    }
    return node;
}

void ObjectList::fold(std::uint64_t row, bool fold)
{
    const auto node = m_rows[row];
    if (!hasChildren(node) || m_folded[node] == fold) {
        return;
    }
    m_folded[node] = fold;
    arrange();
    rowsChanged();
    showRow(rowOfNode(node));
    setAccessibleDescription(lineText(row) + (fold ? tr(", folded") : tr(", unfolded")));
}

void ObjectList::foldAll(bool fold)
{
    for (std::size_t i = 0; i < m_folded.size(); ++i) {
        m_folded[i] = fold && hasChildren(i);
    }
    const auto node = m_rows.empty() ? 0 : m_rows[currentRow()];
    arrange();
    rowsChanged();
    showRow(rowOfNode(node));
}

void ObjectList::choose(std::uint64_t row)
{
    showRow(row);
    Q_EMIT rowChosen(row);
}

std::size_t ObjectList::matches(const QString& words) const
{
    if (!reading() || !reading()->pickle() || words.isEmpty()) {
        return 0;
    }
    const auto& tree = reading()->pickle()->tree;
    return static_cast<std::size_t>(std::count_if(tree.begin(), tree.end(),
        [&](const formats::PickleTreeRow& one) { return shown(one.text).contains(words, Qt::CaseInsensitive); }));
}

bool ObjectList::find(const QString& words, bool forward)
{
    if (m_rows.empty() || words.isEmpty()) {
        return false;
    }
    const auto& tree = reading()->pickle()->tree;
    const std::size_t from = m_rows[currentRow()];
    for (std::size_t step = 1; step <= tree.size(); ++step) {
        const auto node = (from + (forward ? step : tree.size() - step)) % tree.size();
        if (!shown(tree[node].text).contains(words, Qt::CaseInsensitive)) {
            continue;
        }
        for (auto above = parentOf(node), below = node; above != below; below = above, above = parentOf(above)) {
            m_folded[above] = false;
        }
        arrange();
        rowsChanged();
        choose(rowOfNode(node));
        return true;
    }
    return false;
}

void ObjectList::keyPressEvent(QKeyEvent* event)
{
    const bool left = event->key() == Qt::Key_Left;
    if (m_rows.empty() || (!left && event->key() != Qt::Key_Right) || event->modifiers() != Qt::NoModifier) {
        ByteLines::keyPressEvent(event);
        return;
    }
    const auto node = m_rows[currentRow()];
    const bool open = hasChildren(node) && !m_folded[node];
    if (left && !open) {
        choose(rowOfNode(parentOf(node)));
    } else if (!left && open) {
        choose(currentRow() + 1);
    } else {
        fold(currentRow(), left);
    }
}

void ObjectList::mousePressEvent(QMouseEvent* event)
{
    ByteLines::mousePressEvent(event);
    const QRect box = m_rows.empty() ? QRect() : rowRect(currentRow());
    const int sign = box.left() + indentOf(currentRow());
    if (box.contains(event->pos()) && event->pos().x() < sign && event->pos().x() >= sign - 18) {
        fold(currentRow(), !m_folded[m_rows[currentRow()]]);
    }
}

int ObjectList::indentOf(std::uint64_t row) const
{
    constexpr std::uint32_t indent = 16;
    constexpr std::uint32_t deepest = 24; // levels that are drawn
    if (row >= m_rows.size()) {
        return 0;
    }
    return static_cast<int>(24 + std::min(reading()->pickle()->tree[m_rows[row]].depth, deepest) * indent);
}

int ObjectList::lineWidth(std::uint64_t row) const
{
    return indentOf(row) + digit() * static_cast<int>(lineText(row).size() + 1) + 8;
}

void ObjectList::paintLine(QPainter& painter, const QRect& box, std::uint64_t row)
{
    paintGround(painter, box, row);
    const auto node = m_rows[row];
    if (hasChildren(node)) {
        constexpr int size = 14;
        painter.save();
        paintIcon(painter, QRectF(box.left() + indentOf(row) - size - 3, box.center().y() - size / 2.0 + 1, size, size),
            m_folded[node] ? QStringLiteral("chevron-right") : QStringLiteral("chevron-down"));
        painter.restore();
    }
    const QRect place = box.adjusted(indentOf(row), 0, -8, 0);
    paintCode(painter, place, lineText(row));
}

} // namespace cupel::widgets
