// SPDX-License-Identifier: GPL-3.0-or-later
// Beside the drawing of a lineage: search, what is shown, how far, and the way that was traced, step by step. UI
// thread.
#pragma once

#include "widgets/common/view.h"
#include "widgets/lineage/lineage_rows.h"
#include "widgets/models/lineage_state.h"

#include <array>
#include <functional>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace cupel::widgets {

class Band;
class Chip;
class ElidedLabel;
class Label;

class LineageNavigator : public View {
    Q_OBJECT
public:
    explicit LineageNavigator(LineageState& state, QWidget* parent = nullptr);
    void takeFocus() override;
    [[nodiscard]] QLineEdit* search() const { return m_search; }
    [[nodiscard]] QString trouble() const; // with what is searched for
    [[nodiscard]] LineageRows* steps() const { return m_steps; }
    [[nodiscard]] QCheckBox* shows(LineageKind kind) const { return m_kinds[static_cast<std::size_t>(kind)]; }
    [[nodiscard]] Chip* only(LineageTrait trait) const { return m_traits[static_cast<std::size_t>(trait)]; }
    [[nodiscard]] QComboBox* level() const { return m_level; }
    [[nodiscard]] QSpinBox* hops(bool down) const { return down ? m_down : m_up; }
    [[nodiscard]] QPushButton* copy() const { return m_copy; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

Q_SIGNALS:
    void copyRequested(); // of the path
    void exportRequested(); // of the drawing

private:
    QWidget* makeFilters();
    QWidget* makeHops();
    QWidget* makePath();
    QWidget* makeFoot();
    void update();
    void updatePath();
    [[nodiscard]] std::vector<LineageRow> stepRows() const;
    [[nodiscard]] std::vector<LineageRow> aroundRows() const;
    void updateEdge();
    void setHops();
    void change(const std::function<void(LineageWish&)>& edit);

    LineageState& m_state;
    QLineEdit* m_search = nullptr;
    Label* m_trouble = nullptr; // about what is typed there
    Label* m_shown = nullptr;
    std::array<QCheckBox*, lineageKinds> m_kinds{};
    std::array<Label*, lineageKinds> m_counts{};
    std::array<Chip*, lineageTraits> m_traits{};
    QComboBox* m_level = nullptr;
    QSpinBox* m_up = nullptr;
    QSpinBox* m_down = nullptr;
    ElidedLabel* m_pathTitle = nullptr;
    Label* m_hint = nullptr;
    LineageRows* m_steps = nullptr;
    Band* m_warning = nullptr;
    QPushButton* m_copy = nullptr;
    QPushButton* m_export = nullptr;
    bool m_updating = false;
};

} // namespace cupel::widgets
