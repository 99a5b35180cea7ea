// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/findings/filter_field.h"

#include "widgets/common/buttons.h"
#include "widgets/common/icons.h"
#include "widgets/common/style.h"
#include "widgets/findings/candidate_list.h"

#include <QtCore/QPointer>
#include <QtCore/QSignalBlocker>
#include <QtGui/QInputMethodEvent>
#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QApplication>

#include <algorithm>
#include <set>

namespace cupel::widgets {

namespace {

constexpr int iconSize = 16;
constexpr int leftMargin = 26; // icon and gap
constexpr int clearSize = 24;
constexpr int maxQuery = 1000;

QTextCharFormat formatOf(QuerySpan::Kind kind)
{
    QTextCharFormat format;
    format.setFont(font(TextRole::Code)); // a format remembers the font that was there when it was first seen
    switch (kind) {
    case QuerySpan::Kind::Minus:
    case QuerySpan::Kind::Key:
        format.setForeground(color(Token::Accent));
        break;
    case QuerySpan::Kind::Operator:
        format.setForeground(color(Token::TextSecondary));
        break;
    case QuerySpan::Kind::Wrong:
        format.setUnderlineStyle(QTextCharFormat::DotLine);
        format.setUnderlineColor(color(Token::High));
        format.setForeground(color(Token::TextPrimary));
        break;
    case QuerySpan::Kind::Value:
    case QuerySpan::Kind::Word:
        format.setForeground(color(Token::TextPrimary));
        break;
    }
    return format;
}

} // namespace

FilterField::FilterField(ReviewState* state, QWidget* parent)
    : QLineEdit(parent)
    , m_state(state)
    , m_clear(new IconButton(QStringLiteral("x"), tr("Clear filter"), this))
{
    setMaxLength(maxQuery);
    setPlaceholderText(tr("Filter findings"));
    setAccessibleName(tr("Filter findings"));
    setToolTip(tr("Words, or keys such as sev>=high, rule:SEC*, cell:4, -part:output. Ctrl+Space shows what fits."));
    m_clear->setFixedSize(clearSize, clearSize);
    m_clear->setCursor(Qt::ArrowCursor);
    m_completer.setWidget(this);
    m_completer.setModel(&m_candidates);
    m_completer.setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_completer.setMaxVisibleItems(8);
    m_completer.setPopup(new CandidateList);
    m_completer.popup()->setItemDelegate(new CandidateDelegate(m_completer.popup())); // setPopup put its own there
    m_completer.popup()->installEventFilter(this);
    connect(m_clear, &IconButton::clicked, this, [this] {
        clear();
        Q_EMIT leave(); // what is typed next is no filter
    });
    connect(this, &QLineEdit::textChanged, this, [this](const QString& text) {
        if (m_state) {
            m_state->setQuery(text);
        }
        followState();
    });
    connect(this, &QLineEdit::textEdited, this, [this] { offer(false); });
    connect(&m_completer, QOverload<const QModelIndex&>::of(&QCompleter::activated), this, &FilterField::take);
    connect(state, &ReviewState::visibleChanged, this, &FilterField::followState);
    // The completer keeps its list, and the keys, when the focus goes elsewhere by a shortcut.
    const QPointer<QWidget> popup = m_completer.popup(); // gone before this is, and with it the focus
    connect(qApp, &QApplication::focusChanged, this, [this, popup](const QWidget*, const QWidget* now) {
        if (now != this && popup) {
            popup->hide();
        }
    });
    restyle();
    followState();
}

QSize FilterField::sizeHint() const
{
    return {QLineEdit::sizeHint().width(), std::max(32, lineHeight(TextRole::Code) + 12)};
}

void FilterField::restyle()
{
    const QFont wanted = cupel::widgets::font(TextRole::Code);
    if (font() != wanted) {
        setFont(wanted);
    }
    place();
    colour();
}

void FilterField::followState()
{
    if (!m_state) {
        return;
    }
    if (text() != m_state->query()) {
        const QSignalBlocker quiet(this);
        setText(m_state->query());
        setCursorPosition(0); // somebody else wrote it: shown from its beginning
    }
    const bool empty = text().isEmpty();
    m_clear->setVisible(!empty);
    const QueryProblem& problem = m_state->parsedQuery().problem();
    setAccessibleDescription(empty ? QString() : m_state->queryValid() ? m_state->queryEcho() : problem.text);
    setInvalid(this, !m_state->queryValid());
    colour();
    update();
}

// QLineEdit has no formats of its own; those of the input method are drawn without touching text or undo.
void FilterField::colour()
{
    if (!m_state || m_colouring || text() != m_state->query()) {
        return;
    }
    QList<QInputMethodEvent::Attribute> attributes;
    for (const QuerySpan& span : m_state->parsedQuery().spans()) {
        attributes.append(
            {QInputMethodEvent::TextFormat, span.start - cursorPosition(), span.length, formatOf(span.kind)});
    }
    m_colouring = true;
    QInputMethodEvent colours(QString(), attributes);
    QLineEdit::event(&colours);
    m_colouring = false;
}

void FilterField::place()
{
    setTextMargins(leftMargin, 0, iconSize + clearSize + 8, 0);
    const int gap = (height() - clearSize) / 2;
    const QRect box(width() - clearSize - gap, gap, clearSize, clearSize);
    m_clear->setGeometry(QStyle::visualRect(layoutDirection(), rect(), box));
}

void FilterField::resizeEvent(QResizeEvent* event)
{
    QLineEdit::resizeEvent(event);
    place();
}

bool FilterField::event(QEvent* event)
{
    // Shortcuts of single letters must not win over typing; Escape and Enter are handled here.
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    const bool handled = QLineEdit::event(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange) {
        restyle();
    }
    return handled;
}

bool FilterField::eventFilter(QObject* watched, QEvent* event)
{
    const bool press = watched == m_completer.popup() && event->type() == QEvent::KeyPress;
    const int key = press ? static_cast<QKeyEvent*>(event)->key() : 0;
    if ((key == Qt::Key_Return || key == Qt::Key_Enter) && !m_completer.popup()->currentIndex().isValid()) {
        m_completer.popup()->hide(); // none was chosen: what was typed is the filter
        Q_EMIT leave();
        return true;
    }
    if (key == Qt::Key_Tab) {
        const QModelIndex chosen = m_completer.popup()->currentIndex();
        const QModelIndex first = m_completer.completionModel()->index(0, 0);
        m_completer.popup()->hide();
        take(chosen.isValid() ? chosen : first);
        return true;
    }
    return QLineEdit::eventFilter(watched, event);
}

void FilterField::keyPressEvent(QKeyEvent* event)
{
    const bool popup = m_completer.popup()->isVisible();
    switch (event->key()) {
    case Qt::Key_Space:
        if (event->modifiers() == Qt::ControlModifier) {
            offer(true);
            return;
        }
        break;
    case Qt::Key_Down:
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!popup) {
            Q_EMIT leave();
            return;
        }
        break;
    case Qt::Key_Escape:
        if (popup) {
            m_completer.popup()->hide();
        } else if (text().isEmpty()) {
            Q_EMIT leave();
        } else {
            clear();
        }
        return;
    default:
        break;
    }
    QLineEdit::keyPressEvent(event);
}

