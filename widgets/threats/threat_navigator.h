// SPDX-License-Identifier: GPL-3.0-or-later
// The threats of the model in a list, those of one element together, the worst first; filtered by what is known and
// what was decided. UI thread.
#pragma once

#include "widgets/common/view.h"
#include "widgets/models/threat_state.h"

#include <array>

class QLineEdit;

namespace cupel::widgets {

class Chip;
class FactRows;
class ForeignBand;
class Label;

class ThreatNavigator : public View {
    Q_OBJECT
public:
    explicit ThreatNavigator(ThreatState& state, QWidget* parent = nullptr);
    void takeFocus() override;
    [[nodiscard]] FactRows* list() const { return m_list; }
    [[nodiscard]] QLineEdit* search() const { return m_search; }
    [[nodiscard]] Chip* chip(ThreatState::Show show) const { return m_chips[static_cast<std::size_t>(show)]; }
    [[nodiscard]] QString foldedText() const; // what is folded away, and why

private:
    QWidget* makeChips();
    void update();
    void fill();
    void markCurrent();
    void updateForeign();

    ThreatState& m_state;
    ForeignBand* m_foreign; // decisions that wait for a yes or no
    QLineEdit* m_search;
    std::array<Chip*, 5> m_chips{};
    FactRows* m_list;
    Label* m_folded;
    std::vector<std::string> m_ids; // by row; empty: a heading
    bool m_updating = false;
};

} // namespace cupel::widgets
