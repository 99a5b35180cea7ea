// SPDX-License-Identifier: GPL-3.0-or-later
// All modes of the window, one row each: what it is called, its icon, and what it is made of. A new view is one row.
#pragma once

#include "app/shell/mode_page.h"

#include <span>

namespace cupel::app {

class Actions;
class Session;

struct ShellContext {
    Session& session;
    Actions& actions;
};

struct ViewEntry {
    const char* id; // stable; the action that opens it is "go." + id
    const char* title; // translated in the context "Views"
    const char* icon;
    bool atBottom; // of the rail
    ModeParts (*make)(const ShellContext& context, QWidget* parent);
};

[[nodiscard]] std::span<const ViewEntry> viewTable();
[[nodiscard]] const ViewEntry* findView(QStringView id); // null: unknown
[[nodiscard]] QString viewTitle(const ViewEntry& entry);

} // namespace cupel::app
