// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/threats/threat_form.h"

#include "analyzers/threats/assess.h"
#include "analyzers/threats/knowledge/tables.h"
#include "widgets/common/buttons.h"
#include "widgets/common/flow_layout.h"
#include "widgets/common/labels.h"
#include "widgets/common/paint.h"
#include "widgets/common/severity.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QPointer>
#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QCompleter>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSpinBox>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <memory>

namespace cupel::widgets {

using threats::TeamModel;

namespace {

constexpr int longestTitle = 200;
constexpr int longestText = 4'000;
constexpr char letters[] = "STRIDE";

QString wordOf(char letter)
{
    switch (letter) {
    case 'S':
        return ThreatForm::tr("Spoofing");
    case 'T':
        return ThreatForm::tr("Tampering");
    case 'R':
        return ThreatForm::tr("Repudiation");
    case 'I':
        return ThreatForm::tr("Information disclosure");
    case 'D':
        return ThreatForm::tr("Denial of service");
    default:
        return ThreatForm::tr("Elevation of privilege");
    }
}

// With the outline of the other fields.
class TextField : public QPlainTextEdit {
public:
    using QPlainTextEdit::QPlainTextEdit;

protected:
    void paintEvent(QPaintEvent* event) override
    {
        QPlainTextEdit::paintEvent(event);
        QPainter painter(viewport());
        painter.setRenderHint(QPainter::Antialiasing);
        paintBox(
            painter, viewport()->rect(), radius::control, {}, color(hasFocus() ? Token::Accent : Token::ControlBorder));
    }
};

QPlainTextEdit* textField(const QString& name, QWidget* parent)
{
    auto* field = new TextField(parent);
    field->setFrameShape(QFrame::NoFrame);
    field->setAccessibleName(name);
    field->setTabChangesFocus(true);
    field->setFixedHeight(field->fontMetrics().lineSpacing() * 4 + 12);
    return field;
}

QSpinBox* stepField(const QString& name, QWidget* parent)
{
    auto* field = new QSpinBox(parent);
    field->setRange(1, 5);
    field->setAccessibleName(name);
    return field;
}

} // namespace

ThreatForm::ThreatForm(ThreatState& state, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_head(new Label({}, TextRole::H3, Token::TextPrimary, true, this))
    , m_title(new QLineEdit(this))
    , m_technique(new QComboBox(this))
    , m_likelihood(stepField(tr("Likelihood, 1 to 5"), this))
    , m_impact(stepField(tr("Impact, 1 to 5"), this))
    , m_risk(new Label({}, TextRole::Small, Token::TextSecondary, false, this))
    , m_description(textField(tr("What would happen"), this))
    , m_mitigation(textField(tr("What to do about it"), this))
    , m_save(new QPushButton(tr("Save"), this))
    , m_delete(new QPushButton(tr("Delete"), this))
{
    m_head->setWordWrap(true);
    m_title->setMaxLength(longestTitle);
    m_title->setAccessibleName(tr("Title of the threat"));
    m_title->setPlaceholderText(tr("What can go wrong, in a few words"));
    auto* chips = new QWidget(this);
    auto* flow = new FlowLayout(6, false, chips);
    for (std::size_t i = 0; i < m_stride.size(); ++i) {
        auto* chip = new Chip(wordOf(letters[i]), chips);
        chip->setCheckable(true);
        chip->setActive(true);
        flow->addWidget(chip);
        m_stride[i] = chip;
    }
    m_technique->setEditable(true);
    m_technique->setInsertPolicy(QComboBox::NoInsert);
    m_technique->setAccessibleName(tr("ATLAS technique"));
    m_technique->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_technique->setMinimumContentsLength(10);
    m_technique->addItem({}, QString());
    for (const auto& [id, title] : threats::itemsOf("atlas-techniques")) {
        m_technique->addItem(shownText(id + "  " + title), QString::fromStdString(id));
    }
    m_technique->completer()->setFilterMode(Qt::MatchContains);
    m_technique->completer()->setCompletionMode(QCompleter::PopupCompletion);
    auto* form = new QFormLayout;
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("Title"), m_title);
    form->addRow(tr("STRIDE"), chips);
    form->addRow(tr("ATLAS"), m_technique);
    form->addRow(tr("Likelihood"), m_likelihood);
    form->addRow(tr("Impact"), m_impact);
    form->addRow(tr("Risk"), m_risk);
    form->addRow(tr("What would happen"), m_description);
    form->addRow(tr("What to do"), m_mitigation);
    auto* buttons = new QWidget(this);
    auto* row = new FlowLayout(6, false, buttons);
    auto* cancel = new QPushButton(tr("Cancel"), buttons);
    m_save->setDefault(true);
    for (QPushButton* one : {m_save, cancel, m_delete}) {
        row->addWidget(one);
    }
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 8, 0);
    column->addWidget(m_head);
    column->addLayout(form);
    column->addWidget(buttons);
    column->addStretch(1);
    for (QSpinBox* one : {m_likelihood, m_impact}) {
        connect(one, &QSpinBox::valueChanged, this, &ThreatForm::showRisk);
    }
    connect(m_title, &QLineEdit::returnPressed, this, &ThreatForm::save);
    connect(m_save, &QPushButton::clicked, this, &ThreatForm::save);
    connect(m_delete, &QPushButton::clicked, this, &ThreatForm::remove);
    connect(cancel, &QPushButton::clicked, this, &ThreatForm::done);
}

void ThreatForm::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT done();
        return;
    }
    QWidget::keyPressEvent(event);
    event->accept(); // letters decide nothing while something is being written
}

