// SPDX-License-Identifier: GPL-3.0-or-later
// What is known of the chosen element, flow or zone, as fields to work on: name, kind, zone, trust, ends, attributes,
// scope. What somebody writes is one step when the field is left. UI thread.
#pragma once

#include "widgets/models/threat_state.h"

#include <QtWidgets/QWidget>

#include <optional>

class QComboBox;
class QFormLayout;
class QGridLayout;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace cupel::widgets {

class Label;

class PartEditor : public QWidget {
    Q_OBJECT
public:
    explicit PartEditor(ThreatState& state, QWidget* parent = nullptr);
    [[nodiscard]] QLineEdit* name() const { return m_name; }
    [[nodiscard]] QComboBox* kind() const { return m_kind; }
    [[nodiscard]] QComboBox* zone() const { return m_zone; }
    [[nodiscard]] QSpinBox* trust() const { return m_trust; }
    [[nodiscard]] QLineEdit* value(const std::string& key) const; // of an attribute; null: it has none
    [[nodiscard]] QComboBox* newKey() const { return m_newKey; }
    [[nodiscard]] QLineEdit* newValue() const { return m_newValue; }
    void takeFocus();
    void update();

Q_SIGNALS:
    void removeRequested();
    void threatRequested(); // a new one on this part

private:
    enum class Type : std::uint8_t { None, Element, Flow, Zone };
    struct Part { // the chosen one, as it is shown
        Type type = Type::None;
        const threats::DiagramPart* part = nullptr;
        const threats::Element* element = nullptr;
        const threats::Flow* flow = nullptr;
        const threats::Zone* zone = nullptr;
    };
    struct Row {
        std::string key;
        QLineEdit* value = nullptr;
    };
    [[nodiscard]] Part part() const;
    void makeFields(QFormLayout* form);
    void makeAttributes(QFormLayout* form);
    void showRows(const std::vector<QWidget*>& wanted);
    void fillZones(const Part& part);
    void fillEnds(const Part& part);
    void fillAttributes(const Part& part);
    void fillKeys(const Part& part);
    void setText(const QString& step, std::optional<std::string> threats::PartEdit::* member, const std::string& value);
    void setAttribute(const std::string& key, std::optional<std::string> value);
    void addAttribute();

    ThreatState& m_state;
    std::string m_id; // whose fields these are
    bool m_filling = false;
    Label* m_title;
    Label* m_origin;
    struct OptionalRow {
        QString label;
        QWidget* field = nullptr;
    };
    QWidget* m_body = nullptr; // all but the heading
    QFormLayout* m_form = nullptr;
    std::vector<OptionalRow> m_optional; // in their order
    std::vector<QWidget*> m_shown; // fields of them
    QLineEdit* m_name = nullptr;
    QComboBox* m_kind = nullptr;
    QComboBox* m_zone = nullptr;
    QComboBox* m_source = nullptr;
    QComboBox* m_target = nullptr;
    QSpinBox* m_trust = nullptr;
    QLineEdit* m_description = nullptr;
    QLineEdit* m_scope = nullptr;
    QWidget* m_attributes = nullptr;
    QGridLayout* m_grid = nullptr;
    std::vector<Row> m_rows;
    QComboBox* m_newKey = nullptr;
    QLineEdit* m_newValue = nullptr;
    QPushButton* m_remove = nullptr;
    QPushButton* m_threat = nullptr;
};

} // namespace cupel::widgets
