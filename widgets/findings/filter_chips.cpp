// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/findings/filter_chips.h"

#include "widgets/common/buttons.h"
#include "widgets/common/flow_layout.h"
#include "widgets/common/icons.h"
#include "widgets/models/query_text.h"

#include <QtCore/QCoreApplication>
#include <QtGui/QActionGroup>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>

namespace cupel::widgets {

namespace {

const QString sureTerm = QStringLiteral("conf>=likely");
const QString highTerm = QStringLiteral("sev>=high");
const QString openTerm = QStringLiteral("is:open");

} // namespace

QString word(Grouping grouping)
{
    switch (grouping) {
    case Grouping::Severity:
        return QCoreApplication::translate("Grouping", "Severity");
    case Grouping::File:
        return QCoreApplication::translate("Grouping", "File");
    case Grouping::Rule:
        return QCoreApplication::translate("Grouping", "Rule");
    case Grouping::Cell:
        return QCoreApplication::translate("Grouping", "Cell");
    case Grouping::None:
        break;
    }
    return QCoreApplication::translate("Grouping", "No groups");
}

FilterChips::FilterChips(ReviewState* state, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_groupings(new QActionGroup(this))
{
    setLayout(new FlowLayout(6, true));
    m_all = addChip(tr("Show every finding"));
    m_sure = addChip(tr("Only findings that are certain or likely"));
    m_high = addChip(tr("Only findings of severity High or Critical"));
    m_file = addChip(tr("Only findings of the file that is shown"));
    m_open = addChip(tr("Leave out findings that were decided (Shift+H)"));
    makeGrouping();
    connect(m_all, &Chip::clicked, this, [this] {
        m_state->setQuery({});
        follow(); // an active "All" stays active
    });
    connect(m_sure, &Chip::clicked, this, [this] { toggle(sureTerm); });
    connect(m_high, &Chip::clicked, this, [this] { toggle(highTerm); });
    connect(m_open, &Chip::clicked, this, [this] { toggle(openTerm); });
    connect(m_file, &Chip::clicked, this, [this] { toggle(fileTerm()); });
    connect(state, &ReviewState::workspaceChanged, this, &FilterChips::scheduleUpdate);
    connect(state, &ReviewState::visibleChanged, this, &FilterChips::scheduleUpdate);
    connect(state, &ReviewState::currentArtifactChanged, this, &FilterChips::scheduleUpdate);
    connect(state, &ReviewState::decisionsChanged, this, &FilterChips::showOpen); // the others do not ask for it
    follow();
}

Chip* FilterChips::addChip(const QString& toolTip)
{
    auto* chip = new Chip({}, this);
    chip->setCheckable(true);
    chip->setActive(true);
    chip->setToolTip(toolTip);
    layout()->addWidget(chip);
    return chip;
}

void FilterChips::makeGrouping()
{
    m_grouping = new QPushButton(this);
    setSmall(m_grouping);
    m_grouping->setIcon(icon(QStringLiteral("layers")));
    m_grouping->setToolTip(tr("How findings are grouped (G: next)"));
    auto* menu = new QMenu(m_grouping);
    for (const Grouping grouping :
        {Grouping::Severity, Grouping::File, Grouping::Rule, Grouping::Cell, Grouping::None}) {
        QAction* action = menu->addAction(word(grouping));
        action->setCheckable(true);
        action->setData(static_cast<int>(grouping));
        m_groupings->addAction(action);
    }
    m_grouping->setMenu(menu);
    connect(m_groupings, &QActionGroup::triggered, this,
        [this](const QAction* action) { m_state->setGrouping(static_cast<Grouping>(action->data().toInt())); });
    layout()->addWidget(m_grouping);
}

QString FilterChips::fileTerm() const
{
    return QStringLiteral("file=") + quoteQueryValue(QString::fromStdString(m_state->currentArtifact()));
}

void FilterChips::toggle(const QString& term)
{
    const QString query = m_state->query();
    m_state->setQuery(hasQueryTerm(query, term) ? withoutQueryTerm(query, term) : withQueryTerm(query, term));
    follow();
}

// Counting runs over all findings: once for everything that happens in one turn of the event loop.
void FilterChips::scheduleUpdate()
{
    if (m_pending) {
        return;
    }
    m_pending = true;
    QMetaObject::invokeMethod(this, &FilterChips::follow, Qt::QueuedConnection);
}

void FilterChips::show(Chip* chip, const QString& text, const QString& term)
{
    show(chip, text, term, m_state->count(FindingQuery::parse(term)));
}

void FilterChips::show(Chip* chip, const QString& text, const QString& term, std::size_t count)
{
    chip->setText(text.arg(count));
    chip->setChecked(term.isEmpty() ? m_state->query().trimmed().isEmpty() : hasQueryTerm(m_state->query(), term));
    chip->updateGeometry();
}

void FilterChips::showOpen()
{
    if (!m_state) {
        return;
    }
    const bool decided = m_state->decided() > 0 || hasQueryTerm(m_state->query(), openTerm);
    if (decided) {
        show(m_open, tr("Open %1"), openTerm, m_state->total() - m_state->settled());
    }
    m_open->setVisible(decided); // with its words: an empty chip would get an empty place
    layout()->invalidate();
    updateGeometry();
}

void FilterChips::follow()
{
    m_pending = false;
    if (!m_state) {
        return;
    }
    show(m_all, tr("All %1"), {});
    show(m_sure, tr("Certain or likely %1"), sureTerm);
    show(m_high, tr("High+ %1"), highTerm);
    showOpen();
    const bool several = m_state->workspace().analyses.size() > 1 && !m_state->currentArtifact().empty();
    m_file->setVisible(several);
    if (several) {
        show(m_file, tr("Current file %1"), fileTerm());
    }
    for (QAction* action : m_groupings->actions()) {
        action->setChecked(action->data().toInt() == static_cast<int>(m_state->grouping()));
    }
    m_grouping->setText(word(m_state->grouping()));
    m_grouping->setAccessibleName(tr("Group by: %1").arg(word(m_state->grouping())));
    layout()->invalidate();
    updateGeometry();
}

} // namespace cupel::widgets