void ThreatForm::showRisk()
{
    const int risk = m_likelihood->value() * m_impact->value();
    m_risk->setText(
        tr("%1 of 25: %2").arg(risk).arg(word(threats::severityOfRisk(m_likelihood->value(), m_impact->value()))));
}

void ThreatForm::fill(const threats::OwnThreat& own)
{
    m_target = own.target;
    m_filled = own;
    m_title->setMaxLength(std::max(longestTitle, static_cast<int>(own.title.size()))); // nothing is cut unasked
    m_title->setText(QString::fromStdString(own.title));
    for (std::size_t i = 0; i < m_stride.size(); ++i) {
        m_stride[i]->setChecked(own.stride.find(letters[i]) != std::string::npos);
    }
    const QString technique = own.references.empty() ? QString() : QString::fromStdString(own.references.front());
    const int known = m_technique->findData(technique);
    m_technique->setCurrentIndex(known);
    if (known < 0) {
        m_technique->setEditText(technique);
    }
    m_likelihood->setValue(own.likelihood);
    m_impact->setValue(own.impact);
    m_description->setPlainText(QString::fromStdString(own.description));
    m_mitigation->setPlainText(QString::fromStdString(own.mitigation));
    m_delete->setVisible(!m_id.empty());
    showRisk();
    m_shown = written();
    m_title->setFocus(Qt::OtherFocusReason);
}

void ThreatForm::startNew(const std::string& target)
{
    m_id.clear();
    threats::OwnThreat own;
    own.target = target;
    m_head->setText(tr("New threat: %1").arg(m_state.nameOf(target)));
    fill(own);
}

void ThreatForm::startEdit(const threats::Threat& threat)
{
    m_id = threat.id;
    m_head->setText(tr("Edit the threat: %1").arg(m_state.nameOf(threat.target)));
    fill({threat.target, threat.title, threat.description, threat.mitigation, threat.stride, threat.references,
        threat.likelihood, threat.impact});
}

// What the fields say.
threats::OwnThreat ThreatForm::written() const
{
    threats::OwnThreat own;
    own.target = m_target;
    own.title = m_title->text().simplified().toStdString();
    for (std::size_t i = 0; i < m_stride.size(); ++i) {
        if (m_stride[i]->isChecked()) {
            own.stride += letters[i];
        }
    }
    const int known = m_technique->findText(m_technique->currentText());
    const std::string technique =
        (known >= 0 ? m_technique->itemData(known).toString() : m_technique->currentText()).simplified().toStdString();
    if (!technique.empty()) {
        own.references.push_back(technique);
    }
    own.likelihood = m_likelihood->value();
    own.impact = m_impact->value();
    const auto textOf = [](const QPlainTextEdit* field, const std::string& was) {
        const auto most = std::max<qsizetype>(longestText, static_cast<qsizetype>(was.size()));
        return field->toPlainText().left(most).toStdString();
    };
    own.description = textOf(m_description, m_filled.description);
    own.mitigation = textOf(m_mitigation, m_filled.mitigation);
    return own;
}

// Only what was changed in the fields: the rest stays as the model has it, however much of it they show. False, and
// nothing is done: a text was changed of which they show another than the model has, as where it is masked.
bool ThreatForm::putInto(threats::OwnThreat& own, const threats::OwnThreat& wanted) const
{
    for (const auto text :
        {&threats::OwnThreat::title, &threats::OwnThreat::description, &threats::OwnThreat::mitigation}) {
        if (wanted.*text != m_shown.*text && own.*text != m_filled.*text) {
            return false;
        }
    }
    if (wanted.references != m_shown.references && own.references != m_filled.references) {
        return false;
    }
    const auto put = [&](auto member) {
        if (wanted.*member != m_shown.*member) {
            own.*member = wanted.*member;
        }
    };
    put(&threats::OwnThreat::title);
    put(&threats::OwnThreat::description);
    put(&threats::OwnThreat::mitigation);
    put(&threats::OwnThreat::stride);
    put(&threats::OwnThreat::likelihood);
    put(&threats::OwnThreat::impact);
    if (wanted.references != m_shown.references) { // the first one is shown
        own.references.erase(own.references.begin(), own.references.begin() + (own.references.empty() ? 0 : 1));
        own.references.insert(own.references.begin(), wanted.references.begin(), wanted.references.end());
    }
    return true;
}

void ThreatForm::save()
{
    const threats::OwnThreat own = written();
    if (own.title.empty()) {
        m_title->setFocus(Qt::OtherFocusReason);
        Q_EMIT told(tr("Say in a few words what can go wrong."));
        return;
    }
    const bool fresh = m_id.empty();
    const std::string id = fresh ? m_state.newId() : m_id;
    const QString name = shownText(own.title);
    const auto refused = std::make_shared<bool>(false); // an edit is made at once
    m_state.edit((fresh ? tr("Add the threat \u201c%1\u201d") : tr("Change the threat \u201c%1\u201d")).arg(name),
        [id, own, refused, form = QPointer<ThreatForm>(this)](TeamModel& team) {
            const auto found = team.own.find(id);
            if (found == team.own.end()) {
                team.own.insert_or_assign(id, own);
            } else {
                *refused = !form || !form->putInto(found->second, own);
            }
        });
    if (*refused) {
        Q_EMIT told(
            tr("A text that you changed is another in the model than it is shown here: it is masked, or somebody "
               "has changed it. Nothing was saved."));
        return;
    }
    Q_EMIT done();
    m_state.selectThreat(id);
}

void ThreatForm::remove()
{
    const QString name = m_title->text();
    Q_EMIT done();
    m_state.edit(tr("Delete the threat \u201c%1\u201d").arg(name),
        [id = m_id](TeamModel& team) { threats::removeThreat(team, id); });
}

} // namespace cupel::widgets
