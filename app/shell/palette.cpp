// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/palette.h"

#include "app/shell/palette_model.h"
#include "widgets/common/buttons.h"
#include "widgets/common/icons.h"
#include "widgets/common/labels.h"
#include "widgets/common/paint.h"
#include "widgets/common/theme.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QLocale>
#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListView>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace cupel::app {

using widgets::TextRole;
using widgets::Token;

namespace {

constexpr int ring = 4; // translucent, around the panel
constexpr int queryHeight = 56;
constexpr int footHeight = 36;
constexpr int topMargin = 88;

// The magnifier before the query.
class SearchSign : public QWidget {
public:
    explicit SearchSign(QWidget* parent)
        : QWidget(parent)
    {
        setFixedSize(20, 20);
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        widgets::paintIcon(painter, rect(), QStringLiteral("search"), Token::Accent);
    }
};

QWidget* makeFoot(QWidget* parent)
{
    auto* foot = new QWidget(parent);
    foot->setFixedHeight(footHeight);
    auto* row = new QHBoxLayout(foot);
    row->setContentsMargins(16, 0, 16, 0);
    row->setSpacing(6);
    const auto pair = [foot, row](const QString& key, const QString& text) {
        row->addWidget(new widgets::KeyCap(key, foot));
        row->addWidget(new widgets::Label(text, TextRole::Small, Token::TextSecondary, false, foot));
        row->addSpacing(8);
    };
    pair(QStringLiteral(">"), Palette::tr("commands"));
    pair(QStringLiteral("@"), Palette::tr("findings"));
    pair(QStringLiteral("#"), Palette::tr("cells"));
    pair(QStringLiteral(":"), Palette::tr("line"));
    row->addStretch(1);
    pair(Palette::tr("Enter"), Palette::tr("run"));
    pair(Palette::tr("Esc"), Palette::tr("close"));
    return foot;
}

} // namespace

Scrim::Scrim(QWidget* parent)
    : QWidget(parent)
{
    hide();
}

void Scrim::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const bool dark = widgets::isDark(widgets::currentTheme());
    QColor veil = dark ? QColor(Qt::black) : widgets::color(Token::TextPrimary, widgets::ThemeName::Light);
    veil.setAlphaF(dark ? 0.56F : 0.36F);
    painter.fillRect(rect(), veil);
}

void Scrim::mousePressEvent(QMouseEvent*)
{
    Q_EMIT clicked();
}

Palette::Palette(QWidget* window, std::function<void(PaletteIndex&)> fill)
    : QFrame(window)
    , m_fill(std::move(fill))
    , m_model(new PaletteModel(m_index, this))
    , m_scrim(new Scrim(window))
    , m_input(new QLineEdit(this))
    , m_list(new QListView(this))
    , m_info(new widgets::Label({}, TextRole::Small, Token::TextSecondary, false, this))
    , m_none(new widgets::Label({}, TextRole::Base, Token::TextSecondary, false, this))
{
    hide();
    setAccessibleName(tr("Command palette"));
    layOut();
    m_input->installEventFilter(this);
    window->installEventFilter(this);
    connect(m_input, &QLineEdit::textChanged, this, &Palette::search);
    connect(m_scrim, &Scrim::clicked, this, &Palette::close);
    connect(m_list, &QListView::clicked, this, &Palette::choose);
}

void Palette::layOut()
{
    m_input->setFrame(false);
    m_input->setAccessibleName(tr("Search or run a command"));
    m_input->setMaxLength(200);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new PaletteDelegate(m_list));
    m_list->setAccessibleName(tr("Results"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus); // the input keeps it; Up and Down reach the list through it
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setMouseTracking(true);
    m_list->setUniformItemSizes(false);
    m_list->viewport()->setAutoFillBackground(false);
    m_none->setContentsMargins(44, 12, 16, 12);
    m_none->setWordWrap(true);
    auto* query = new QHBoxLayout;
    query->setContentsMargins(16, 0, 16, 0);
    query->setSpacing(8);
    query->addWidget(new SearchSign(this));
    query->addWidget(m_input, 1);
    query->addWidget(m_info);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(ring + 1, ring + 1, ring + 1, ring + 1);
    column->setSpacing(0);
    auto* top = new QWidget(this);
    top->setFixedHeight(queryHeight);
    top->setLayout(query);
    column->addWidget(top);
    column->addSpacing(1);
    column->addWidget(m_list, 1);
    column->addWidget(m_none);
    column->addSpacing(9);
    column->addWidget(makeFoot(this));
}

void Palette::open(PaletteQuery::Scope scope, const QString& text)
{
    if (!isOpen()) {
        m_before = window()->focusWidget();
    }
    m_index.clear();
    m_fill(m_index);
    m_scope = scope;
    m_input->setFont(widgets::font(TextRole::H3));
    m_input->setPlaceholderText(scope == PaletteQuery::Scope::Files
            ? tr("Name of a file of this review or a recent one")
            : tr("Search or run a command"));
    const QSignalBlocker quiet(m_input);
    m_input->setText(text);
    m_scrim->show();
    m_scrim->raise();
    show();
    raise();
    search();
    m_input->setFocus(Qt::PopupFocusReason);
    m_input->end(false);
}

void Palette::takeFocus()
{
    if (isOpen()) {
        m_input->setFocus(Qt::OtherFocusReason);
    }
}

void Palette::close()
{
    if (!isOpen()) {
        return;
    }
    hide();
    m_scrim->hide();
    if (m_before) {
        m_before->setFocus(Qt::OtherFocusReason);
    }
}

