// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/model_state.h"

#include <utility>

namespace cupel::widgets {

void ModelState::setReading(ModelReadingPtr reading)
{
    const bool same = reading && m_reading && reading->analysis->artifact.path == m_reading->analysis->artifact.path;
    m_reading = std::move(reading);
    if (!same) {
        select({});
    }
    setTensor(std::nullopt); // it was one of the other file, or of other bytes
    m_preparing = false;
    Q_EMIT readingChanged();
}

void ModelState::setPreparing(bool preparing)
{
    if (std::exchange(m_preparing, preparing) != preparing) {
        Q_EMIT readingChanged();
    }
}

void ModelState::setTensor(std::optional<std::size_t> tensor)
{
    if (std::exchange(m_tensor, tensor) != tensor) {
        setValues(ValuesState::None);
        Q_EMIT tensorChanged();
    }
}

void ModelState::setValues(ValuesState how, std::optional<formats::TensorValues> values)
{
    m_valuesState = how;
    m_values = std::move(values);
    Q_EMIT valuesChanged();
}

void ModelState::select(ByteRange bytes)
{
    if (std::exchange(m_selection, bytes) != bytes) {
        Q_EMIT selectionChanged();
    }
}

} // namespace cupel::widgets
