// SPDX-License-Identifier: GPL-3.0-or-later
// How far the model answers a framework: each item with one of four words and what it rests on; never a share. Choosing
// an item selects its worst threat, Enter goes there. UI thread.
#pragma once

#include "analyzers/threats/coverage.h"
#include "widgets/common/view.h"
#include "widgets/models/threat_state.h"

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

class QComboBox;

namespace cupel::widgets {

class Chip;
class FactRows;
struct FactRow;
class Label;

class FrameworkLens : public View {
    Q_OBJECT
public:
    explicit FrameworkLens(ThreatState& state, QWidget* parent = nullptr);
    void takeFocus() override;
    [[nodiscard]] QComboBox* frameworks() const { return m_frameworks; }
    [[nodiscard]] FactRows* list() const { return m_list; }
    [[nodiscard]] Chip* chip(threats::ItemState state) const { return m_chips[static_cast<std::size_t>(state)]; }
    [[nodiscard]] QString note() const;

Q_SIGNALS:
    void threatRequested(); // the one that is selected now

private:
    void update();
    void fill();
    void choose(int row, bool go);
    [[nodiscard]] const threats::Lens* lens() const;
    [[nodiscard]] const threats::Threat* threatOf(const std::string& id) const;
    [[nodiscard]] const threats::Threat* worstOf(const threats::CoverageItem& item) const;
    [[nodiscard]] FactRow rowOf(const threats::CoverageItem& item) const;
    [[nodiscard]] QString basisOf(const threats::CoverageItem& item) const;

    ThreatState& m_state;
    QComboBox* m_frameworks;
    std::array<Chip*, 4> m_chips{};
    Label* m_note;
    FactRows* m_list;
    ThreatReadingPtr m_shown;
    std::map<std::string_view, const threats::Threat*> m_threats; // of it, by id
    std::optional<threats::ItemState> m_only; // none: all
    std::vector<std::size_t> m_items; // by row
};

[[nodiscard]] QString word(threats::ItemState state); // translated

} // namespace cupel::widgets
