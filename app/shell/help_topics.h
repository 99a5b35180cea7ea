// SPDX-License-Identifier: GPL-3.0-or-later
// The help, written once: a short section for each view and panel, with its keys and where to go next. F1 opens the
// section of what has the focus, the palette opens any. Values only; help_sheet.h shows them.
#pragma once

#include <QtCore/QString>

#include <span>

class QWidget;

namespace cupel::app {

struct HelpKey {
    const char* keys; // or a piece of a query; not translated
    const char* text;
};

struct HelpTopic {
    const char* id; // the anchor: of views.cpp, or a panel
    const char* icon;
    const char* title;
    std::span<const char* const> paragraphs;
    std::span<const char* const> actions; // ids of the action table: shown with the keys they have now
    std::span<const HelpKey> keys; // of the view itself
    std::span<const char* const> next; // other topics
};

[[nodiscard]] std::span<const HelpTopic> helpTopics();
[[nodiscard]] const HelpTopic* findHelp(QStringView id); // null: unknown
[[nodiscard]] QString helpText(const char* source); // translated

// A panel inside of a view that has a section of its own.
void setHelpTopic(QWidget* widget, const char* id);
// The section for a place: of the widget or of what holds it, else `fallback`.
[[nodiscard]] QString helpTopicOf(const QWidget* widget, const QString& fallback);

} // namespace cupel::app