void Palette::search()
{
    QElapsedTimer clock;
    clock.start();
    PaletteQuery query = parsePaletteQuery(m_input->text(), m_scope);
    const QString typed = query.text;
    std::vector<PaletteHit> hits;
    if (query.scope == PaletteQuery::Scope::Line) {
        query.text.clear(); // the one entry there is
        if (const std::optional<PaletteEntry> place = goToEntry(typed)) {
            m_index.setGoTo(*place);
            hits = m_index.find(query, perKind, limit);
        }
    } else {
        hits = m_index.find(query, perKind, limit);
        if (const std::optional<PaletteEntry> place = namedCell(query)) {
            m_index.setGoTo(*place);
            const auto first = m_index.find({PaletteQuery::Scope::Line, {}}, 1, 1);
            hits.insert(hits.begin(), first.begin(), first.end());
        }
    }
    const QLocale locale;
    m_info->setText(tr("%1 of %2 in %3 ms")
            .arg(locale.toString(static_cast<qulonglong>(hits.size())),
                locale.toString(static_cast<qulonglong>(m_index.entries().size())), locale.toString(clock.elapsed())));
    m_none->setVisible(hits.empty());
    m_none->setText(query.scope == PaletteQuery::Scope::Line
            ? tr("Type a cell and a line, such as 4:2")
            : tr("Nothing matches “%1”. Fewer letters find more.").arg(typed));
    m_list->setVisible(!hits.empty());
    m_model->setHits(std::move(hits));
    if (const int first = m_model->firstHit(); first >= 0) {
        m_list->setCurrentIndex(m_model->index(first));
        m_list->scrollToTop();
    }
    place();
}

void Palette::place()
{
    const QWidget* window = parentWidget();
    m_scrim->setGeometry(window->rect());
    int rows = 0;
    for (int i = 0; i < m_model->rowCount(); ++i) {
        rows += m_list->sizeHintForRow(i);
    }
    const int top = std::max(8, std::min(topMargin, window->height() / 8));
    const int fixed = queryHeight + footHeight + 10 + 2 * (ring + 1);
    const int body = m_none->isVisibleTo(this) ? m_none->heightForWidth(panelWidth) : rows;
    const int width = std::min(panelWidth + 2 * ring, window->width() - 32);
    const int height = std::min({fixed + body, fixed + 14 * PaletteDelegate::rowHeight, window->height() - top - 16});
    setGeometry((window->width() - width) / 2, top - ring, width, height);
}

void Palette::move(int rows)
{
    const int count = m_model->rowCount();
    if (count == 0) {
        return;
    }
    int at = m_list->currentIndex().row();
    const int direction = rows > 0 ? 1 : -1;
    for (int left = std::abs(rows); left > 0;) {
        const int next = at + direction;
        if (next < 0 || next >= count) {
            at = std::abs(rows) == 1 ? (direction > 0 ? 0 : count) : at; // one step wraps, a page stops
            if (std::abs(rows) != 1) {
                break;
            }
            at = direction > 0 ? m_model->firstHit() : count - 1;
            break;
        }
        at = next;
        left -= m_model->entry(m_model->index(at)) ? 1 : 0;
    }
    if (m_model->entry(m_model->index(at))) {
        m_list->setCurrentIndex(m_model->index(at));
        m_list->scrollTo(m_model->index(at == m_model->firstHit() ? 0 : at));
    }
}

void Palette::choose()
{
    const PaletteEntry* found = m_model->entry(m_list->currentIndex());
    if (!found) {
        return;
    }
    const PaletteEntry entry = *found; // the index may be filled anew by what it does
    close();
    Q_EMIT chosen(entry);
}

bool Palette::handleKey(int key)
{
    switch (key) {
    case Qt::Key_Up:
        move(-1);
        return true;
    case Qt::Key_Down:
        move(1);
        return true;
    case Qt::Key_PageUp:
        move(-8);
        return true;
    case Qt::Key_PageDown:
        move(8);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        choose();
        return true;
    case Qt::Key_Escape:
        close();
        return true;
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
        return true; // nothing else to go to; Esc leaves
    default:
        return false;
    }
}

bool Palette::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_input && event->type() == QEvent::KeyPress && handleKey(static_cast<QKeyEvent*>(event)->key())) {
        return true;
    }
    if (watched == m_input && event->type() == QEvent::ShortcutOverride
        && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    if (watched == parentWidget() && event->type() == QEvent::Resize && isOpen()) {
        place();
    }
    return QFrame::eventFilter(watched, event);
}

void Palette::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool dark = widgets::isDark(widgets::currentTheme());
    QColor halo = widgets::color(Token::ControlBorder);
    halo.setAlphaF(dark ? 0.35F : 0.12F);
    widgets::paintBox(painter, rect(), widgets::radius::card + ring, halo);
    const QRectF panel = QRectF(rect()).adjusted(ring, ring, -ring, -ring);
    widgets::paintBox(
        painter, panel, widgets::radius::card, widgets::color(Token::Surface), widgets::color(Token::ControlBorder));
    const QColor line = widgets::color(Token::Hairline);
    painter.fillRect(QRectF(panel.left() + 1, panel.top() + 1 + queryHeight, panel.width() - 2, 1), line);
    painter.fillRect(QRectF(panel.left() + 1, panel.bottom() - 1 - footHeight, panel.width() - 2, 1), line);
}

} // namespace cupel::app
