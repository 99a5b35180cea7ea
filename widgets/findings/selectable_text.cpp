// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/findings/selectable_text.h"

#include "widgets/common/turn_queue.h"

#include <QtCore/QTimer>
#include <QtGui/QTextBlock>
#include <QtGui/QTextCursor>
#include <QtGui/QTextDocument>
#include <QtGui/QWheelEvent>

#include <algorithm>
#include <cmath>
#include <utility>

namespace cupel::widgets {

SelectableText::SelectableText(TextRole role, Token color, bool strong, QWidget* parent)
    : QTextEdit(parent)
    , m_role(role)
    , m_color(color)
    , m_strong(strong)
{
    setReadOnly(true);
    setAcceptRichText(false);
    setUndoRedoEnabled(false);
    setFrameShape(NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setFocusPolicy(Qt::ClickFocus); // a stop per paragraph would make Tab useless
    setAcceptDrops(false);
    viewport()->setAutoFillBackground(false);
    document()->setDocumentMargin(0);
    // Not Minimum: a hint for a width of before would hold the page up, its height for the width of now counts.
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    restyle();
}

void SelectableText::setText(const QString& text)
{
    if (text == toPlainText()) {
        return;
    }
    setPlainText(text);
    restyle();
}

void SelectableText::remeasure()
{
    m_measured.clear();
    updateGeometry();
}

// No layout changes by it.
void SelectableText::recolor()
{
    const QColor ink = color(m_color);
    if (palette().color(QPalette::Text) != ink) {
        QPalette own;
        own.setColor(QPalette::Text, ink);
        setPalette(own);
    }
}

void SelectableText::restyle()
{
    const QFont wanted = cupel::widgets::font(m_role, m_strong);
    if (font() != wanted) {
        setFont(wanted);
    }
    if (document()->defaultFont() != wanted) { // it lays out again whether or not the font is another
        document()->setDefaultFont(wanted);
    }
    recolor();
    const int wantedHeight = lineHeight(m_role);
    for (auto block = document()->firstBlock(); block.isValid(); block = block.next()) {
        const auto format = block.blockFormat(); // to set it lays out again, the same or not
        if (format.lineHeightType() != QTextBlockFormat::FixedHeight || format.lineHeight() != wantedHeight) {
            QTextCursor cursor(document());
            cursor.select(QTextCursor::Document);
            QTextBlockFormat all;
            all.setLineHeight(wantedHeight, QTextBlockFormat::FixedHeight);
            cursor.mergeBlockFormat(all);
            break;
        }
    }
    m_measured.clear();
    updateGeometry();
}

int SelectableText::heightForWidth(int width) const
{
    if (document()->isEmpty()) {
        return lineHeight(m_role);
    }
    // Layouts ask again and again for the same few widths.
    const auto known =
        std::find_if(m_measured.begin(), m_measured.end(), [width](const auto& entry) { return entry.first == width; });
    if (known != m_measured.end()) {
        return known->second;
    }
    // A page has dozens of texts, and one letter of a script that no font here knows makes Qt try every font.
    auto& turns = TurnQueue::instance();
    if (turns.full()) {
        turns.post(const_cast<SelectableText*>(this), [this] { const_cast<SelectableText*>(this)->catchUp(); });
        const auto perLine = std::max(1, width / std::max(1, lineHeight(m_role) / 3));
        return lineHeight(m_role) * (document()->blockCount() + document()->characterCount() / perLine);
    }
    int height = 0;
    turns.spend([&] { height = measure(width); });
    return height;
}

int SelectableText::measure(int width) const
{
    // Not all of them are used in the end: what is on screen must not change by being measured.
    const qreal shown = document()->textWidth();
    document()->setTextWidth(width);
    const auto height = static_cast<int>(std::ceil(document()->size().height()));
    document()->setTextWidth(shown);
    constexpr std::size_t mostWidths = 8;
    if (m_measured.size() >= mostWidths) {
        m_measured.erase(m_measured.begin());
    }
    m_measured.emplace_back(width, height);
    return height;
}

QSize SelectableText::sizeHint() const
{
    const int wide = width() > 0 ? width() : 200;
    return {wide, heightForWidth(wide)};
}

QSize SelectableText::minimumSizeHint() const
{
    return {24, lineHeight(m_role)};
}

bool SelectableText::event(QEvent* event)
{
    const bool handled = QTextEdit::event(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::Polish) {
        m_measured.clear();
        updateGeometry(); // layouts keep what they were told before
    }
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange) {
        recolor();
        // Another size: when it has come to rest. Who makes the text larger presses the key several times, and pages
        // are made anew then.
        const auto soon = [this] { TurnQueue::instance().post(this, [this] { catchUp(); }); };
        if (font() == cupel::widgets::font(m_role, m_strong)) {
            soon();
        } else if (!std::exchange(m_stale, true)) {
            QTimer::singleShot(120, this, soon);
        }
    }
    return handled;
}

void SelectableText::catchUp()
{
    if (std::exchange(m_stale, false)) {
        restyle();
    }
    m_measured.clear();
    updateGeometry(); // the layout asks again, and now gets what is true
}

// A scroll bar that appears beside the page makes it narrower after it was measured, the first layout makes it wider:
// what was hinted for the old width is too low or too high then.
void SelectableText::resizeEvent(QResizeEvent* event)
{
    QTextEdit::resizeEvent(event);
    if (event->oldSize().width() != width() || height() < heightForWidth(width())) {
        m_measured.clear(); // the view lays the document out for itself, also in the middle of measuring
        updateGeometry();
    }
}

void SelectableText::focusOutEvent(QFocusEvent* event)
{
    QTextEdit::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason && event->reason() != Qt::ActiveWindowFocusReason) {
        QTextCursor cursor = textCursor();
        cursor.clearSelection(); // one selection on the page, as in a document
        setTextCursor(cursor);
    }
}

// There is nothing to scroll inside: the page around moves.
void SelectableText::wheelEvent(QWheelEvent* event)
{
    event->ignore();
}

} // namespace cupel::widgets
