// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/threats/part_editor.h"

#include "widgets/common/buttons.h"
#include "widgets/common/flow_layout.h"
#include "widgets/common/labels.h"
#include "widgets/models/shown_text.h"
#include "widgets/models/threat_state.h"

#include <QtCore/QScopedValueRollback>
#include <QtCore/QSignalBlocker>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSpinBox>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <set>
#include <utility>

namespace cupel::widgets {

using threats::PartEdit;
using threats::TeamModel;

namespace {

constexpr int longest = 400;

void setIfIdle(QLineEdit* field, const QString& text)
{
    if (!field->isModified() || !field->hasFocus()) { // what is being written stays
        field->setText(text);
    }
}

void choose(QComboBox* box, const std::string& id)
{
    box->setCurrentIndex(box->findData(QString::fromStdString(id)));
}

std::string chosen(const QComboBox* box)
{
    return box->currentData().toString().toStdString();
}

} // namespace

PartEditor::PartEditor(ThreatState& state, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_title(new Label({}, TextRole::H3, Token::TextPrimary, true, this))
    , m_origin(new Label({}, TextRole::Small, Token::TextSecondary, false, this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 8, 0);
    column->setSpacing(8);
    for (Label* label : {m_title, m_origin}) {
        label->setWordWrap(true);
        column->addWidget(label);
    }
    m_body = new QWidget(this);
    m_form = new QFormLayout(m_body);
    m_form->setContentsMargins(0, 0, 0, 0);
    m_form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    makeFields(m_form);
    makeAttributes(m_form);
    column->addWidget(m_body);
    auto* buttons = new QWidget(m_body);
    auto* flow = new FlowLayout(6, false, buttons);
    m_threat = new QPushButton(tr("Add a threat\u2026"), buttons);
    m_remove = new QPushButton(buttons);
    for (QPushButton* one : {m_threat, m_remove}) {
        setSmall(one);
        flow->addWidget(one);
    }
    setKeyHint(m_remove, QStringLiteral("Del"));
    m_form->addRow(buttons);
    column->addStretch(1);
    connect(m_remove, &QPushButton::clicked, this, &PartEditor::removeRequested);
    connect(m_threat, &QPushButton::clicked, this, &PartEditor::threatRequested);
}

void PartEditor::takeFocus()
{
    m_name->setFocus(Qt::ShortcutFocusReason);
    m_name->selectAll();
}

void PartEditor::makeFields(QFormLayout* form)
{
    const auto line = [&](const QString& label, const QString& step, std::optional<std::string> PartEdit::* member) {
        auto* field = new QLineEdit(this);
        field->setMaxLength(longest);
        field->setAccessibleName(label);
        form->addRow(label, field);
        connect(field, &QLineEdit::editingFinished, this, [this, field, step, member] {
            if (field->isModified() && !m_filling) {
                field->setModified(false);
                setText(step, member, field->text().simplified().toStdString());
            }
        });
        return field;
    };
    const auto list = [&](const QString& label, const QString& step, std::optional<std::string> PartEdit::* member) {
        auto* box = new QComboBox(this);
        box->setAccessibleName(label);
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(10);
        m_optional.push_back({label, box});
        connect(box, &QComboBox::activated, this, [this, box, step, member] { setText(step, member, chosen(box)); });
        return box;
    };
    m_name = line(tr("Name"), tr("Rename %1"), &PartEdit::name);
    m_kind = list(tr("Kind"), tr("Change the kind of %1"), &PartEdit::kind);
    m_source = list(tr("From"), tr("Lead %1 from elsewhere"), &PartEdit::source);
    m_target = list(tr("To"), tr("Lead %1 elsewhere"), &PartEdit::target);
    m_zone = list(tr("Zone"), tr("Put %1 into another zone"), &PartEdit::zone);
    m_trust = new QSpinBox(this);
    m_trust->setRange(0, 100);
    m_trust->setAccessibleName(tr("Trust, 0 to 100"));
    m_optional.push_back({tr("Trust"), m_trust});
    for (const auto& row : m_optional) {
        row.field->hide(); // until a part has it
    }
    connect(m_trust, &QSpinBox::editingFinished, this, [this] {
        const Part now = part();
        if (!m_filling && now.zone && now.zone->trust.value_or(0) != m_trust->value()) {
            setAttribute("trust", std::to_string(m_trust->value()));
        }
    });
    m_description = line(tr("Description"), tr("Describe %1"), &PartEdit::description);
    m_scope = line(tr("Out of scope"), tr("Change the scope of %1"), &PartEdit::scopeReason);
    m_scope->setPlaceholderText(tr("Why nobody has to look at it"));
}

void PartEditor::makeAttributes(QFormLayout* form)
{
    m_attributes = new QWidget(this);
    m_grid = new QGridLayout(m_attributes);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setColumnStretch(1, 1);
    form->addRow(new SectionLabel(tr("What is known of it"), this));
    form->addRow(m_attributes);
    m_newKey = new QComboBox(this);
    m_newKey->setEditable(true);
    m_newKey->setInsertPolicy(QComboBox::NoInsert);
    m_newKey->setAccessibleName(tr("New attribute"));
    m_newKey->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_newKey->setMinimumContentsLength(8);
    m_newKey->lineEdit()->setPlaceholderText(tr("Attribute"));
    m_newKey->lineEdit()->setMaxLength(longest);
    m_newValue = new QLineEdit(this);
    m_newValue->setPlaceholderText(tr("Value, then Enter"));
    m_newValue->setAccessibleName(tr("Value of the new attribute"));
    m_newValue->setMaxLength(longest);
    form->addRow(m_newKey, m_newValue);
    connect(m_newValue, &QLineEdit::returnPressed, this, &PartEditor::addAttribute);
}

PartEditor::Part PartEditor::part() const
{
    Part out;
    if (!m_state.reading() || m_state.part().empty()) {
        return out;
    }
    const auto& model = m_state.reading()->overlaid.model;
    const auto find = [this](const auto& list) {
        const auto found =
            std::find_if(list.begin(), list.end(), [this](const auto& one) { return one.id == m_state.part(); });
        return found == list.end() ? nullptr : &*found;
    };
    if ((out.element = find(model.elements))) {
        out.type = Type::Element;
        out.part = out.element;
    } else if ((out.flow = find(model.flows))) {
        out.type = Type::Flow;
        out.part = out.flow;
    } else if ((out.zone = find(model.zones))) {
        out.type = Type::Zone;
        out.part = out.zone;
    }
    return out;
}

void PartEditor::update()
{
    const QScopedValueRollback<bool> guard(m_filling, true);
    const Part now = part();
    if (std::exchange(m_id, m_state.part()) != m_state.part()) { // half written text belongs to what it was written for
        for (QLineEdit* field : {m_name, m_description, m_scope, m_newValue}) {
            field->setModified(false);
        }
        m_newKey->setEditText({});
        m_newValue->clear();
    }
    setEnabled(now.part != nullptr);
    m_body->setVisible(now.part != nullptr); // nothing of the one before
    if (!now.part) {
        m_title->setText(tr("Choose an element, a flow or a zone"));
        m_origin->setText({});
        return;
    }
    const auto& overlaid = m_state.reading()->overlaid;
    m_title->setText(m_state.nameOf(m_id));
    m_origin->setText(overlaid.ghosts.contains(m_id) ? tr("The last scan no longer found it.")
            : overlaid.drawn.contains(m_id)          ? tr("Drawn by a person.")
            : overlaid.tray.contains(m_id)           ? tr("New: found by the last scan.")
                                                     : tr("Found by the scan; what is written here stays."));
    m_remove->setText(overlaid.drawn.contains(m_id) ? tr("Delete") : tr("Hide"));
    setIfIdle(m_name, QString::fromStdString(now.part->name));
    setIfIdle(m_description, QString::fromStdString(now.part->description));
    setIfIdle(m_scope, QString::fromStdString(now.part->scopeReason));
    showRows(now.element ? std::vector<QWidget*>{m_kind, m_zone}
            : now.flow   ? std::vector<QWidget*>{m_source, m_target}
                         : std::vector<QWidget*>{m_zone, m_trust});
    if (now.element) {
        m_kind->clear();
        auto kinds = paletteKinds();
        if (std::find(kinds.begin(), kinds.end(), now.element->kind) == kinds.end()) {
            kinds.push_back(now.element->kind);
        }
        for (const auto& kind : kinds) {
            m_kind->addItem(kindWord(kind), QString::fromStdString(kind));
        }
        choose(m_kind, now.element->kind);
    }
    if (now.zone && !m_trust->hasFocus()) {
        m_trust->setValue(now.zone->trust.value_or(0));
    }
    fillZones(now);
    fillEnds(now);
    fillAttributes(now);
    fillKeys(now);
}

// Rows that are not wanted are taken out: where a QFormLayout of Qt 6.4 hides some and shows others, one gets no room.
void PartEditor::showRows(const std::vector<QWidget*>& wanted)
{
    if (m_shown == wanted) {
        return;
    }
    for (QWidget* field : std::exchange(m_shown, wanted)) {
        const auto row = m_form->takeRow(field);
        if (row.labelItem) {
            delete row.labelItem->widget();
        }
        delete row.labelItem;
        delete row.fieldItem;
        field->hide();
    }
    int at = 1; // below the name
    for (const auto& row : m_optional) {
        if (std::find(wanted.begin(), wanted.end(), row.field) != wanted.end()) {
            m_form->insertRow(at++, row.label, row.field);
            row.field->show();
        }
    }
}

void PartEditor::fillZones(const Part& part)
{
    if (part.flow) {
        return;
    }
    m_zone->clear();
    m_zone->addItem(tr("None"), QString());
    for (const auto& zone : m_state.reading()->overlaid.model.zones) {
        if (!part.zone || zone.id != part.zone->id) {
            m_zone->addItem(shownText(zone.name.empty() ? zone.id : zone.name), QString::fromStdString(zone.id));
        }
    }
    choose(m_zone, part.element ? part.element->zone : part.zone->parent);
}

void PartEditor::fillEnds(const Part& part)
{
    if (!part.flow) {
        return;
    }
    for (QComboBox* box : {m_source, m_target}) {
        box->clear();
        for (const auto& element : m_state.reading()->overlaid.model.elements) {
            box->addItem(
                shownText(element.name.empty() ? element.id : element.name), QString::fromStdString(element.id));
        }
    }
    choose(m_source, part.flow->source);
    choose(m_target, part.flow->target);
}

void PartEditor::fillAttributes(const Part& part)
{
    std::vector<std::string> keys;
    for (const auto& attribute : part.part->attributes) {
        if (!part.zone || attribute.key != "trust") {
            keys.push_back(attribute.key);
        }
    }
    const bool same = std::equal(keys.begin(), keys.end(), m_rows.begin(), m_rows.end(),
        [](const std::string& key, const Row& row) { return key == row.key; });
    if (!same) {
        m_rows.clear();
        while (QLayoutItem* item = m_grid->takeAt(0)) {
            item->widget()->hide();
            item->widget()->deleteLater();
            delete item;
        }
        for (const auto& key : keys) {
            const int row = static_cast<int>(m_rows.size());
            const QString name = attributeWord(key);
            auto* label = new Label(name, TextRole::Small, Token::TextSecondary, false, m_attributes);
            label->setTextFormat(Qt::PlainText);
            label->setToolTip(tr("Rules call this %1.").arg(shownText(key)));
            auto* field = new QLineEdit(m_attributes);
            field->setMaxLength(longest);
            field->setAccessibleName(name);
            auto* reset = new IconButton(QStringLiteral("x"), tr("No longer say %1").arg(name), m_attributes);
            m_grid->addWidget(label, row, 0);
            m_grid->addWidget(field, row, 1);
            m_grid->addWidget(reset, row, 2);
            m_rows.push_back({key, field});
            connect(field, &QLineEdit::editingFinished, this, [this, field, key] {
                if (field->isModified() && !m_filling) {
                    field->setModified(false);
                    setAttribute(key, field->text().simplified().toStdString());
                }
            });
            connect(reset, &QToolButton::clicked, this, [this, key] {
                const Part now = this->part();
                const bool drawn = now.part && m_state.reading()->overlaid.drawn.contains(now.part->id);
                setAttribute(key, drawn ? std::nullopt : std::optional<std::string>(""));
            });
        }
    }
    for (const Row& row : m_rows) {
        const auto value = threats::attribute(*part.part, row.key);
        setIfIdle(row.value, QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size())));
    }
}

