// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/threats/threat_navigator.h"

#include "widgets/common/buttons.h"
#include "widgets/common/fact_rows.h"
#include "widgets/common/flow_layout.h"
#include "widgets/common/foreign_band.h"
#include "widgets/common/icons.h"
#include "widgets/common/labels.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QLocale>
#include <QtCore/QScopedValueRollback>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace cupel::widgets {

namespace {

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
    , m_list(new FactRows(tr("Threats"), this))
    , m_folded(new Label({}, TextRole::Small, Token::TextSecondary, false, this))
{
    setAccessibleName(tr("Threats"));
    setFocusPolicy(Qt::NoFocus);
    m_search->setPlaceholderText(tr("Find threat or element"));
    m_search->setAccessibleName(tr("Find threat or element"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(icon(QStringLiteral("search"), Token::TextMuted), QLineEdit::LeadingPosition);
    m_folded->setWordWrap(true);
    m_folded->setContentsMargins(16, 8, 16, 8);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 8, 0, 0);
    column->setSpacing(8);
    auto* top = new QVBoxLayout;
    top->setContentsMargins(12, 0, 12, 0);
    top->setSpacing(8);
    top->addWidget(m_foreign);
    top->addWidget(m_search);
    top->addWidget(makeChips());
    column->addLayout(top);
    column->addWidget(m_list, 1);
    column->addWidget(m_folded);
    connect(m_search, &QLineEdit::textChanged, &state, &ThreatState::setSearch);
    connect(m_list, &FactRows::chosen, this, [this](int row) {
        const std::string id = m_ids[static_cast<std::size_t>(row)];
        if (!id.empty() && !m_updating) {
            m_state.selectThreat(id);
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

void ThreatNavigator::takeFocus()
{
    m_list->setFocus(Qt::ShortcutFocusReason);
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
        connect(
            chip, &QAbstractButton::clicked, this, [this, i] { m_state.setShow(static_cast<ThreatState::Show>(i)); });
    }
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
    fill();
    m_folded->setText(foldedText());
    m_folded->setVisible(!m_folded->text().isEmpty());
    markCurrent();
}

void ThreatNavigator::fill()
{
    std::vector<FactRow> rows;
    m_ids.clear();
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
        } else if (threat.decision != threats::Decision::Open) {
            words += word(threat.decision);
        }
        row.detail = words.join(QStringLiteral(", "));
        rows.push_back(std::move(row));
        m_ids.push_back(threat.id);
    }
    if (rows.empty() && reading) {
        heading(m_state.search().isEmpty() ? tr("No threat is left by this choice")
                                           : tr("Nothing fits what is searched for"));
    }
    m_list->setFacts(std::move(rows));
}

QString ThreatNavigator::foldedText() const
{
    const auto& reading = m_state.reading();
    if (!reading || reading->overlaid.model.folded.empty()) {
        return {};
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
