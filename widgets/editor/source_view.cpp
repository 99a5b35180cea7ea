// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/editor/source_view.h"

#include "widgets/common/buttons.h"
#include "widgets/common/labels.h"
#include "widgets/common/paint.h"
#include "widgets/common/severity.h"
#include "widgets/common/theme.h"

// Its header needs the two Qt keywords that this project switches off.
#define signals Q_SIGNALS
#define slots Q_SLOTS
#include <Qsci/qsciscintilla.h>
#include <Qsci/qscistyledtext.h>
#undef signals
#undef slots

#include <QtCore/QEvent>
#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace cupel::widgets {

namespace {

constexpr int firstStyle = 1; // style numbers are firstStyle + Ink
constexpr qsizetype longestLine = 4'000; // Scintilla lays a line out as a whole: 5 MB take seconds
constexpr int numberMargin = 0;
constexpr int foldMargin = 1;
constexpr int textLeft = 51;

// Scintilla wants COLORREF: blue, green, red.
long colorRef(const QColor& color)
{
    return color.red() | (color.green() << 8) | (color.blue() << 16);
}

QString cutLongLines(const QString& text)
{
    QString result;
    result.reserve(text.size());
    for (qsizetype at = 0; at <= text.size();) {
        auto end = text.indexOf(u'\n', at);
        end = end < 0 ? text.size() : end;
        result += QStringView(text).mid(at, std::min(end - at, longestLine));
        if (end - at > longestLine) {
            result +=
                QStringLiteral(" \u2026 ") + SourceView::tr("characters left out: %1").arg(end - at - longestLine);
        }
        if (end < text.size()) {
            result += u'\n';
        }
        at = end + 1;
    }
    return result;
}

Ink inkOf(Severity severity)
{
    switch (severity) {
    case Severity::Critical:
    case Severity::High:
        return Ink::Red;
    case Severity::Medium:
        return Ink::Yellow;
    case Severity::Low:
        return Ink::Blue;
    case Severity::Info:
        break;
    }
    return Ink::Secondary;
}

} // namespace

