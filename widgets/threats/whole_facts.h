// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of facts that are always as tall as what they say: the card they stand in scrolls, and not a part of it. UI
// thread.
#pragma once

#include "widgets/common/fact_rows.h"

namespace cupel::widgets {

class WholeFacts : public FactRows {
    Q_OBJECT
public:
    explicit WholeFacts(const QString& accessibleName, QWidget* parent = nullptr);
    void scrollTo(const QModelIndex& index, ScrollHint hint = EnsureVisible) override; // what it stands in

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void fit();
};

} // namespace cupel::widgets