// What is known of others may be known of this one too.
void PartEditor::fillKeys(const Part& part)
{
    std::set<std::string> keys;
    const auto add = [&keys](const auto& list) {
        for (const auto& one : list) {
            for (const auto& attribute : one.attributes) {
                keys.insert(attribute.key);
            }
        }
    };
    const auto& model = m_state.reading()->overlaid.model;
    if (part.flow) {
        add(model.flows);
        keys.insert({"protocol", "encrypted", "authenticated"});
    } else if (part.element) {
        add(model.elements);
        keys.insert({"origin", "pii", "classification", "encrypted_at_rest", "versioned", "integrity_checked"});
    }
    const QString writing = m_newKey->currentText();
    const QSignalBlocker quiet(m_newKey);
    m_newKey->clear();
    for (const auto& key : keys) {
        if (value(key) == nullptr) {
            m_newKey->addItem(shownText(key));
        }
    }
    m_newKey->setEditText(writing);
}

QLineEdit* PartEditor::value(const std::string& key) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&key](const Row& row) { return row.key == key; });
    return found == m_rows.end() ? nullptr : found->value;
}

void PartEditor::setText(const QString& step, std::optional<std::string> PartEdit::* member, const std::string& value)
{
    if (m_filling || m_id.empty()) {
        return;
    }
    m_state.edit(step.arg(m_state.nameOf(m_id)),
        [id = m_id, member, value, element = part().element != nullptr](TeamModel& team) {
            threats::setText(team, id, member, value);
            if (element && member == &PartEdit::zone) {
                team.places.erase(id); // that was in another zone: it gets one in this
            }
        });
}

void PartEditor::setAttribute(const std::string& key, std::optional<std::string> value)
{
    if (m_id.empty()) {
        return;
    }
    m_state.edit(tr("Change %1 of %2").arg(attributeWord(key), m_state.nameOf(m_id)),
        [id = m_id, key, value = std::move(value)](TeamModel& team) { threats::setAttribute(team, id, key, value); });
}

void PartEditor::addAttribute()
{
    const std::string key = m_newKey->currentText().simplified().toStdString();
    const std::string value = m_newValue->text().simplified().toStdString();
    if (key.empty() || value.empty()) {
        m_newKey->setFocus(Qt::OtherFocusReason);
        return;
    }
    m_newKey->setEditText({});
    m_newValue->clear();
    setAttribute(key, value);
}

} // namespace cupel::widgets