SourceView::SourceView(QWidget* parent)
    : QWidget(parent)
    , m_editor(new QsciScintilla(this))
    , m_findBar(new QWidget(this))
    , m_findText(new QLineEdit(m_findBar))
    , m_findState(new Label({}, TextRole::Small, Token::TextMuted, false, m_findBar))
    , m_nature(
          new Label(tr("Read-only. / or Ctrl+F finds, Esc leaves"), TextRole::Caption, Token::TextMuted, false, this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(2, 8, 2, 8); // as the box below it has its text
    layout->setSpacing(0);
    layout->addWidget(m_editor, 1);
    layout->addWidget(m_findBar);
    layout->addWidget(m_nature);
    m_nature->setContentsMargins(textLeft, 4, 8, 0);
    setFocusProxy(m_editor);
    setUpEditor();
    setUpFindBar();
    restyle();
}

void SourceView::setUpEditor()
{
    m_editor->setUtf8(true);
    m_editor->setReadOnly(true);
    m_editor->setFrameShape(QFrame::NoFrame);
    m_editor->setWrapMode(QsciScintilla::WrapCharacter);
    m_editor->setMarginLineNumbers(numberMargin, true);
    m_editor->setFolding(QsciScintilla::PlainFoldStyle, foldMargin);
    m_editor->setAccessibleName(tr("Source of the cell, read-only"));
    m_editor->SendScintilla(QsciScintilla::SCI_SETLEXER, QsciScintilla::SCLEX_CONTAINER);
    m_editor->SendScintilla(QsciScintilla::SCI_SETCARETSTICKY, 1);
    // The wheel belongs to the page unless the text is taller than the editor; Ctrl+wheel is the application's zoom.
    m_editor->SendScintilla(
        QsciScintilla::SCI_CLEARCMDKEY, long(QsciScintilla::SCK_ADD) + (long(QsciScintilla::SCMOD_CTRL) << 16));
    m_editor->SendScintilla(
        QsciScintilla::SCI_CLEARCMDKEY, long(QsciScintilla::SCK_SUBTRACT) + (long(QsciScintilla::SCMOD_CTRL) << 16));
    m_editor->installEventFilter(this);
}

void SourceView::setUpFindBar()
{
    auto* row = new QHBoxLayout(m_findBar);
    row->setContentsMargins(8, 4, 8, 4);
    row->setSpacing(8);
    m_findText->setPlaceholderText(tr("Find in this cell"));
    m_findText->setAccessibleName(tr("Find in this cell"));
    auto* previous = new IconButton(QStringLiteral("chevron-up"), tr("Previous match"), m_findBar);
    auto* next = new IconButton(QStringLiteral("chevron-down"), tr("Next match"), m_findBar);
    auto* close = new IconButton(QStringLiteral("x"), tr("Close the find bar"), m_findBar);
    row->addWidget(m_findText, 1);
    row->addWidget(m_findState);
    row->addWidget(previous);
    row->addWidget(next);
    row->addWidget(close);
    m_findBar->hide();
    m_findText->installEventFilter(this);
    connect(m_findText, &QLineEdit::textChanged, this, [this] {
        m_editor->setCursorPosition(0, 0);
        find(true);
    });
    connect(m_findText, &QLineEdit::returnPressed, this, [this] { find(true); });
    connect(previous, &QToolButton::clicked, this, [this] { find(false); });
    connect(next, &QToolButton::clicked, this, [this] { find(true); });
    connect(close, &QToolButton::clicked, this, &SourceView::closeFind);
}

void SourceView::restyle()
{
    const auto paper = color(Token::Window);
    const auto code = widgets::font(TextRole::Code);
    m_editor->setFont(code);
    m_editor->setPaper(paper);
    m_editor->setColor(color(Token::TextPrimary));
    m_editor->SendScintilla(QsciScintilla::SCI_STYLECLEARALL);
    for (int ink = 0; ink <= static_cast<int>(Ink::Cyan); ++ink) {
        m_editor->SendScintilla(QsciScintilla::SCI_STYLESETFORE, static_cast<unsigned long>(firstStyle + ink),
            colorRef(color(static_cast<Ink>(ink))));
    }
    m_editor->setMarginsFont(widgets::font(TextRole::Caption));
    m_editor->setMarginsBackgroundColor(paper);
    m_editor->setMarginsForegroundColor(color(Token::TextMuted));
    m_editor->setFoldMarginColors(paper, paper);
    m_editor->setCaretForegroundColor(color(Token::Accent));
    m_editor->setCaretWidth(2);
    m_editor->setSelectionBackgroundColor(color(Token::Selection));
    m_editor->setSelectionForegroundColor(color(Token::TextPrimary));
    const auto extra = std::max(0, lineHeight(TextRole::Code) - QFontMetrics(code).height());
    m_editor->setExtraAscent(extra / 2);
    m_editor->setExtraDescent(extra - extra / 2);
}

void SourceView::setSource(const QString& masked, Language language)
{
    m_language = language;
    const auto text = cutLongLines(masked);
    m_editor->clearAnnotations();
    m_editor->setAccessibleDescription({});
    m_editor->setReadOnly(false);
    m_editor->setWrapMode(QsciScintilla::WrapNone); // not line by line while the text comes in
    m_editor->setText(text);
    m_editor->setWrapMode(QsciScintilla::WrapCharacter);
    m_editor->setReadOnly(true);
    const auto digits = std::max<qsizetype>(2, QString::number(m_editor->lines()).size());
    m_editor->setMarginWidth(numberMargin, QString(digits + 1, u'0'));
    // The text begins where the cell's does.
    m_editor->setMarginWidth(foldMargin, std::max(14, textLeft - m_editor->marginWidth(numberMargin)));
    m_findBar->hide();
    colour(text, language);
    foldByIndent(text);
    m_editor->setCursorPosition(0, 0);
}

void SourceView::setNotes(const std::vector<Note>& notes)
{
    m_editor->clearAnnotations();
    m_editor->setAnnotationDisplay(QsciScintilla::AnnotationBoxed);
    QStringList spoken; // what stands under the lines is no text of the editor
    for (std::size_t i = 0; i < notes.size();) {
        const int line = notes[i].line;
        QList<QsciStyledText> words;
        for (; i < notes.size() && notes[i].line == line; ++i) {
            const QString more = words.isEmpty() ? QString() : QStringLiteral("\n");
            const QString note = word(notes[i].severity) + QStringLiteral(": ") + notes[i].title;
            words += QsciStyledText(more + note, firstStyle + static_cast<int>(inkOf(notes[i].severity)));
            spoken += tr("Line %1: %2").arg(line + 1).arg(note);
        }
        m_editor->annotate(line, words);
    }
    m_editor->setAccessibleDescription(spoken.join(u'\n'));
}

void SourceView::goTo(const Note& note)
{
    m_editor->setCursorPosition(note.line, 0);
    m_editor->ensureLineVisible(note.line);
}

void SourceView::setSubject(const QString& name)
{
    m_editor->setAccessibleName(name);
}

void SourceView::clear()
{
    setSource({}, m_language);
}

QString SourceView::source() const
{
    return m_editor->text();
}

QString SourceView::selectedText() const
{
    return m_editor->selectedText();
}

void SourceView::colour(const QString& text, Language language)
{
    // One style for every UTF-8 byte.
    QByteArray styles;
    styles.reserve(text.size());
    int at = 0;
    const auto run = [&](int end, Ink ink) {
        if (end > at) {
            const auto bytes = QStringView(text).mid(at, end - at).toUtf8().size();
            styles.append(bytes, static_cast<char>(firstStyle + static_cast<int>(ink)));
            at = end;
        }
    };
    for (const auto& span : codeSpans(text, language)) {
        run(span.start, Ink::Primary);
        run(span.start + span.length, span.ink);
    }
    run(static_cast<int>(text.size()), Ink::Primary);
    m_editor->SendScintilla(QsciScintilla::SCI_STARTSTYLING, 0UL, 0L);
    m_editor->SendScintilla(
        QsciScintilla::SCI_SETSTYLINGEX, static_cast<unsigned long>(styles.size()), styles.constData());
}

void SourceView::foldByIndent(const QString& text)
{
    constexpr std::ptrdiff_t deepest = 200;
    const auto lines = QStringView(text).split(u'\n');
    int next = 0; // indent of the next line that is not blank
    for (auto line = lines.size() - 1; line >= 0; --line) {
        const auto letter = std::find_if(lines[line].begin(), lines[line].end(), [](QChar c) { return !c.isSpace(); });
        const bool blank = letter == lines[line].end();
        const auto indent =
            blank ? next : static_cast<int>(std::min<std::ptrdiff_t>(letter - lines[line].begin(), deepest));
        int level = QsciScintilla::SC_FOLDLEVELBASE + indent;
        if (blank) {
            level |= QsciScintilla::SC_FOLDLEVELWHITEFLAG;
        } else if (next > indent) {
            level |= QsciScintilla::SC_FOLDLEVELHEADERFLAG;
        }
        m_editor->SendScintilla(
            QsciScintilla::SCI_SETFOLDLEVEL, static_cast<unsigned long>(line), static_cast<long>(level));
        next = indent;
    }
}

int SourceView::wantedHeight() const
{
    constexpr int fewLines = 200; // of more the wrapped rows need not be counted: they fill a screen anyway
    const auto lines = m_editor->lines();
    long rows = lines;
    if (lines <= fewLines) {
        rows = 0;
        for (int line = 0; line < lines; ++line) {
            rows += m_editor->SendScintilla(QsciScintilla::SCI_WRAPCOUNT, static_cast<unsigned long>(line));
        }
    }
    const auto margins = layout()->contentsMargins();
    const auto bar = m_findBar->isHidden() ? 0 : m_findBar->sizeHint().height();
    return static_cast<int>(rows) * m_editor->textHeight(0) + margins.top() + margins.bottom() + bar
        + m_nature->sizeHint().height();
}

void SourceView::closeFind()
{
    m_findBar->hide();
    m_editor->setFocus();
    Q_EMIT heightWanted();
}

void SourceView::openFind()
{
    m_findBar->show();
    Q_EMIT heightWanted();
    m_findText->setFocus(Qt::ShortcutFocusReason);
    m_findText->selectAll();
}

void SourceView::find(bool forward)
{
    const auto text = m_findText->text();
    if (text.isEmpty()) {
        m_findState->setText({});
        return;
    }
    if (!forward) {
        int fromLine = 0;
        int fromIndex = 0;
        int toLine = 0;
        int toIndex = 0;
        m_editor->getSelection(&fromLine, &fromIndex, &toLine, &toIndex);
        m_editor->setCursorPosition(std::max(fromLine, 0), std::max(fromIndex, 0));
    }
    const bool found = m_editor->findFirst(text, false, false, false, true, forward);
    m_findState->setText(found ? QString() : tr("No match"));
}

bool SourceView::editorKey(int key, Qt::KeyboardModifiers modifiers)
{
    // Nothing can be typed, so "/" is as free as it is everywhere else; some keyboards have it above a digit.
    const bool plain = (modifiers & ~Qt::ShiftModifier) == Qt::NoModifier;
    if ((key == Qt::Key_F && modifiers == Qt::ControlModifier) || (key == Qt::Key_Slash && plain)) {
        openFind();
        return true;
    }
    if (key == Qt::Key_Escape) {
        if (m_findBar->isVisible()) {
            closeFind();
        } else {
            Q_EMIT closed();
        }
        return true;
    }
    // Tab must leave the editor: it is read-only, a trap would help nobody.
    if (key == Qt::Key_Tab || key == Qt::Key_Backtab) {
        return focusNextPrevChild(key == Qt::Key_Tab);
    }
    return false;
}

bool SourceView::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const auto modifiers = key->modifiers() & ~Qt::KeypadModifier;
        if (event->type() == QEvent::ShortcutOverride) {
            // Single-key shortcuts of the window do not reach into an editor; the function keys do, help among them.
            if (key->key() >= Qt::Key_F1 && key->key() <= Qt::Key_F35) {
                return QWidget::eventFilter(watched, event);
            }
            if (key->key() == Qt::Key_Escape || (key->key() == Qt::Key_F && modifiers == Qt::ControlModifier)
                || modifiers == Qt::NoModifier || modifiers == Qt::ShiftModifier) {
                event->accept();
                return true;
            }
        } else if ((watched == m_editor || key->key() == Qt::Key_Escape) && editorKey(key->key(), modifiers)) {
            return true;
        }
    }
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) {
        update(); // its frame says who has the keyboard
    }
    return QWidget::eventFilter(watched, event);
}

void SourceView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        restyle();
    }
    QWidget::changeEvent(event);
}

void SourceView::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.fillRect(rect(), color(Token::Surface));
    const bool focused = m_editor->hasFocus() || m_findText->hasFocus();
    paintBox(painter, QRectF(rect()), radius::control, color(Token::Window),
        color(focused ? Token::Accent : Token::ControlBorder));
}

} // namespace cupel::widgets