void FilterField::paintEvent(QPaintEvent* event)
{
    QLineEdit::paintEvent(event);
    QPainter painter(this);
    const auto at = [this](int x) {
        const QRect box(x, (height() - iconSize) / 2, iconSize, iconSize);
        return QRectF(QStyle::visualRect(layoutDirection(), rect(), box));
    };
    paintIcon(painter, at(10), QStringLiteral("list-filter"));
    if (text().isEmpty() || !m_state) {
        return;
    }
    const bool valid = m_state->queryValid();
    paintIcon(painter, at(width() - clearSize - iconSize - 8),
        valid ? QStringLiteral("check") : QStringLiteral("circle-alert"), valid ? Token::Ok : Token::High);
}

QueryVocabulary FilterField::vocabulary() const
{
    std::set<std::string> rules;
    std::set<std::string> classes;
    QueryVocabulary words;
    for (const auto& [path, analysis] : m_state->workspace().analyses) {
        words.files << QString::fromStdString(path);
        for (const Finding& finding : analysis->findings) {
            rules.insert(finding.rule);
            if (!finding.cls.empty()) {
                classes.insert(finding.cls);
            }
        }
    }
    for (const std::string& rule : rules) {
        words.rules << QString::fromStdString(rule);
    }
    for (const std::string& cls : classes) {
        words.classes << QString::fromStdString(cls);
    }
    return words;
}

void FilterField::offer(bool all)
{
    if (!m_state) {
        return;
    }
    const int cursor = cursorPosition();
    const bool typing = cursor > 0 && !text()[cursor - 1].isSpace() && text()[cursor - 1] != u'-';
    m_candidates.clear();
    if (all || typing) {
        for (const QueryCompletion& completion : completeQuery(text(), cursor, vocabulary())) {
            auto* item = new QStandardItem(completion.text);
            item->setData(completion.note, CandidateList::NoteRole);
            item->setData(completion.start, CandidateList::StartRole);
            item->setData(completion.length, CandidateList::LengthRole);
            item->setData(
                completion.note.isEmpty() ? completion.text : completion.text + QStringLiteral(", ") + completion.note,
                Qt::AccessibleTextRole);
            m_candidates.appendRow(item);
        }
    }
    if (m_candidates.rowCount() == 0) {
        m_completer.popup()->hide();
        return;
    }
    m_completer.complete();
    m_completer.popup()->setCurrentIndex({});
}

void FilterField::take(const QModelIndex& candidate)
{
    if (!candidate.isValid()) {
        return;
    }
    const int start = candidate.data(CandidateList::StartRole).toInt();
    const int length = candidate.data(CandidateList::LengthRole).toInt();
    const QString word = candidate.data().toString();
    setSelection(start, length); // replaced as typing would, so that undo takes it back
    if (length == 0) {
        setCursorPosition(start);
    }
    insert(word);
    if (word.endsWith(u'=') || word.endsWith(u':')) {
        offer(true); // a key wants its value
    }
}

} // namespace cupel::widgets
