// SPDX-License-Identifier: GPL-3.0-or-later
// The keyboard map as it is now, every action with its keys. UI thread.
#pragma once

#include <QtCore/QStringList>

class QGridLayout;
class QWidget;

namespace cupel::app {

class Actions;
class Sheet;

// A fresh sheet over `window`; the caller opens it.
[[nodiscard]] Sheet* makeKeySheet(const Actions& actions, QWidget* window);
[[nodiscard]] Sheet* makeAboutSheet(QWidget* window);
// One row of a table of keys: what they do, and their pictures.
void addKeyRow(QGridLayout* grid, int row, const QString& text, const QStringList& keys, QWidget* parent);

} // namespace cupel::app
