// SPDX-License-Identifier: GPL-3.0-or-later
// Everything a program could read out of the window: the accessible tree, texts of widgets, models behind views.
#pragma once

#include <QtCore/QAbstractItemModel>
#include <QtCore/QMetaProperty>
#include <QtCore/QSet>
#include <QtGui/QAccessible>
#include <QtWidgets/QApplication>
#include <QtWidgets/QWidget>

#include <vector>

namespace cupel::test {

// Different texts only: the same label is looked at again and again.
class TextSink {
public:
    void add(const QString& text)
    {
        if (text.size() >= 8 && !m_seen.contains(text)) {
            m_seen.insert(text);
            m_fresh += text + u'\n';
        }
    }
    [[nodiscard]] qsizetype count() const { return m_seen.size(); }
    [[nodiscard]] QString take() { return std::exchange(m_fresh, QString()); }

private:
    QSet<QString> m_seen;
    QString m_fresh;
};

// Also of what is hidden: some screen readers do not care.
inline void readAccessible(QAccessibleInterface* root, TextSink& sink)
{
    std::vector<QAccessibleInterface*> open{root};
    while (!open.empty()) {
        QAccessibleInterface* one = open.back();
        open.pop_back();
        if (!one || !one->isValid()) {
            continue;
        }
        for (const auto kind : {QAccessible::Name, QAccessible::Value, QAccessible::Description, QAccessible::Help,
                 QAccessible::Accelerator, QAccessible::DebugDescription}) {
            sink.add(one->text(kind));
        }
        if (auto* text = one->textInterface()) {
            sink.add(text->text(0, text->characterCount()));
        }
        if (auto* value = one->valueInterface()) {
            sink.add(value->currentValue().toString());
        }
        if (auto* actions = one->actionInterface()) {
            for (const QString& name : actions->actionNames()) {
                sink.add(actions->localizedActionName(name) + u' ' + actions->localizedActionDescription(name));
            }
        }
        for (int i = 0; i < one->childCount(); ++i) {
            open.push_back(one->child(i));
        }
    }
}

inline void readModel(const QAbstractItemModel& model, TextSink& sink)
{
    std::vector<QModelIndex> open{QModelIndex()};
    while (!open.empty()) {
        const QModelIndex parent = open.back();
        open.pop_back();
        for (int row = 0; row < model.rowCount(parent); ++row) {
            for (int column = 0; column < model.columnCount(parent); ++column) {
                const QModelIndex index = model.index(row, column, parent);
                for (int role = 0; role < Qt::UserRole + 40; role = role == 20 ? int(Qt::UserRole) : role + 1) {
                    sink.add(index.data(role).toString());
                }
                if (column == 0) {
                    open.push_back(index);
                }
            }
        }
    }
}

// Every text property (label, button, line, tool tip, title, accessible name ...) and every model.
inline void readWidgets(TextSink& sink)
{
    QList<QObject*> open;
    for (QWidget* window : QApplication::topLevelWidgets()) {
        open += window;
    }
    while (!open.isEmpty()) {
        QObject* one = open.takeLast();
        open += one->children();
        if (const auto* model = qobject_cast<QAbstractItemModel*>(one)) {
            readModel(*model, sink);
        }
        const QMetaObject* meta = one->metaObject();
        for (int i = 0; i < meta->propertyCount(); ++i) {
            const QMetaProperty property = meta->property(i);
            if (property.typeId() == QMetaType::QString && property.isReadable()) {
                sink.add(property.read(one).toString());
            }
        }
        for (const QByteArray& name : one->dynamicPropertyNames()) {
            sink.add(one->property(name.constData()).toString());
        }
    }
}

} // namespace cupel::test
