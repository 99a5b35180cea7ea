// SPDX-License-Identifier: GPL-3.0-or-later
// The translation context of everything painted in a cell.
#pragma once

#include <QtCore/QCoreApplication>

namespace cupel::widgets {

struct CellText {
    Q_DECLARE_TR_FUNCTIONS(CellText)
};

} // namespace cupel::widgets
