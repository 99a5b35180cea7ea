// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/threats/framework_lens.h"

#include "widgets/common/buttons.h"
#include "widgets/common/fact_rows.h"
#include "widgets/common/flow_layout.h"
#include "widgets/common/labels.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QLocale>
#include <QtCore/QSignalBlocker>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QVBoxLayout>

#include <set>
#include <string_view>

namespace cupel::widgets {

using threats::ItemState;

namespace {

constexpr std::size_t mostTitles = 3;
constexpr std::size_t noItem = static_cast<std::size_t>(-1); // a heading

QString countOf(ItemState state, std::size_t count) // "Gap 12"
{
    return FrameworkLens::tr("%1 %2").arg(word(state), QLocale().toString(static_cast<qulonglong>(count)));
}

} // namespace

QString word(ItemState state)
{
    switch (state) {
    case ItemState::Evidence:
        return FrameworkLens::tr("Evidence");
    case ItemState::Claimed:
        return FrameworkLens::tr("Claimed");
    case ItemState::Gap:
        return FrameworkLens::tr("Gap");
    case ItemState::NotAssessable:
        return FrameworkLens::tr("Not assessable statically");
    }
    return {};
}

FrameworkLens::FrameworkLens(ThreatState& state, QWidget* parent)
    : View(parent)
    , m_state(state)
    , m_frameworks(new QComboBox(this))
    , m_note(new Label({}, TextRole::Small, Token::TextSecondary, false, this))
    , m_list(new FactRows(tr("Items of the framework"), this))
{
    setAccessibleName(tr("Frameworks"));
    setFocusPolicy(Qt::NoFocus);
    m_frameworks->setAccessibleName(tr("Framework"));
    m_frameworks->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_frameworks->setMinimumContentsLength(12);
    m_note->setWordWrap(true);
    m_note->setContentsMargins(16, 8, 16, 8);
    auto* chips = new QWidget(this);
    auto* flow = new FlowLayout(6, false, chips);
    for (std::size_t i = 0; i < m_chips.size(); ++i) {
        auto* chip = new Chip({}, chips);
        chip->setCheckable(true);
        chip->setActive(true);
        flow->addWidget(chip);
        m_chips[i] = chip;
        connect(chip, &QAbstractButton::clicked, this, [this, i](bool on) {
            m_only = on ? std::optional(static_cast<ItemState>(i)) : std::nullopt;
            fill();
        });
    }
    auto* top = new QVBoxLayout;
    top->setContentsMargins(12, 8, 12, 0);
    top->setSpacing(8);
    top->addWidget(m_frameworks);
    top->addWidget(chips);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(top);
    column->addWidget(m_note);
    column->addWidget(m_list, 1);
    connect(m_frameworks, &QComboBox::currentIndexChanged, this, &FrameworkLens::fill);
    connect(m_list, &FactRows::chosen, this, [this](int row) { choose(row, false); });
    connect(m_list, &FactRows::opened, this, [this](int row) { choose(row, true); });
    connect(&state, &ThreatState::changed, this, &FrameworkLens::update);
    update();
}

void FrameworkLens::takeFocus()
{
    m_list->setFocus(Qt::ShortcutFocusReason);
}

QString FrameworkLens::note() const
{
    return m_note->text();
}

const threats::Lens* FrameworkLens::lens() const
{
    const auto at = static_cast<std::size_t>(m_frameworks->currentIndex());
    return m_shown && at < m_shown->lenses.size() ? &m_shown->lenses[at] : nullptr;
}

void FrameworkLens::update()
{
    const auto& reading = m_state.reading();
    if (reading == m_shown && reading) {
        return;
    }
    m_shown = reading;
    m_threats.clear();
    if (reading) {
        for (const threats::Threat& threat : reading->overlaid.model.threats) {
            m_threats.emplace(threat.id, &threat);
        }
    }
    if (reading && m_frameworks->count() != static_cast<int>(reading->lenses.size())) {
        const QSignalBlocker quiet(m_frameworks);
        m_frameworks->clear();
        for (const threats::Lens& one : reading->lenses) {
            m_frameworks->addItem(QString::fromUtf8(one.title.data(), static_cast<qsizetype>(one.title.size())));
        }
        m_frameworks->setCurrentIndex(reading->lenses.empty() ? -1 : 0);
    }
    m_frameworks->setEnabled(reading != nullptr);
    fill();
}

const threats::Threat* FrameworkLens::threatOf(const std::string& id) const
{
    const auto found = m_threats.find(id);
    return found == m_threats.end() ? nullptr : found->second;
}

// The worst of those that are listed; those that are folded away are not.
const threats::Threat* FrameworkLens::worstOf(const threats::CoverageItem& item) const
{
    const threats::Threat* worst = nullptr;
    for (const auto* ids : {&item.threats, &item.settled}) {
        for (const std::string& id : *ids) {
            const threats::Threat* threat = threatOf(id);
            if (threat && (!worst || threat->likelihood * threat->impact > worst->likelihood * worst->impact)) {
                worst = threat;
            }
        }
        if (worst) {
            break; // an open one before what is settled
        }
    }
    return worst;
}

QString FrameworkLens::basisOf(const threats::CoverageItem& item) const
{
    QStringList parts;
    QStringList titles;
    std::set<std::string_view> known; // the same at several elements is said once
    std::size_t others = 0; // folded away, or beyond what is named
    for (const auto* ids : {&item.threats, &item.settled}) {
        for (const std::string& id : *ids) {
            const threats::Threat* threat = threatOf(id);
            if (threat && !known.insert(threat->title).second) {
                continue;
            }
            if (threat && static_cast<std::size_t>(titles.size()) < mostTitles) {
                titles += shownText(threat->title);
            } else {
                ++others;
            }
        }
    }
    if (!titles.isEmpty()) {
        parts += titles.join(QStringLiteral("; "));
    }
    if (others > 0) {
        parts += tr("%n more", nullptr, static_cast<int>(others));
    }
    if (item.refuted > 0) {
        parts += tr("%n refuted by the scan", nullptr, static_cast<int>(item.refuted));
    }
    return parts.join(QStringLiteral("; "));
}

FactRow FrameworkLens::rowOf(const threats::CoverageItem& item) const
{
    FactRow row;
    row.title = shownText(item.title.empty() ? item.id : item.title);
    const QString basis = basisOf(item);
    const QString id = shownText(item.id);
    row.detail = basis.isEmpty() ? id : tr("%1: %2").arg(id, basis);
    row.tip = item.basis.empty() ? QString() : tr("Mapping: %1").arg(shownText(item.basis));
    if (item.state == ItemState::Gap) {
        if (const threats::Threat* worst = worstOf(item)) {
            row.sign = worst->severity;
        }
    }
    return row;
}

// What asks for somebody first, each state below a heading; in it the order of the framework.
void FrameworkLens::fill()
{
    m_items.clear();
    std::vector<FactRow> rows;
    std::array<std::size_t, 4> counts{};
    const threats::Lens* shown = lens();
    for (std::size_t i = 0; shown && i < shown->items.size(); ++i) {
        ++counts[static_cast<std::size_t>(shown->items[i].state)];
    }
    for (const ItemState state : {ItemState::Gap, ItemState::Claimed, ItemState::Evidence, ItemState::NotAssessable}) {
        const auto count = counts[static_cast<std::size_t>(state)];
        if (count == 0 || (m_only && *m_only != state)) {
            continue;
        }
        FactRow heading;
        heading.heading = true;
        heading.title = countOf(state, count);
        rows.push_back(std::move(heading));
        m_items.push_back(noItem);
        for (std::size_t i = 0; i < shown->items.size(); ++i) {
            if (shown->items[i].state == state) {
                rows.push_back(rowOf(shown->items[i]));
                m_items.push_back(i);
            }
        }
    }
    for (std::size_t i = 0; i < m_chips.size(); ++i) {
        const auto state = static_cast<ItemState>(i);
        m_chips[i]->setText(countOf(state, counts[i]));
        m_chips[i]->setChecked(m_only == state);
        m_chips[i]->setVisible(shown && (counts[i] > 0 || m_only == state));
    }
    m_note->setText(!shown ? tr("Frameworks are answered when the threat model is made.")
            : rows.empty() ? tr("No item of this framework is in this state.")
                           : tr("Only what rules can see in code and files is answered. What is not assessable is "
                                "not passed."));
    m_list->setFacts(std::move(rows));
}

void FrameworkLens::choose(int row, bool go)
{
    const threats::Lens* shown = lens();
    const auto at = static_cast<std::size_t>(row);
    if (!shown || row < 0 || at >= m_items.size() || m_items[at] == noItem) {
        return;
    }
    const threats::Threat* worst = worstOf(shown->items[m_items[at]]);
    if (!worst) {
        return; // nothing that is listed stands behind it
    }
    m_state.selectThreat(worst->id);
    if (go) {
        Q_EMIT threatRequested();
    }
}

} // namespace cupel::widgets
