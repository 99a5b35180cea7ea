// SPDX-License-Identifier: GPL-3.0-or-later
#include "style_sheet.h"

#include "widgets/common/buttons.h"
#include "widgets/common/icons.h"
#include "widgets/common/labels.h"
#include "widgets/common/severity.h"
#include "widgets/common/states.h"
#include "widgets/common/style.h"

#include <QtGui/QAction>
#include <QtGui/QPainter>
#include <QtGui/QStandardItemModel>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QMenu>
#include <QtWidgets/QProgressBar>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QRadioButton>
#include <QtWidgets/QSlider>
#include <QtWidgets/QSpinBox>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QTableView>
#include <QtWidgets/QTreeWidget>
#include <QtWidgets/QVBoxLayout>

#include <functional>

namespace cupel::widgets {

namespace {

constexpr std::array<Severity, 5> severities{
    Severity::Critical, Severity::High, Severity::Medium, Severity::Low, Severity::Info};

class Painted : public QWidget {
public:
    Painted(QSize size, std::function<void(QPainter&)> paint)
        : m_paint(std::move(paint))
    {
        setFixedSize(size);
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        m_paint(painter);
    }

private:
    std::function<void(QPainter&)> m_paint;
};

void paintSigns(QPainter& painter)
{
    paintLogo(painter, QRectF(0, 0, 24, 24));
    int x = 40;
    for (const Severity severity : severities) {
        paintSeverity(painter, QRectF(x, 0, 32, 32), severity);
        x += 44;
    }
    paintOk(painter, QRectF(x, 0, 32, 32), currentTheme());
    int y = 42;
    for (const int size : {20, 18, 16, 14, 12}) {
        x = 0;
        for (const Severity severity : severities) {
            paintSeverity(painter, QRectF(x, y, size, size), severity);
            x += size + 10;
        }
        paintOk(painter, QRectF(x, y, size, size), currentTheme());
        y += size + 6;
    }
}

void paintTokens(QPainter& painter)
{
    for (int i = 0; i < static_cast<int>(Token::Count); ++i) {
        paintBox(painter, QRectF(i % 9 * 44, i / 9 * 26, 40, 20), radius::chip, color(static_cast<Token>(i)),
            color(Token::Hairline));
    }
}

QPushButton* button(const QString& text, bool primary = false, bool flat = false)
{
    auto* made = new QPushButton(text);
    made->setDefault(primary);
    made->setFlat(flat);
    return made;
}

QHBoxLayout* row(const QList<QWidget*>& widgets)
{
    auto* layout = new QHBoxLayout;
    for (QWidget* widget : widgets) {
        layout->addWidget(widget);
    }
    layout->addStretch(1);
    return layout;
}

Chip* chip(const QString& text, const QString& iconName = {}, Token token = Token::TextMuted)
{
    auto* made = new Chip(text);
    made->setIconName(iconName, token);
    return made;
}

QTableView* table()
{
    auto* model = new QStandardItemModel(4, 3);
    model->setHorizontalHeaderLabels({QStringLiteral("Finding"), QStringLiteral("Rule"), QStringLiteral("Where")});
    const QList<QStringList> cells{{QStringLiteral("Model fetched over http"), QStringLiteral("NET-HTTP")},
        {QStringLiteral("E-mail addresses"), QStringLiteral("PII-EMAIL")},
        {QStringLiteral("Unpickles a download"), QStringLiteral("CODE-UNPICKLE")},
        {QStringLiteral("Random seed is not set"), QStringLiteral("REP-SEED")}};
    for (int r = 0; r < 4; ++r) {
        model->setItem(r, 0, new QStandardItem(cells[r][0]));
        model->setItem(r, 1, new QStandardItem(cells[r][1]));
        model->setItem(r, 2, new QStandardItem(QStringLiteral("cell %1").arg(r + 3)));
    }
    auto* view = new QTableView;
    model->setParent(view);
    view->setModel(model);
    view->setShowGrid(false);
    view->verticalHeader()->hide();
    view->horizontalHeader()->setStretchLastSection(true);
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->selectRow(2);
    view->setColumnWidth(0, 190);
    view->setColumnWidth(1, 130);
    view->setFixedHeight(182);
    view->setAccessibleName(QStringLiteral("Findings"));
    return view;
}

QTreeWidget* tree()
{
    auto* view = new QTreeWidget;
    view->setHeaderHidden(true);
    auto* folder = new QTreeWidgetItem(view, {QStringLiteral("data.pkl")});
    new QTreeWidgetItem(folder, {QStringLiteral("rebuild")});
    new QTreeWidgetItem(folder, {QStringLiteral("os.system")});
    new QTreeWidgetItem(view, {QStringLiteral("version")});
    view->expandAll();
    view->setCurrentItem(folder->child(1));
    view->setFixedHeight(112);
    view->setAccessibleName(QStringLiteral("Objects"));
    return view;
}

} // namespace

StyleSheetWindow::StyleSheetWindow()
{
    setWindowTitle(QStringLiteral("Components"));
    auto* columns = new QHBoxLayout(this);
    columns->setContentsMargins(32, 24, 32, 24);
    columns->setSpacing(32);
    columns->addWidget(signsColumn(), 1);
    columns->addWidget(inputsColumn(), 1);
    columns->addWidget(statesColumn(), 1);
}

QWidget* StyleSheetWindow::signsColumn()
{
    auto* column = new QWidget;
    auto* all = new QVBoxLayout(column);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(new Label(QStringLiteral("Components"), TextRole::H1, Token::TextPrimary, true));
    all->addWidget(new SectionLabel(QStringLiteral("Severity: shape, letter, word")));
    all->addWidget(new Painted({310, 160}, paintSigns));
    all->addWidget(new SectionLabel(QStringLiteral("Chips")));
    auto* on = chip(QStringLiteral("High+ 4"));
    on->setCheckable(true);
    on->setChecked(true);
    auto* removable = chip(QStringLiteral("Fixable 7"));
    removable->setRemovable(true);
    all->addLayout(row({chip(QStringLiteral("CWE-502")), chip(QStringLiteral("certain")), on, removable,
        chip(QStringLiteral("Confirmed"), QStringLiteral("circle-check"), Token::High)}));
    all->addLayout(row({chip(QStringLiteral("Refuted 9/9"), QStringLiteral("ban"), Token::Ok),
        chip(QStringLiteral("Unknown"), QStringLiteral("circle-help")),
        chip(QStringLiteral("Stale"), QStringLiteral("clock"))}));
    all->addWidget(new SectionLabel(QStringLiteral("Buttons")));
    auto* open = button(QStringLiteral("Open file…"), true);
    open->setIcon(icon(QStringLiteral("file-plus")));
    setKeyHint(open, QStringLiteral("Ctrl+O"));
    auto* off = button(QStringLiteral("Mark"));
    off->setEnabled(false);
    auto* small = button(QStringLiteral("Clear filter"));
    setSmall(small);
    auto* checked = button(QStringLiteral("On"));
    checked->setCheckable(true);
    checked->setChecked(true);
    all->addLayout(row({button(QStringLiteral("Apply"), true), open}));
    all->addLayout(row({button(QStringLiteral("Mark")), off, small, button(QStringLiteral("Explain"), false, true),
        checked, new IconButton(QStringLiteral("copy"), QStringLiteral("Copy"))}));
    all->addWidget(new SectionLabel(QStringLiteral("Colour tokens")));
    all->addWidget(new Painted({400, 78}, paintTokens));
    all->addWidget(new SectionLabel(QStringLiteral("Type")));
    all->addLayout(row({new Label(QStringLiteral("h1 20"), TextRole::H1, Token::TextPrimary, true),
        new Label(QStringLiteral("h2 15"), TextRole::H2, Token::TextPrimary, true),
        new Label(QStringLiteral("h3 12"), TextRole::H3, Token::TextPrimary, true),
        new Label(QStringLiteral("base 10.5"), TextRole::Base),
        new Label(QStringLiteral("small 9.25"), TextRole::Small),
        new Label(QStringLiteral("caption 8.5"), TextRole::Caption, Token::TextSecondary)}));
    all->addWidget(new Label(QStringLiteral("code 10  0O 1lI != := -> <="), TextRole::Code));
    all->addWidget(tree());
    all->addStretch(1);
    return column;
}

namespace {

// The query line right, wrong and empty.
void addQueryFields(QVBoxLayout* all)
{
    auto* query = new QLineEdit(QStringLiteral("sev>=high rule:PKL*"));
    setTextRole(*query, TextRole::Code);
    query->addAction(icon(QStringLiteral("list-filter")), QLineEdit::LeadingPosition);
    query->setClearButtonEnabled(true);
    auto* wrong = new QLineEdit(QStringLiteral("sev>=hihg"));
    setTextRole(*wrong, TextRole::Code);
    setInvalid(wrong, true);
    auto* empty = new QLineEdit;
    empty->setPlaceholderText(QStringLiteral("Filter recents"));
    query->setAccessibleName(QStringLiteral("Query"));
    wrong->setAccessibleName(QStringLiteral("Wrong query"));
    empty->setAccessibleName(QStringLiteral("Filter recents"));
    all->addWidget(query);
    all->addWidget(wrong);
    all->addWidget(empty);
}

} // namespace

QWidget* StyleSheetWindow::inputsColumn()
{
    auto* column = new QWidget;
    auto* all = new QVBoxLayout(column);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(new SectionLabel(QStringLiteral("Inputs and query")));
    addQueryFields(all);
    auto* profile = new QComboBox;
    profile->addItems({QStringLiteral("Public"), QStringLiteral("Team"), QStringLiteral("Private")});
    auto* number = new QSpinBox;
    number->setValue(82);
    profile->setAccessibleName(QStringLiteral("Profile"));
    number->setAccessibleName(QStringLiteral("Number"));
    auto* disabled = new QLineEdit(QStringLiteral("off"));
    disabled->setEnabled(false);
    disabled->setAccessibleName(QStringLiteral("Off"));
    all->addLayout(row({profile, number, disabled}));
    auto* yes = new QCheckBox(QStringLiteral("Outputs"));
    yes->setChecked(true);
    auto* partly = new QCheckBox(QStringLiteral("Some"));
    partly->setTristate(true);
    partly->setCheckState(Qt::PartiallyChecked);
    auto* one = new QRadioButton(QStringLiteral("Cells"));
    one->setChecked(true);
    all->addLayout(
        row({yes, new QCheckBox(QStringLiteral("Metadata")), partly, one, new QRadioButton(QStringLiteral("Files"))}));
    all->addWidget(new SectionLabel(QStringLiteral("Table rows")));
    all->addWidget(table());
    all->addWidget(new SectionLabel(QStringLiteral("Tabs, focus and keys")));
    auto* tabs = new QTabBar;
    for (const char* name : {"What", "Path", "Fix", "References"}) {
        tabs->addTab(QLatin1String(name));
    }
    tabs->setAccessibleName(QStringLiteral("Parts"));
    all->addWidget(tabs);
    all->addLayout(
        row({new SegmentedControl({QStringLiteral("Side by side"), QStringLiteral("Inline")}, QStringLiteral("Layout")),
            new KeyCap(QStringLiteral("Ctrl")), new KeyCap(QStringLiteral("K")), new KeyCap(QStringLiteral("Esc"))}));
    auto* list = new QListWidget;
    for (int i = 0; i < 12; ++i) {
        list->addItem(QStringLiteral("Row %1").arg(i + 1));
    }
    list->setCurrentRow(1);
    list->setFixedHeight(100);
    list->setAccessibleName(QStringLiteral("Rows"));
    all->addWidget(list);
    auto* slide = new QSlider(Qt::Horizontal);
    slide->setValue(40);
    slide->setAccessibleName(QStringLiteral("Zoom"));
    all->addWidget(slide);
    all->addStretch(1);
    return column;
}

QWidget* StyleSheetWindow::statesColumn()
{
    auto* column = new QWidget;
    auto* all = new QVBoxLayout(column);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(new SectionLabel(QStringLiteral("States")));
    auto* empty = new EmptyState(QStringLiteral("notebook-text"));
    empty->setState(QStringLiteral("No notebook open"), QStringLiteral("Open a file or drop one here."),
        QStringLiteral("Open file…"));
    auto* clean = new StateCard(StateCard::Kind::Clean, {});
    clean->setState(
        QStringLiteral("No findings"), QStringLiteral("14 of 14 cells, 22 of 22 outputs checked with 212 rules."));
    auto* filtered = new EmptyState(QStringLiteral("funnel"));
    filtered->setState(
        QStringLiteral("0 of 9 findings match"), QStringLiteral("sev>=high rule:PII"), QStringLiteral("Clear filter"));
    filtered->setTextRole(TextRole::CodeSmall);
    auto* warn = new Band(Band::Tone::Warn);
    warn->setState(QStringLiteral("2 files were not checked"),
        QStringLiteral("One is larger than 4 GB, one ends early."), QStringLiteral("Show list"));
    auto* error = new Band(Band::Tone::Error);
    error->setState(QStringLiteral("Cell 7 is not valid JSON (line 212)"),
        QStringLiteral("The other 13 cells were checked."), QStringLiteral("Show raw text"));
    for (QWidget* state : QList<QWidget*>{empty, clean, filtered, warn, error}) {
        all->addWidget(state);
    }
    all->addWidget(new SectionLabel(QStringLiteral("Progress")));
    auto* progress = new QProgressBar;
    progress->setRange(0, 312);
    progress->setValue(120);
    progress->setAccessibleName(QStringLiteral("Checking tensors"));
    all->addWidget(progress);
    auto* busy = new QProgressBar;
    busy->setRange(0, 0);
    busy->setAccessibleName(QStringLiteral("Looking for files"));
    all->addWidget(busy);
    auto* elided = new ElidedLabel(
        QStringLiteral("A very long path that has no room: ~/projects/churn/notebooks/2026/experiments/final"));
    elided->setElideMode(Qt::ElideMiddle);
    all->addWidget(elided);
    all->addWidget(new SectionLabel(QStringLiteral("Menu")));
    auto* menu = new QMenu(column);
    menu->addAction(icon(QStringLiteral("wand-sparkles")), QStringLiteral("&Preview fix\tF"));
    menu->addAction(QStringLiteral("Triage…\tT"));
    menu->addAction(icon(QStringLiteral("copy")), QStringLiteral("Copy as Markdown\tC"));
    menu->addSeparator();
    auto* check = menu->addAction(QStringLiteral("Show outputs\tO"));
    check->setCheckable(true);
    check->setChecked(true);
    menu->addMenu(QStringLiteral("Group by"))->addAction(QStringLiteral("Severity"));
    menu->addAction(icon(QStringLiteral("link")), QStringLiteral("Copy deep link\tCtrl+Shift+C"));
    menu->setActiveAction(menu->actions().constFirst());
    menu->setWindowFlags(Qt::Widget); // part of the sheet
    menu->setMinimumHeight(menu->sizeHint().height());
    all->addWidget(menu, 0, Qt::AlignLeft);
    menu->show();
    all->addStretch(1);
    return column;
}

} // namespace cupel::widgets
