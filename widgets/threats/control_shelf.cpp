// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/threats/control_shelf.h"

#include "analyzers/threats/knowledge/tables.h"
#include "widgets/common/labels.h"
#include "widgets/models/shown_text.h"
#include "widgets/threats/control_grip.h"

#include <QtCore/QSignalBlocker>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QCompleter>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <utility>

namespace cupel::widgets {

using threats::ControlStatus;
using threats::ControlUse;
using threats::TeamModel;

namespace {

constexpr int longest = 400;
constexpr int notUsed = 0; // choices: then the three states in their order

QString words(const threats::CountedControl& counted)
{
    const QString axis = counted.onImpact ? ControlShelf::tr("impact") : ControlShelf::tr("likelihood");
    return counted.now == 0
        ? ControlShelf::tr("would take %1 % off the %2").arg(counted.percent).arg(axis)
        : ControlShelf::tr("%1 of %2 % off the %3 count").arg(counted.now).arg(counted.percent).arg(axis);
}

} // namespace

ControlShelf::ControlShelf(ThreatState& state, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_grid(new QGridLayout)
    , m_proof(new QLineEdit(this))
    , m_new(new QComboBox(this))
{
    m_proof->setMaxLength(longest);
    m_proof->setPlaceholderText(tr("What proves it? Then Enter"));
    m_proof->setAccessibleName(tr("What proves that the control works"));
    m_proof->hide();
    m_new->setEditable(true);
    m_new->setInsertPolicy(QComboBox::NoInsert);
    m_new->setAccessibleName(tr("Add a control"));
    m_new->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_new->setMinimumContentsLength(12);
    for (const auto& [id, title] : threats::itemsOf("controls")) {
        m_new->addItem(shownText(title), QString::fromStdString(id));
    }
    m_new->setCurrentIndex(-1);
    m_new->lineEdit()->setPlaceholderText(tr("Add a control, of the list or your own"));
    m_new->lineEdit()->setMaxLength(longest);
    m_new->completer()->setFilterMode(Qt::MatchContains);
    m_new->completer()->setCompletionMode(QCompleter::PopupCompletion);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setColumnStretch(0, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addWidget(new SectionLabel(tr("Controls"), this));
    column->addLayout(m_grid);
    column->addWidget(m_proof);
    column->addWidget(m_new);
    connect(m_proof, &QLineEdit::returnPressed, this, [this] {
        const QString text = m_proof->text().simplified();
        if (m_asked >= 0 && !text.isEmpty()) {
            ControlUse use = m_rows[static_cast<std::size_t>(std::exchange(m_asked, -1))].use;
            use.status = ControlStatus::Verified;
            use.note = text.toStdString();
            m_proof->clear();
            m_proof->hide();
            save(std::move(use), true);
        }
    });
    connect(m_new->lineEdit(), &QLineEdit::returnPressed, this, &ControlShelf::add);
    connect(m_new, &QComboBox::activated, this, &ControlShelf::add);
}

QString ControlShelf::titleOf(const ControlUse& use)
{
    return shownText(use.control.empty() ? use.title : std::string(threats::titleOf(use.control)));
}

void ControlShelf::setThreat(const threats::Threat& threat)
{
    if (std::exchange(m_threat, threat.id) != threat.id) {
        m_asked = -1;
        m_proof->clear();
        m_proof->hide();
    }
    const auto& overlaid = m_state.reading()->overlaid;
    std::vector<Row> rows;
    for (const auto& use : threats::controlsOf(overlaid, threat.id)) {
        rows.push_back({use, true, nullptr, nullptr});
    }
    for (const auto& control : threat.controls) {
        const bool there =
            std::any_of(rows.begin(), rows.end(), [&control](const Row& row) { return row.use.control == control; });
        if (!there && !threats::titleOf(control).empty()) {
            ControlUse use;
            use.threat = threat.id;
            use.control = control;
            rows.push_back({std::move(use), false, nullptr, nullptr});
        }
    }
    std::stable_sort(rows.begin(), rows.end(),
        [](const Row& one, const Row& other) { return threats::idOf(one.use) < threats::idOf(other.use); });
    std::vector<ControlUse> uses; // what each would take away, also of those that are not used
    for (const Row& row : rows) {
        uses.push_back(row.use);
    }
    fill(std::move(rows), threats::riskOf(threat, uses));
}

void ControlShelf::fill(std::vector<Row> rows, const threats::Risk& risk)
{
    const bool same = std::equal(rows.begin(), rows.end(), m_rows.begin(), m_rows.end(),
        [](const Row& one, const Row& other) { return one.use == other.use && one.used == other.used; });
    if (same) {
        return;
    }
    int focused = -1; // it keeps the keyboard
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        focused = m_rows[i].status->hasFocus() ? static_cast<int>(i) : focused;
    }
    while (QLayoutItem* item = m_grid->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    m_rows = std::move(rows);
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        Row& row = m_rows[i];
        const int line = static_cast<int>(i) * 2;
        const QString title = titleOf(row.use);
        auto* name = new Label(title, TextRole::Base, Token::TextPrimary, false, this);
        auto* detail = new Label(words(risk.controls[i]), TextRole::Small, Token::TextMuted, false, this);
        if (!row.use.note.empty()) {
            detail->setText(
                tr("%1; %2, %3").arg(words(risk.controls[i]), shownText(row.use.note), shownText(row.use.author)));
        }
        for (Label* one : {name, detail}) {
            one->setTextFormat(Qt::PlainText);
            one->setWordWrap(true);
        }
        row.status = new QComboBox(this);
        row.status->addItems({tr("Not used"), tr("Proposed"), tr("In place"), tr("Verified")});
        row.status->setCurrentIndex(row.used ? static_cast<int>(row.use.status) + 1 : notUsed);
        row.status->setAccessibleName(tr("State of: %1").arg(title));
        m_grid->addWidget(name, line, 0);
        m_grid->addWidget(row.status, line, 1, Qt::AlignTop);
        m_grid->addWidget(detail, line + 1, 0, 1, 3);
        addGrip(row, line, title);
        connect(
            row.status, &QComboBox::activated, this, [this, i](int choice) { setStatus(static_cast<int>(i), choice); });
    }
    if (focused >= 0 && focused < count()) {
        m_rows[static_cast<std::size_t>(focused)].status->setFocus(Qt::OtherFocusReason);
    }
}

// One of their own is known to help with one threat only.
void ControlShelf::addGrip(Row& row, int line, const QString& title)
{
    if (row.use.control.empty()) {
        return;
    }
    row.grip = new ControlGrip(title, this);
    m_grid->addWidget(row.grip, line, 2, Qt::AlignTop);
    connect(row.grip, &QToolButton::clicked, this, [this, control = row.use.control] {
        if (const auto* threat = m_state.threat()) {
            Q_EMIT wanted(control, threat->target);
        }
    });
    connect(row.grip, &ControlGrip::dropped, this,
        [this, control = row.use.control](const QPoint& place) { Q_EMIT dropped(control, place); });
}

ControlGrip* ControlShelf::grip(int row) const
{
    return row >= 0 && row < count() ? m_rows[static_cast<std::size_t>(row)].grip : nullptr;
}

QComboBox* ControlShelf::status(int row) const
{
    return row >= 0 && row < count() ? m_rows[static_cast<std::size_t>(row)].status : nullptr;
}

void ControlShelf::step(int row)
{
    if (QComboBox* box = status(row)) {
        const int next = (box->currentIndex() + 1) % box->count();
        box->setCurrentIndex(next);
        setStatus(row, next);
    }
}

void ControlShelf::setStatus(int row, int choice)
{
    Row& one = m_rows[static_cast<std::size_t>(row)];
    if (choice == static_cast<int>(ControlStatus::Verified) + 1) {
        m_asked = row;
        m_proof->setText(QString::fromStdString(one.use.note));
        m_proof->show();
        m_proof->setFocus(Qt::OtherFocusReason);
        const QSignalBlocker quiet(one.status); // it is not verified before somebody says how
        one.status->setCurrentIndex(one.used ? static_cast<int>(one.use.status) + 1 : notUsed);
        Q_EMIT told(tr("Write down what proves that it works, then press Enter."));
        return;
    }
    ControlUse use = one.use;
    if (choice != notUsed) {
        use.status = static_cast<ControlStatus>(choice - 1);
        use.note.clear();
    }
    save(std::move(use), choice != notUsed);
}

void ControlShelf::save(ControlUse use, bool used)
{
    const QString title = titleOf(use);
    m_state.edit((used ? tr("Control \u201c%1\u201d") : tr("No control \u201c%1\u201d")).arg(title),
        [use = std::move(use), used](TeamModel& team) {
            if (used) {
                team.controls.insert_or_assign(threats::idOf(use), use);
            } else {
                team.controls.erase(threats::idOf(use));
            }
        });
}

void ControlShelf::add()
{
    const QString text = m_new->currentText().simplified();
    if (text.isEmpty() || m_threat.empty()) {
        return;
    }
    ControlUse use;
    use.threat = m_threat;
    if (const int known = m_new->findText(text); known >= 0) {
        use.control = m_new->itemData(known).toString().toStdString();
    } else {
        use.title = text.toStdString();
    }
    m_new->setCurrentIndex(-1);
    m_new->clearEditText();
    save(std::move(use), true);
}

} // namespace cupel::widgets
