// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/accessibility.h"

#include "widgets/common/buttons.h"
#include "widgets/common/states.h"

#include <QtWidgets/QAccessibleWidget>

namespace cupel::widgets {

namespace {

// A chip is plain text until it can be pressed, and it may become so later.
class ChipInterface : public QAccessibleWidget {
public:
    explicit ChipInterface(Chip* chip)
        : QAccessibleWidget(chip, QAccessible::Button)
        , m_chip(chip)
    {
    }
    QAccessible::Role role() const override
    {
        const auto pressable = m_chip->isCheckable() ? QAccessible::CheckBox : QAccessible::Button;
        return m_chip->isActive() ? pressable : QAccessible::StaticText;
    }
    QString text(QAccessible::Text kind) const override
    {
        const QString given = QAccessibleWidget::text(kind);
        return kind == QAccessible::Name && given.isEmpty() ? m_chip->text() : given;
    }
    QAccessible::State state() const override
    {
        QAccessible::State state = QAccessibleWidget::state();
        state.checkable = m_chip->isCheckable();
        state.checked = m_chip->isChecked();
        return state;
    }
    QStringList actionNames() const override
    {
        return m_chip->isActive() ? QStringList{QAccessibleActionInterface::pressAction()} : QStringList{};
    }
    void doAction(const QString& action) override
    {
        if (m_chip->isActive() && action == QAccessibleActionInterface::pressAction()) {
            m_chip->click();
        }
    }

private:
    Chip* m_chip; // the interface lives as long as its widget
};

QAccessibleInterface* make(const QString&, QObject* object)
{
    // By cast, not by the name given: Qt asks with the names of all base classes too.
    if (auto* chip = qobject_cast<Chip*>(object)) {
        return new ChipInterface(chip);
    }
    if (auto* key = qobject_cast<KeyCap*>(object)) {
        return new QAccessibleWidget(key, QAccessible::StaticText, key->accessibleName());
    }
    if (auto* state = qobject_cast<StateCard*>(object)) {
        return new QAccessibleWidget(state, QAccessible::AlertMessage, state->accessibleName());
    }
    if (auto* segments = qobject_cast<SegmentedControl*>(object)) {
        return new QAccessibleWidget(segments, QAccessible::Grouping, segments->accessibleName());
    }
    return nullptr;
}

} // namespace

void installAccessibility()
{
    static bool installed = false;
    if (!installed) {
        installed = true;
        QAccessible::installFactory(make);
    }
}

} // namespace cupel::widgets
