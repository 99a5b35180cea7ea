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

#include <algorithm>

namespace cupel::widgets {

using threats::ItemState;

namespace {

constexpr std::size_t mostTitles = 3;

const threats::Threat* threatOf(const threats::ThreatModel& model, const std::string& id)
{
    const auto found = std::find_if(
        model.threats.begin(), model.threats.end(), [&id](const threats::Threat& threat) { return threat.id == id; });
    return found == model.threats.end() ? nullptr : &*found;
}

// The worst of those that are listed; those that are folded away are not.
const threats::Threat* worstOf(const threats::ThreatModel& model, const threats::CoverageItem& item)
{
    const threats::Threat* worst = nullptr;
    for (const auto* ids : {&item.threats, &item.settled}) {
        for (const std::string& id : *ids) {
            const threats::Threat* threat = threatOf(model, id);
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

} // namespace

QString word(ItemState state)
{
    switch (state) {
    case ItemState::Evidence:
        return FrameworkLens::tr("evidence");
    case ItemState::Claimed:
        return FrameworkLens::tr("claimed");
    case ItemState::Gap:
        return FrameworkLens::tr("gap");
    case ItemState::NotAssessable:
        return FrameworkLens::tr("not assessable statically");
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

QString FrameworkLens::basisOf(const threats::CoverageItem& item) const
{
    QStringList parts;
    QStringList titles;
    std::size_t others = 0; // folded away, or beyond what is named
    for (const auto* ids : {&item.threats, &item.settled}) {
        for (const std::string& id : *ids) {
            const threats::Threat* threat = threatOf(m_shown->overlaid.model, id);
            const QString title = threat ? shownText(threat->title) : QString();
            if (threat && titles.contains(title)) {
                continue; // the same at another element
            }
            if (threat && static_cast<std::size_t>(titles.size()) < mostTitles) {
                titles += title;
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

void FrameworkLens::fill()
{
    m_items.clear();
    std::vector<FactRow> rows;
    std::array<std::size_t, 4> counts{};
    const threats::Lens* shown = lens();
    for (std::size_t i = 0; shown && i < shown->items.size(); ++i) {
        const threats::CoverageItem& item = shown->items[i];
        ++counts[static_cast<std::size_t>(item.state)];
        if (m_only && *m_only != item.state) {
            continue;
        }
        FactRow row;
        row.title = shownText(item.id + ' ' + item.title);
        const QString basis = basisOf(item);
        const QString state = word(item.state);
        row.detail = basis.isEmpty() ? state : tr("%1: %2").arg(state, basis);
        if (item.state == ItemState::Gap) {
            if (const threats::Threat* worst = worstOf(m_shown->overlaid.model, item)) {
                row.sign = worst->severity;
            }
        }
        rows.push_back(std::move(row));
        m_items.push_back(i);
    }
    for (std::size_t i = 0; i < m_chips.size(); ++i) {
        const auto state = static_cast<ItemState>(i);
        m_chips[i]->setText(tr("%1 %2").arg(word(state), QLocale().toString(static_cast<qulonglong>(counts[i]))));
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
    if (!shown || row < 0 || static_cast<std::size_t>(row) >= m_items.size()) {
        return;
    }
    const threats::Threat* worst =
        worstOf(m_shown->overlaid.model, shown->items[m_items[static_cast<std::size_t>(row)]]);
    if (!worst) {
        return; // nothing that is listed stands behind it
    }
    m_state.selectThreat(worst->id);
    if (go) {
        Q_EMIT threatRequested();
    }
}

} // namespace cupel::widgets
