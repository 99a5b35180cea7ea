// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/history.h"

namespace cupel::app {

void History::visit(const Place& place)
{
    if (!m_places.empty() && m_places[m_at] == place) {
        return;
    }
    if (!m_places.empty()) {
        m_places.resize(m_at + 1);
    }
    m_places.push_back(place);
    if (m_places.size() > maxPlaces) {
        m_places.erase(m_places.begin());
    }
    m_at = m_places.size() - 1;
}

const Place* History::back()
{
    return canGoBack() ? &m_places[--m_at] : nullptr;
}

const Place* History::forward()
{
    return canGoForward() ? &m_places[++m_at] : nullptr;
}

void History::clear()
{
    m_places.clear();
    m_at = 0;
}

} // namespace cupel::app
