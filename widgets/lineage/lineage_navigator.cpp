// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/lineage/lineage_navigator.h"

#include "widgets/common/buttons.h"
#include "widgets/common/flow_layout.h"
#include "widgets/common/icons.h"
#include "widgets/common/labels.h"
#include "widgets/common/states.h"
#include "widgets/lineage/lineage_legend.h"
#include "widgets/models/lineage_query.h"
#include "widgets/models/lineage_words.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QLocale>
#include <QtCore/QScopedValueRollback>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSpinBox>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace cupel::widgets {

using lineage::none;

namespace {

constexpr std::size_t mostRows = 500; // of what is around a node; the heading has the number

QFrame* hairline(QWidget* parent)
{
    auto* line = new QFrame(parent);
    line->setFrameShape(QFrame::HLine);
    return line;
}

QString number(std::size_t value)
{
    return QLocale().toString(static_cast<qulonglong>(value));
}

} // namespace

LineageNavigator::LineageNavigator(LineageState& state, QWidget* parent)
    : View(parent)
    , m_state(state)
{
    setAccessibleName(tr("What of the lineage is shown"));
    setFocusPolicy(Qt::NoFocus);
    m_search = new QLineEdit(this);
    m_search->setPlaceholderText(tr("Find node or column"));
    m_search->setAccessibleName(tr("Find node or column"));
    m_search->setToolTip(
        plainToolTip(tr("Words, or kind:model up:2 file:train*; Enter shows the next one found, F1 has the rest")));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(icon(QStringLiteral("search"), Token::TextMuted), QLineEdit::LeadingPosition);
    m_trouble = new Label({}, TextRole::Small, Token::TextSecondary, false, this);
    m_trouble->setWordWrap(true);
    m_trouble->setContentsMargins(16, 0, 16, 8);
    m_trouble->hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 8, 0, 0);
    column->setSpacing(0);
    auto* top = new QHBoxLayout;
    top->setContentsMargins(12, 0, 12, 8);
    top->addWidget(m_search);
    column->addLayout(top);
    column->addWidget(m_trouble);
    column->addWidget(makeFilters());
    column->addWidget(makeHops());
    column->addWidget(hairline(this));
    column->addWidget(makePath(), 1);
    column->addWidget(hairline(this));
    column->addWidget(makeFoot());
    m_search->installEventFilter(this);
    connect(m_search, &QLineEdit::textChanged, &state, &LineageState::setSearch);
    connect(&state, &LineageState::changed, this, &LineageNavigator::update);
    connect(&state, &LineageState::pathChanged, this, &LineageNavigator::updatePath);
    connect(&state, &LineageState::selectionChanged, this, &LineageNavigator::updateEdge);
    connect(&state, &LineageState::litChanged, this, [this] {
        m_trouble->setText(parseQuery(m_state.search()).trouble);
        m_trouble->setVisible(!m_trouble->text().isEmpty());
        m_search->setAccessibleDescription(m_trouble->text());
        if (m_state.search().isEmpty() && !m_search->text().trimmed().isEmpty()) {
            m_search->clear();
        } else if (m_state.search() != m_search->text().trimmed().toLower()) { // a saved view
            m_search->setText(m_state.search());
        }
    });
    update();
    updatePath();
}

QString LineageNavigator::trouble() const
{
    return m_trouble->text();
}

// Enter shows the next one that is found, with Shift the one before.
bool LineageNavigator::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            m_state.showHit(!key->modifiers().testFlag(Qt::ShiftModifier));
            return true;
        }
    }
    return View::eventFilter(watched, event);
}

void LineageNavigator::takeFocus()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
}

void LineageNavigator::change(const std::function<void(LineageWish&)>& edit)
{
    if (!m_updating) {
        LineageWish wish = m_state.wish();
        edit(wish);
        m_state.setWish(wish);
    }
}

