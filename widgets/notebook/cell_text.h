// SPDX-License-Identifier: GPL-3.0-or-later
// The translation context of everything painted in a cell.
#pragma once

#include <QtCore/QCoreApplication>

namespace cupel::widgets {

struct CellText {
    Q_DECLARE_TR_FUNCTIONS(CellText)

public:
    // Counts in words; one and many apart, because English has no translation file to do it.
    static QString lines(int count) { return count == 1 ? tr("1 line") : tr("%n lines", nullptr, count); }
    static QString outputs(int count) { return count == 1 ? tr("1 output") : tr("%n outputs", nullptr, count); }
};

} // namespace cupel::widgets
