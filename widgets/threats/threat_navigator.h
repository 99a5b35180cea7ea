// SPDX-License-Identifier: GPL-3.0-or-later
// The threats of the model in a list, those of one element together, the worst first; filtered by what is known and
// what was decided. UI thread.
#pragma once

#include "widgets/common/view.h"
#include "widgets/models/threat_state.h"

#include <array>

class QLineEdit;
class QPushButton;
class QStackedWidget;

namespace cupel::widgets {

class Chip;
class FactRows;
class ForeignBand;
struct FactRow;
class Label;
class PartList;
class SegmentedControl;
class ThreatFilter;

class ThreatNavigator : public View {
    Q_OBJECT
public:
    explicit ThreatNavigator(ThreatState& state, QWidget* parent = nullptr);
    void takeFocus() override;
    [[nodiscard]] FactRows* list() const { return m_list; }
    [[nodiscard]] QLineEdit* search() const { return m_search; }
    [[nodiscard]] Chip* chip(ThreatState::Show show) const { return m_chips[static_cast<std::size_t>(show)]; }
    [[nodiscard]] ThreatFilter* filter() const { return m_filter; }
    enum class Page : std::uint8_t { Threats, Parts };
    void setPage(Page page);
    [[nodiscard]] PartList* parts() const { return m_parts; }
    [[nodiscard]] QString foldedText() const; // what is folded away, and why
    [[nodiscard]] QPushButton* foldedWay() const { return m_foldedWay; } // to their list, and back
    void setFoldedListed(bool listed); // instead of the threats
    [[nodiscard]] QString whyNone() const; // no threat is listed
    [[nodiscard]] QString noneText() const; // and what would bring one

private:
    QWidget* makeChips();
    QWidget* makeThreats();
    void fillElements(std::vector<FactRow>& rows); // that have no threat of their own
    void update();
    void fill();
    void markCurrent();
    void updateForeign();

    ThreatState& m_state;
    ForeignBand* m_foreign; // decisions that wait for a yes or no
    QLineEdit* m_search;
    SegmentedControl* m_pages;
    QStackedWidget* m_stack;
    PartList* m_parts;
    std::array<Chip*, 5> m_chips{};
    ThreatFilter* m_filter = nullptr;
    Chip* m_only = nullptr; // of the map of risks
    FactRows* m_list;
    Label* m_folded;
    QPushButton* m_foldedWay;
    bool m_listsFolded = false;
    std::vector<std::string> m_ids; // of the threat, by row; empty: none
    std::vector<std::string> m_partIds; // by row of an element without a threat; empty: none
    bool m_updating = false;
};

} // namespace cupel::widgets