QWidget* LineageNavigator::makeFilters()
{
    auto* box = new QWidget(this);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(16, 4, 16, 4);
    column->setSpacing(6);
    auto* head = new QHBoxLayout;
    head->addWidget(new SectionLabel(tr("Show"), box), 1);
    m_shown = new Label({}, TextRole::Small, Token::TextMuted, false, box);
    head->addWidget(m_shown);
    column->addLayout(head);
    for (std::size_t i = 0; i < lineageKinds; ++i) {
        const auto kind = static_cast<LineageKind>(i);
        auto* check = new QCheckBox(word(kind), box);
        check->setIcon(shapeIcon(kind, devicePixelRatioF()));
        check->setIconSize(shapeSize);
        m_counts[i] = new Label({}, TextRole::Small, Token::TextSecondary, false, box);
        auto* row = new QHBoxLayout;
        row->addWidget(check, 1);
        row->addWidget(m_counts[i]);
        column->addLayout(row);
        m_kinds[i] = check;
        connect(check, &QCheckBox::toggled, this, [this, kind](bool on) {
            change([&](LineageWish& wish) {
                wish.kinds = static_cast<std::uint8_t>(on ? wish.kinds | bit(kind) : wish.kinds & ~bit(kind));
            });
        });
    }
    auto* only = new SectionLabel(tr("Only with"), box);
    only->setContentsMargins(0, 6, 0, 0);
    column->addWidget(only);
    auto* chips = new QWidget(box);
    auto* flow = new FlowLayout(6, false, chips);
    for (std::size_t i = 0; i < lineageTraits; ++i) {
        const auto trait = static_cast<LineageTrait>(i);
        auto* chip = new Chip(word(trait), chips);
        chip->setCheckable(true);
        chip->setActive(true);
        chip->setToolTip(plainToolTip(tr("What has it, and what that flows into")));
        flow->addWidget(chip);
        m_traits[i] = chip;
        connect(chip, &QAbstractButton::toggled, this, [this, trait](bool on) {
            change([&](LineageWish& wish) {
                wish.traits = static_cast<std::uint8_t>(on ? wish.traits | bit(trait) : wish.traits & ~bit(trait));
            });
        });
    }
    column->addWidget(chips);
    return box;
}

QWidget* LineageNavigator::makeHops()
{
    auto* box = new QWidget(this);
    auto* grid = new QGridLayout(box);
    grid->setContentsMargins(16, 4, 16, 12);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(8);
    const auto labelled = [&](const QString& text, QWidget* widget, const QString& name, int line, int column,
                              int span) {
        auto* label = new Label(text, TextRole::Small, Token::TextMuted, false, box);
        label->setBuddy(widget);
        widget->setAccessibleName(name);
        setTextRole(*widget, TextRole::Small);
        grid->addWidget(label, line, column);
        grid->addWidget(widget, line, column + 1, 1, span);
    };
    m_level = new QComboBox(box);
    m_level->addItems({tr("What fits"), tr("Folder"), tr("File"), tr("Cell"), tr("Variable")});
    labelled(tr("Group"), m_level, tr("How deep code is shown"), 0, 0, 3);
    const auto hops = [&](const QString& text, const QString& name, int column) {
        auto* spin = new QSpinBox(box);
        spin->setRange(-1, 20);
        spin->setValue(-1);
        spin->setSpecialValueText(tr("all"));
        labelled(text, spin, name, 1, column, 1);
        connect(spin, &QSpinBox::valueChanged, this, &LineageNavigator::setHops);
        return spin;
    };
    m_up = hops(tr("Up"), tr("Steps up from the chosen node"), 0);
    m_down = hops(tr("Down"), tr("Steps down from the chosen node"), 2);
    connect(m_level, &QComboBox::currentIndexChanged, this, [this](int level) {
        if (!m_updating) {
            m_state.setLevel(static_cast<LineageWish::Level>(level));
        }
    });
    grid->setColumnStretch(1, 1);
    grid->setColumnStretch(3, 1);
    return box;
}

// Counted from what is chosen; of what was chosen before, when nothing is.
void LineageNavigator::setHops()
{
    change([this](LineageWish& wish) {
        wish.up = m_up->value();
        wish.down = m_down->value();
        if (const auto unit = m_state.current(); unit != none) {
            wish.focus = m_state.reading()->fold.nodes[unit].key;
        }
        if (wish.up < 0 && wish.down < 0) {
            wish.focus.clear();
        }
    });
}

