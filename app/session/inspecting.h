// SPDX-License-Identifier: GPL-3.0-or-later
// Prepares the current file for Model mode in the background, and ties its selection of bytes to the current finding of
// the review. UI thread; the session owns it, its tick drains it.
#pragma once

#include "app/session/graph_reader.h"
#include "app/session/model_reader.h"
#include "app/session/session_worker.h"
#include "widgets/models/model_state.h"

#include <QtCore/QObject>

namespace cupel::app {

class Session;

struct TensorRequest {
    AnalysisPtr holder; // of the bytes
    ModelTensor declared;
    std::size_t tensor = 0;
    formats::ByteOrder order = formats::ByteOrder::Little;
};
struct TensorAnswer {
    std::size_t tensor = 0;
    std::optional<formats::TensorValues> values;
};

class Inspecting : public QObject {
    Q_OBJECT
public:
    explicit Inspecting(Session& session, QObject* parent = nullptr);
    [[nodiscard]] widgets::ModelState& state() { return m_state; }
    [[nodiscard]] static bool canShow(const Analysis& analysis); // a model file, or a member of a container
    void setActive(bool active); // follows the review while its view is seen

private:
    void follow(); // the current artifact, or the first model
    void followFinding();
    void choose(ByteRange bytes);
    void readValues(); // of the tensor that is looked at
    void readGraph(const FoldOptions& options);
    void take(widgets::ModelReadingPtr made);
    void takeValues(TensorAnswer made);
    void takeGraph(widgets::GraphReadingPtr made);
    [[nodiscard]] AnalysisPtr wanted() const; // null: no model in this review
    [[nodiscard]] ModelRequest requestFor(const AnalysisPtr& analysis) const;

    Session& m_session;
    widgets::ModelState m_state;
    bool m_active = false;
    bool m_choosing = false;
    AnalysisPtr m_asked; // being prepared
    SessionWorker<ModelRequest, widgets::ModelReadingPtr> m_worker;
    SessionWorker<TensorRequest, TensorAnswer> m_valuesWorker;
    SessionWorker<GraphRequest, widgets::GraphReadingPtr> m_graphWorker;
};

} // namespace cupel::app
