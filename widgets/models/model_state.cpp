// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/model_state.h"

#include <utility>

namespace cupel::widgets {

void ModelState::setReading(ModelReadingPtr reading)
{
    const bool same = reading && m_reading && reading->analysis->artifact.path == m_reading->analysis->artifact.path;
    // The same analysis has the same graph; members of a container may still come while there is none.
    const bool sameGraph = same && reading->analysis == m_reading->analysis && !(m_graph && m_graph->empty());
    m_reading = std::move(reading);
    if (!same) {
        select({});
    }
    setTensor(std::nullopt); // it was one of the other file, or of other bytes
    m_preparing = false;
    if (!sameGraph && m_graphState != GraphState::None) {
        Q_EMIT graphStopRequested(); // it was of the other file, or of other bytes
        setGraph(GraphState::None);
    }
    if (!same) {
        Q_EMIT otherShown();
    }
    Q_EMIT readingChanged();
}

void ModelState::wantGraph()
{
    if (m_reading && m_graphState == GraphState::None) {
        setGraph(GraphState::Reading);
        Q_EMIT graphRequested({});
    }
}

void ModelState::stopGraph()
{
    if (m_graphState == GraphState::Reading) {
        Q_EMIT graphStopRequested();
        setGraph(m_graph ? GraphState::Ready : GraphState::Stopped, m_graph);
    }
}

void ModelState::openGroup(const std::string& path, bool open)
{
    if (!m_graph || path.empty()) {
        return;
    }
    (open ? m_wanted.closed : m_wanted.opened).erase(path);
    (open ? m_wanted.opened : m_wanted.closed).insert(path);
    setGraph(GraphState::Reading, m_graph);
    Q_EMIT graphRequested(m_wanted);
}

void ModelState::setGraph(GraphState how, GraphReadingPtr graph)
{
    m_graphState = how;
    m_graph = std::move(graph);
    if (how != GraphState::Reading) {
        m_wanted = m_graph ? m_graph->options : FoldOptions();
    }
    Q_EMIT graphChanged();
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