QWidget* LineageNavigator::makePath()
{
    auto* box = new QWidget(this);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(8, 10, 8, 8);
    column->setSpacing(4);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(8, 0, 8, 0);
    head->addWidget(new Label(tr("Path"), TextRole::Base, Token::TextPrimary, true, box));
    m_pathTitle = new ElidedLabel({}, TextRole::Small, Token::TextMuted, false, box);
    m_pathTitle->setElideMode(Qt::ElideMiddle);
    head->addWidget(m_pathTitle, 1);
    column->addLayout(head);
    m_hint = new Label(tr("Choose a node and press Trace selection: all that it depends on and all that it affects "
                          "stands here. With two nodes it is the way between them, step by step."),
        TextRole::Small, Token::TextMuted, false, box);
    m_hint->setWordWrap(true);
    m_hint->setContentsMargins(8, 0, 8, 0);
    column->addWidget(m_hint);
    m_steps = new LineageRows(tr("Steps of the path"), box);
    column->addWidget(m_steps, 1);
    m_warning = new Band(Band::Tone::Warn, box);
    column->addWidget(m_warning);
    column->addStretch(0);
    connect(m_steps, &LineageRows::rowChosen, this, [this](const LineageRow& row) {
        if (row.unit != none) {
            m_state.select({row.unit});
        } else {
            m_state.selectEdge(row.edge);
        }
    });
    connect(m_steps, &LineageRows::rowOpened, this, [this](const LineageRow& row) {
        if (row.place) {
            m_state.goTo(*row.place);
        }
    });
    return box;
}

QWidget* LineageNavigator::makeFoot()
{
    auto* box = new QWidget(this);
    auto* inner = new QWidget(box);
    auto* flow = new FlowLayout(8, false, inner);
    auto* row = new QHBoxLayout(box); // a flow has no margins of its own
    row->setContentsMargins(16, 12, 16, 12);
    row->addWidget(inner);
    m_copy = new QPushButton(tr("Copy path"), box);
    m_copy->setIcon(icon(QStringLiteral("copy")));
    m_export = new QPushButton(tr("Export\u2026"), box);
    m_export->setFlat(true);
    m_export->setAccessibleDescription(
        tr("The drawing as SVG, PDF or PNG, or all of it as JSON, GraphML, DOT and more"));
    flow->addWidget(m_copy);
    flow->addWidget(m_export);
    connect(m_copy, &QPushButton::clicked, this, &LineageNavigator::copyRequested);
    connect(m_export, &QPushButton::clicked, this, &LineageNavigator::exportRequested);
    return box;
}

void LineageNavigator::update()
{
    const QScopedValueRollback<bool> guard(m_updating, true);
    const auto& reading = m_state.reading();
    const bool any = reading && !reading->empty();
    const auto& wish = m_state.wish();
    m_shown->setText(any
            ? tr("%1 of %2").arg(number(reading->fold.nodes.size()), number(reading->source->graph->nodes.size()))
            : QString());
    for (std::size_t i = 0; i < lineageKinds; ++i) {
        m_counts[i]->setText(any ? number(reading->fold.kinds[i]) : QString());
        m_kinds[i]->setChecked((wish.kinds & bit(static_cast<LineageKind>(i))) != 0);
        m_kinds[i]->setAccessibleDescription(m_counts[i]->text());
        m_kinds[i]->setEnabled(any);
    }
    for (std::size_t i = 0; i < lineageTraits; ++i) {
        const auto trait = static_cast<LineageTrait>(i);
        const std::size_t count = any ? reading->fold.traits[i] : 0;
        const bool on = (wish.traits & bit(trait)) != 0;
        m_traits[i]->setText(tr("%1 %2").arg(word(trait), number(count)));
        m_traits[i]->setAccessibleName(m_traits[i]->text());
        m_traits[i]->setChecked(on);
        m_traits[i]->setEnabled(count > 0 || on);
        m_traits[i]->updateGeometry();
    }
    m_level->setCurrentIndex(static_cast<int>(wish.level));
    m_up->setValue(wish.up);
    m_down->setValue(wish.down);
    for (QWidget* one : {static_cast<QWidget*>(m_level), static_cast<QWidget*>(m_up), static_cast<QWidget*>(m_down),
             static_cast<QWidget*>(m_export)}) {
        one->setEnabled(any);
    }
}

