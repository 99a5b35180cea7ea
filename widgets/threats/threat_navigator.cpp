// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/threats/threat_navigator.h"

#include "widgets/common/buttons.h"
#include "widgets/common/fact_rows.h"
#include "widgets/common/flow_layout.h"
#include "widgets/common/foreign_band.h"
#include "widgets/common/icons.h"
#include "widgets/common/labels.h"
#include "widgets/models/shown_text.h"
#include "widgets/threats/folded_rows.h"
#include "widgets/threats/part_list.h"
#include "widgets/threats/threat_filter.h"

#include <QtCore/QLocale>
#include <QtCore/QScopedValueRollback>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <utility>

namespace cupel::widgets {

namespace {

constexpr int leastList = 160;
constexpr int widest = 88; // of a name beside a threat

QString labelOf(ThreatState::Show show)
{
    using Show = ThreatState::Show;
    switch (show) {
    case Show::All:
        return ThreatNavigator::tr("All %1");
    case Show::Confirmed:
        return ThreatNavigator::tr("Confirmed %1");
    case Show::Undecided:
        return ThreatNavigator::tr("To decide %1");
    case Show::Decided:
        return ThreatNavigator::tr("Decided %1");
    case Show::Flagged:
        return ThreatNavigator::tr("Look again %1");
    }
    return {};
}

} // namespace

ThreatNavigator::ThreatNavigator(ThreatState& state, QWidget* parent)
    : View(parent)
    , m_state(state)
    , m_foreign(new ForeignBand(this))
    , m_search(new QLineEdit(this))
    , m_pages(new SegmentedControl({tr("Threats"), tr("Elements")}, tr("What is listed"), this))
    , m_stack(new QStackedWidget(this))
    , m_parts(new PartList(state))
    , m_list(new FactRows(tr("Threats")))
    , m_folded(new Label({}, TextRole::Small, Token::TextSecondary, false))
    , m_foldedWay(new QPushButton)
{
    setAccessibleName(tr("Threats"));
    setFocusPolicy(Qt::NoFocus);
    m_search->setPlaceholderText(tr("Find threat, rule or element"));
    m_search->setAccessibleName(tr("Find threat, rule or element"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(icon(QStringLiteral("search"), Token::TextMuted), QLineEdit::LeadingPosition);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 8, 0, 0);
    column->setSpacing(8);
    auto* top = new QVBoxLayout;
    top->setContentsMargins(12, 0, 12, 0);
    top->setSpacing(8);
    top->addWidget(m_foreign);
    top->addWidget(m_pages, 0, Qt::AlignLeft);
    top->addWidget(m_search);
    column->addLayout(top);
    m_stack->addWidget(makeThreats());
    m_stack->addWidget(m_parts);
    column->addWidget(m_stack, 1);
    connect(m_pages, &SegmentedControl::currentChanged, m_stack, &QStackedWidget::setCurrentIndex);
    connect(m_search, &QLineEdit::textChanged, &state, &ThreatState::setSearch);
    connect(m_list, &FactRows::chosen, this, [this](int row) {
        const auto at = static_cast<std::size_t>(row);
        if (m_updating) {
            return;
        }
        if (!m_ids[at].empty()) {
            m_state.selectThreat(m_ids[at]);
        } else if (!m_partIds[at].empty()) {
            m_state.selectPart(m_partIds[at]);
        }
    });
    connect(m_foreign, &ForeignBand::useRequested, &state, [&state] { state.answerForeign(true); });
    connect(m_foreign, &ForeignBand::ignoreRequested, &state, [&state] { state.answerForeign(false); });
    connect(&state, &ThreatState::foreignChanged, this, &ThreatNavigator::updateForeign);
    connect(&state, &ThreatState::changed, this, &ThreatNavigator::update);
    connect(&state, &ThreatState::listChanged, this, &ThreatNavigator::update);
    connect(&state, &ThreatState::selectionChanged, this, &ThreatNavigator::markCurrent);
    update();
    updateForeign();
}

// With large text it scrolls as a whole before the list has no room left.
QWidget* ThreatNavigator::makeThreats()
{
    auto* page = new QWidget;
    m_folded->setWordWrap(true);
    m_folded->setContentsMargins(16, 8, 16, 8);
    m_list->setMinimumHeight(leastList);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    QWidget* chips = makeChips();
    chips->setContentsMargins(12, 0, 12, 0);
    column->addWidget(chips);
    m_filter = new ThreatFilter(m_state);
    m_filter->setContentsMargins(12, 0, 12, 0);
    column->addWidget(m_filter);
    column->addWidget(m_list, 1);
    column->addWidget(m_folded);
    setSmall(m_foldedWay);
    auto* way = new QHBoxLayout;
    way->setContentsMargins(16, 0, 16, 8);
    way->addWidget(m_foldedWay);
    way->addStretch(1);
    column->addLayout(way);
    connect(m_foldedWay, &QPushButton::clicked, this, [this] {
        setFoldedListed(!m_listsFolded);
        m_list->setFocus(Qt::OtherFocusReason);
    });
    auto* area = new QScrollArea;
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(page);
    area->viewport()->setAutoFillBackground(false);
    page->setAutoFillBackground(false);
    return area;
}

void ThreatNavigator::setPage(Page page)
{
    m_pages->setCurrent(static_cast<int>(page));
    m_stack->setCurrentIndex(static_cast<int>(page));
}

void ThreatNavigator::takeFocus()
{
    (m_stack->currentIndex() == 0 ? m_list : m_parts->list())->setFocus(Qt::ShortcutFocusReason);
}

QWidget* ThreatNavigator::makeChips()
{
    auto* box = new QWidget(this);
    auto* flow = new FlowLayout(6, false, box);
    for (std::size_t i = 0; i < m_chips.size(); ++i) {
        auto* chip = new Chip({}, box);
        chip->setCheckable(true);
        chip->setActive(true);
        flow->addWidget(chip);
        m_chips[i] = chip;
        connect(chip, &QAbstractButton::clicked, this, [this, i] {
            setFoldedListed(false); // who chooses among the threats wants to see them
            m_state.setShow(static_cast<ThreatState::Show>(i));
        });
    }
    m_only = new Chip({}, box);
    m_only->setRemovable(true);
    m_only->setActive(true);
    flow->addWidget(m_only);
    connect(m_only, &Chip::removed, this, [this] { m_state.setOnly({}, {}); });
    return box;
}

void ThreatNavigator::update()
{
    const QScopedValueRollback<bool> guard(m_updating, true);
    for (std::size_t i = 0; i < m_chips.size(); ++i) {
        const auto show = static_cast<ThreatState::Show>(i);
        m_chips[i]->setText(labelOf(show).arg(QLocale().toString(static_cast<qulonglong>(m_state.count(show)))));
        m_chips[i]->setChecked(m_state.show() == show);
        m_chips[i]->setVisible(show != ThreatState::Show::Flagged || m_state.count(show) > 0 || m_state.show() == show);
    }
    m_only->setText(m_state.only());
    m_only->setVisible(!m_state.only().isEmpty());
    fill();
    m_folded->setText(foldedText());
    m_folded->setVisible(!m_folded->text().isEmpty());
    const bool any = m_state.reading() && !m_state.reading()->overlaid.model.folded.empty();
    m_foldedWay->setVisible(any || m_listsFolded);
    m_foldedWay->setText(m_listsFolded ? tr("Back to the threats") : tr("List what is folded away"));
    markCurrent();
}

void ThreatNavigator::setFoldedListed(bool listed)
{
    m_listsFolded = listed;
    update();
}

void ThreatNavigator::fill()
{
    if (m_listsFolded) {
        auto folded = foldedRows(m_state);
        m_ids.assign(folded.rows.size(), {});
        m_partIds = std::move(folded.parts);
        m_list->setFacts(std::move(folded.rows));
        return;
    }
    std::vector<FactRow> rows;
    m_ids.clear();
    m_partIds.clear();
    const auto heading = [&](const QString& text) {
        FactRow row;
        row.heading = true;
        row.title = text;
        rows.push_back(std::move(row));
        m_ids.emplace_back();
    };
    const auto& reading = m_state.reading();
    std::string last = "\n"; // no id
    for (const auto index : m_state.shown()) {
        const auto& threat = reading->overlaid.model.threats[index];
        if (threat.target != last) {
            last = threat.target;
            heading(m_state.nameOf(last));
        }
        FactRow row;
        row.title = shownText(threat.title);
        row.sign = threat.severity;
        const auto flag = reading->overlaid.flags.find(threat.id);
        QStringList words{word(threat.evidence)};
        if (flag != reading->overlaid.flags.end()) {
            words.prepend(word(flag->second));
        }
        if (threat.applicability == threats::Applicability::NotApplicable) {
            words += word(threat.applicability);
        } else if (threat.decision == threats::Decision::Open
            && threat.applicability == threats::Applicability::Applies) {
            words += word(threat.applicability);
        } else if (threat.decision != threats::Decision::Open) {
            words += word(threat.decision);
        }
        row.detail = words.join(QStringLiteral(", "));
        row.right =
            QFontMetrics(widgets::font(TextRole::Small)).elidedText(shownText(threat.assignee), Qt::ElideRight, widest);
        rows.push_back(std::move(row));
        m_ids.push_back(threat.id);
    }
    fillElements(rows);
    if (rows.empty() && reading) {
        heading(whyNone());
    }
    m_partIds.resize(m_ids.size());
    m_list->setFacts(std::move(rows));
}

// What is searched for may be an element about which no rule says anything.
void ThreatNavigator::fillElements(std::vector<FactRow>& rows)
{
    const auto& reading = m_state.reading();
    if (!reading || m_state.search().isEmpty()) {
        return;
    }
    const auto& model = reading->overlaid.model;
    bool headed = false;
    for (const auto& element : model.elements) {
        const QString name = m_state.nameOf(element.id);
        const bool listed = std::any_of(m_state.shown().begin(), m_state.shown().end(),
            [&](std::size_t index) { return model.threats[index].target == element.id; });
        if (listed || !(name + u' ' + kindWord(element.kind)).toLower().contains(m_state.search())) {
            continue;
        }
        if (!std::exchange(headed, true)) {
            FactRow head;
            head.heading = true;
            head.title = tr("Elements without such a threat");
            rows.push_back(std::move(head));
            m_ids.emplace_back();
        }
        FactRow row;
        row.title = name;
        row.detail = kindWord(element.kind);
        rows.push_back(std::move(row));
        m_ids.emplace_back();
        m_partIds.resize(m_ids.size());
        m_partIds.back() = element.id;
    }
}

QString ThreatNavigator::whyNone() const
{
    const auto& model = m_state.reading()->overlaid.model;
    if (!m_state.search().isEmpty()) {
        return tr("Nothing fits what is searched for");
    }
    if (!model.threats.empty()) {
        return tr("No threat is left by this choice");
    }
    if (model.elements.empty() && model.zones.empty()) {
        return tr("No threats: nothing is drawn");
    }
    if (m_state.file()) {
        return tr("The file holds no threats");
    }
    return model.folded.empty() ? tr("No rule found a threat") : tr("All threats are folded away");
}

// Below a list without a threat: what would bring one.
QString ThreatNavigator::noneText() const
{
    const auto& model = m_state.reading()->overlaid.model;
    if (model.elements.empty() && model.zones.empty()) {
        return m_state.file() ? tr("Threats belong to elements and flows: add one first.")
                              : tr("Rules ask about elements, flows and zones, and there are none yet.");
    }
    if (m_state.file()) {
        return tr("No rule is asked about a file of another tool. Choose an element or a flow and add a threat under "
                  "\u201cPart\u201d, or save it all as Cupel\u2019s own model: then rules are asked.");
    }
    return tr(
        "Rules were asked about %n element(s) and none of them applies. Answers to the questions can change that.",
        nullptr, static_cast<int>(model.elements.size()));
}

QString ThreatNavigator::foldedText() const
{
    const auto& reading = m_state.reading();
    if (!reading) {
        return {};
    }
    if (reading->overlaid.model.folded.empty()) {
        return reading->overlaid.model.threats.empty() ? noneText() : QString();
    }
    const auto& folded = reading->overlaid.model.folded;
    const auto refuted = std::count_if(
        folded.begin(), folded.end(), [](const threats::FoldedThreat& one) { return one.why == "refuted"; });
    return tr("%1 refuted by the scan, %2 only assumed: folded away.")
        .arg(refuted)
        .arg(static_cast<qlonglong>(folded.size()) - refuted);
}

void ThreatNavigator::updateForeign()
{
    const bool hadFocus = m_foreign->isAncestorOf(focusWidget());
    m_foreign->show(m_state.foreign());
    if (hadFocus && m_foreign->isHidden()) {
        takeFocus();
    }
}

void ThreatNavigator::markCurrent()
{
    const auto* threat = m_state.threat();
    const auto at = threat ? std::find(m_ids.begin(), m_ids.end(), threat->id) : m_ids.end();
    m_list->mark(at == m_ids.end() ? -1 : static_cast<int>(at - m_ids.begin()));
}

} // namespace cupel::widgets
