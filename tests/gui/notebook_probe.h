// SPDX-License-Identifier: GPL-3.0-or-later
// What the tests of the notebook view look at: blocks of a cell, all its text, the accessible tree, pictures.
#pragma once

#include "widgets/notebook/cell_layout.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtGui/QAccessible>
#include <QtWidgets/QWidget>

#include <algorithm>
#include <vector>

namespace cupel::test {

using namespace cupel::widgets;

inline void keep(QWidget& window, const QString& name)
{
    const QString folder = qEnvironmentVariable("CUPEL_SHOTS");
    if (!folder.isEmpty()) {
        QCoreApplication::processEvents();
        const auto image = window.grab().toImage();
        QDir().mkpath(folder);
        image.save(QStringLiteral("%1/%2@%3x.png").arg(folder, name).arg(image.devicePixelRatio()));
    }
}

inline int roles(const CellLayout& cell, BlockRole role)
{
    return static_cast<int>(std::count_if(cell.blocks().begin(), cell.blocks().end(),
        [role](const auto& placed) { return placed.block->role() == role; }));
}

inline bool hasAction(const CellLayout& cell, Action::Kind kind)
{
    return std::any_of(cell.blocks().begin(), cell.blocks().end(), [kind](const auto& placed) {
        const auto hots = placed.block->hots();
        return std::any_of(hots.begin(), hots.end(), [kind](const auto& hot) { return hot.action.kind == kind; });
    });
}

inline int findings(const CellLayout& cell)
{
    return roles(cell, BlockRole::Finding);
}

inline QString allText(const CellLayout& cell)
{
    QString text;
    for (const auto& placed : cell.blocks()) {
        text += placed.block->text() + u'\n';
    }
    return text;
}

inline QString accessibleText(QAccessibleInterface* object)
{
    QString text;
    std::vector<QAccessibleInterface*> open{object};
    while (!open.empty()) {
        auto* next = open.back();
        open.pop_back();
        for (const auto kind : {QAccessible::Name, QAccessible::Value, QAccessible::Description, QAccessible::Help}) {
            text += next->text(kind) + u'\n';
        }
        for (int i = 0; i < next->childCount(); ++i) {
            open.push_back(next->child(i));
        }
    }
    return text;
}

} // namespace cupel::test
