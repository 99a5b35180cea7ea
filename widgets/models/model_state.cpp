// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/model_state.h"

#include <utility>

namespace cupel::widgets {

void ModelState::setReading(ModelReadingPtr reading)
{
    const bool same = reading && m_reading && reading->analysis->artifact.path == m_reading->analysis->artifact.path;
    m_reading = std::move(reading);
    if (!same) {
        m_selection = {};
    }
    m_preparing = false;
    Q_EMIT readingChanged();
}

void ModelState::setPreparing(bool preparing)
{
    if (std::exchange(m_preparing, preparing) != preparing) {
        Q_EMIT readingChanged();
    }
}

void ModelState::select(ByteRange bytes)
{
    if (std::exchange(m_selection, bytes) != bytes) {
        Q_EMIT selectionChanged();
    }
}

} // namespace cupel::widgets
