// SPDX-License-Identifier: GPL-3.0-or-later
// Where the user was: mode, file and finding, for Back and Forward. A plain value.
#pragma once

#include "widgets/models/review_state.h"

#include <QtCore/QString>

#include <optional>
#include <string>
#include <vector>

namespace cupel::app {

struct Place {
    QString mode;
    std::string artifact;
    std::optional<widgets::FindingRef> finding;
    friend bool operator==(const Place&, const Place&) = default;
};

class History {
public:
    static constexpr std::size_t maxPlaces = 200;

    void visit(const Place& place); // forgets what lay ahead
    [[nodiscard]] const Place* back(); // null: at the beginning
    [[nodiscard]] const Place* forward();
    [[nodiscard]] bool canGoBack() const { return m_at > 0; }
    [[nodiscard]] bool canGoForward() const { return m_at + 1 < m_places.size(); }
    void clear();

private:
    std::vector<Place> m_places;
    std::size_t m_at = 0;
};

} // namespace cupel::app
