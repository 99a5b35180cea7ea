// SPDX-License-Identifier: GPL-3.0-or-later
// What Model mode shows: the prepared file and one selection of bytes that all its views share. Owned by the session,
// UI thread; navigator and canvas both watch it and never know each other.
#pragma once

#include "analyzers/formats/tensor_values.h"
#include "widgets/models/graph_reading.h"
#include "widgets/models/model_reading.h"

#include <QtCore/QObject>

namespace cupel::widgets {

class ModelState : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    void setReading(ModelReadingPtr reading); // null: nothing to show
    [[nodiscard]] const ModelReadingPtr& reading() const { return m_reading; }
    void setPreparing(bool preparing); // another one is being made
    [[nodiscard]] bool preparing() const { return m_preparing; }

    // Bytes of the file; the finding they belong to becomes current when somebody chose them.
    void select(ByteRange bytes);
    [[nodiscard]] ByteRange selection() const { return m_selection; }

    // The tensor of the reading that somebody looks at; its numbers come when they have been read.
    void setTensor(std::optional<std::size_t> tensor);
    [[nodiscard]] std::optional<std::size_t> tensor() const { return m_tensor; }
    enum class ValuesState : std::uint8_t { None, Reading, Ready, NoNumbers, NoData, Elsewhere };
    void setValues(ValuesState how, std::optional<formats::TensorValues> values = {});
    [[nodiscard]] ValuesState valuesState() const { return m_valuesState; }
    [[nodiscard]] const std::optional<formats::TensorValues>& values() const { return m_values; }

    // The graph of operations is read when a view asks for it, and drawn again when groups of it open.
    enum class GraphState : std::uint8_t { None, Reading, Ready, Stopped };
    void wantGraph(); // when nobody did
    void stopGraph();
    void openGroup(const std::string& path, bool open);
    void setGraph(GraphState how, GraphReadingPtr graph = nullptr);
    [[nodiscard]] GraphState graphState() const { return m_graphState; }
    [[nodiscard]] const GraphReadingPtr& graph() const { return m_graph; } // the last one while another is drawn

Q_SIGNALS:
    void graphRequested(const cupel::FoldOptions& options);
    void graphStopRequested();
    void graphChanged(); // or how far it is
    void tensorChanged(); // another one is looked at
    void valuesChanged();
    void readingChanged(); // or whether one is being made
    void otherShown(); // before that: another file or member, which is seen from its start
    void selectionChanged();
    void chosen(const cupel::ByteRange& bytes); // by the user, in a view
    void artifactChosen(const QString& path); // in the navigator
    void textWanted(int field); // of the metadata, to be read as a whole
    void findingChosen(const QString& path, std::size_t finding); // behind an answer: of this artifact

private:
    ModelReadingPtr m_reading;
    ByteRange m_selection;
    std::optional<std::size_t> m_tensor;
    std::optional<formats::TensorValues> m_values;
    ValuesState m_valuesState = ValuesState::None;
    GraphState m_graphState = GraphState::None;
    GraphReadingPtr m_graph;
    FoldOptions m_wanted; // of the last request: a click may come before its drawing
    bool m_preparing = false;
};

} // namespace cupel::widgets