std::vector<LineageRow> LineageNavigator::stepRows() const
{
    const auto& reading = m_state.reading();
    const auto& path = m_state.path();
    std::vector<LineageRow> rows;
    for (std::size_t i = 0; i < path.size(); ++i) {
        const auto& edge = reading->fold.edges[path[i].edge];
        LineageRow row;
        row.number = static_cast<int>(i) + 1;
        row.title = titleOf(*reading->source, reading->fold.nodes[edge.to]);
        row.detail = whatFlows(*reading->source, edge);
        auto certainty = edge.certainty;
        if (path[i].cause != none) {
            const auto& cause = reading->source->graph->edges[path[i].cause];
            row.detail = cause.why.empty() ? row.detail : shownText(cause.why);
            row.place = cause.place;
            certainty = cause.certainty;
            const QString place = placeText(*reading->source->graph, cause.place);
            row.detail += place.isEmpty() ? QString() : u'\n' + place;
        }
        row.right = word(certainty);
        row.edge = path[i].edge;
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<LineageRow> LineageNavigator::aroundRows() const
{
    const auto& around = m_state.around();
    std::vector<LineageRow> rows;
    for (const bool down : {false, true}) {
        const auto& units = down ? around.below : around.above;
        LineageRow head;
        head.heading = true;
        head.title = (down ? tr("Affects %1") : tr("Depends on %1")).arg(number(units.size()));
        rows.push_back(std::move(head));
        for (std::size_t i = 0; i < std::min(units.size(), mostRows); ++i) {
            const auto& node = m_state.reading()->fold.nodes[units[i]];
            LineageRow row;
            row.title = titleOf(*m_state.reading()->source, node);
            row.detail = kindText(*m_state.reading()->source, node);
            row.sign = node.sign;
            row.unit = units[i];
            if (const auto* place = m_state.placeOf(units[i])) {
                row.place = *place;
            }
            rows.push_back(std::move(row));
        }
    }
    return rows;
}

void LineageNavigator::updatePath()
{
    const auto& reading = m_state.reading();
    const bool traced = reading && m_state.traced();
    const bool any = traced && !m_state.path().empty();
    m_pathTitle->setFullText(traced ? m_state.pathTitle() : QString());
    m_hint->setVisible(!traced);
    m_steps->setVisible(traced);
    m_copy->setEnabled(traced);
    m_steps->setRows(any ? stepRows() : traced ? aroundRows() : std::vector<LineageRow>());
    const auto nodes = any ? m_state.pathNodes() : std::vector<std::uint32_t>();
    const auto holds = [&](std::uint32_t unit, LineageTrait trait) {
        return (reading->fold.nodes[unit].traits & bit(trait)) != 0;
    };
    const bool models = any && reading->fold.nodes[nodes.back()].kind == LineageKind::Models;
    const bool personal = any && holds(nodes.front(), LineageTrait::Personal);
    const bool untrusted = any && holds(nodes.front(), LineageTrait::Untrusted);
    m_warning->setVisible(any && (personal || untrusted));
    if (m_warning->isVisibleTo(this)) {
        const QString from = titleOf(*reading->source, reading->fold.nodes[nodes.front()]);
        const QString to = titleOf(*reading->source, reading->fold.nodes[nodes.back()]);
        m_warning->setState(personal ? tr("Personal data may flow on") : tr("Untrusted data flows on"),
            personal && models ? tr("%1 holds personal data, and %2 is made from it.").arg(from, to)
                : personal     ? tr("%1 holds personal data; it may reach %2.").arg(from, to)
                               : tr("%1 comes from outside; it may change %2.").arg(from, to));
    }
}

void LineageNavigator::updateEdge()
{
    m_steps->markEdge(m_state.edge());
}

} // namespace cupel::widgets
