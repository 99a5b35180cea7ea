// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/inspecting.h"

#include "app/session/session.h"

#include <QtCore/QScopedValueRollback>

#include <utility>

namespace cupel::app {

using widgets::ReviewState;

Inspecting::Inspecting(Session& session, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_worker(session, readModel, [this](widgets::ModelReadingPtr made) { take(std::move(made)); })
    , m_valuesWorker(
          session,
          [](const TensorRequest& request, const std::stop_token& stop) {
              Budget budget(Limits{}, stop);
              const auto bytes = slice(request.holder->artifact.view(), request.declared.bytes);
              return TensorAnswer{
                  request.tensor, formats::readTensorValues(request.declared, bytes, budget, request.order)};
          },
          [this](TensorAnswer made) { takeValues(std::move(made)); })
    , m_graphWorker(session, readModelGraph, [this](widgets::GraphReadingPtr made) { takeGraph(std::move(made)); })
{
    ReviewState& review = session.review();
    connect(&review, &ReviewState::currentArtifactChanged, this, &Inspecting::follow);
    connect(&review, &ReviewState::workspaceChanged, this, &Inspecting::follow);
    connect(&review, &ReviewState::currentChanged, this, &Inspecting::followFinding);
    connect(&m_state, &widgets::ModelState::chosen, this, &Inspecting::choose);
    connect(&m_state, &widgets::ModelState::tensorChanged, this, &Inspecting::readValues);
    connect(&m_state, &widgets::ModelState::graphRequested, this, &Inspecting::readGraph);
    connect(&m_state, &widgets::ModelState::graphStopRequested, this, [this] { m_graphWorker.cancel(); });
    connect(&m_state, &widgets::ModelState::artifactChosen, this,
        [this](const QString& path) { m_session.review().showArtifact(path.toStdString()); });
    connect(&m_state, &widgets::ModelState::findingChosen, this, [this](const QString& path, std::size_t finding) {
        const widgets::FindingRef ref{path.toStdString(), finding};
        if (m_session.review().finding(ref)) {
            m_session.review().setCurrent(ref);
            followFinding(); // also when it is the current one, and somebody has looked elsewhere since
        }
    });
}

void Inspecting::setActive(bool active)
{
    if (std::exchange(m_active, active) != active && active) {
        follow();
    }
}

bool Inspecting::canShow(const Analysis& analysis)
{
    return widgets::isModel(analysis) || widgets::goesWithModels(analysis) || !analysis.artifact.parent.empty();
}

AnalysisPtr Inspecting::wanted() const
{
    const ReviewState& review = m_session.review();
    const AnalysisPtr current = review.analysis(review.currentArtifact());
    if (current && canShow(*current)) {
        return current;
    }
    // The first with something in it: beside a saved model lies a file that only has a digest.
    AnalysisPtr first;
    for (const auto& [path, analysis] : review.workspace().analyses) {
        const auto* model = analysis->facts.model.get();
        if (formats::pickleFacts(analysis->facts) || !analysis->facts.children.empty()
            || (model && (model->tensorCount > 0 || !model->operators.empty()))) {
            return analysis;
        }
        first = !first && widgets::isModel(*analysis) ? analysis : first;
    }
    return first;
}

ModelRequest Inspecting::requestFor(const AnalysisPtr& analysis) const
{
    const auto& analyses = m_session.review().workspace().analyses;
    ModelRequest request{analysis, analysis, {}};
    for (auto at = analyses.find(analysis->artifact.parent); at != analyses.end();
        at = analyses.find(at->second->artifact.parent)) {
        request.file = at->second;
    }
    const std::string below = request.file->artifact.path + '!';
    for (auto at = analyses.lower_bound(below); at != analyses.end() && at->first.starts_with(below); ++at) {
        request.members.push_back(at->second);
    }
    const auto& path = request.file->artifact.path;
    const std::string folder = path.substr(0, path.rfind('/') + 1);
    for (auto at = analyses.lower_bound(folder); at != analyses.end() && at->first.starts_with(folder); ++at) {
        const bool here = at->first.find('/', folder.size()) == std::string::npos;
        if (here && at->second->artifact.parent.empty() && widgets::goesWithModels(*at->second)) {
            request.beside.push_back(at->second);
        }
    }
    return request;
}

void Inspecting::follow()
{
    if (!m_active) {
        if (m_state.reading() && !m_session.review().analysis(m_state.reading()->analysis->artifact.path)) {
            m_asked = nullptr;
            m_state.setReading(nullptr); // lets go of its bytes
        }
        return;
    }
    const AnalysisPtr analysis = wanted();
    if (!analysis) {
        m_asked = nullptr;
        m_state.setReading(nullptr);
        return;
    }
    ModelRequest request = requestFor(analysis);
    const auto& now = m_state.reading();
    const bool shown = now && now->analysis == analysis && now->file == request.file;
    if (shown && !m_session.scanning()) {
        m_asked = analysis;
        followFinding();
        return;
    }
    m_asked = analysis;
    m_state.setPreparing(!now);
    m_worker.request(std::move(request));
}

void Inspecting::take(widgets::ModelReadingPtr made)
{
    if (made && m_asked == made->analysis) {
        m_state.setReading(std::move(made));
        followFinding();
    }
}

// What is stored in a member beside the file is read there.
void Inspecting::readValues()
{
    using State = widgets::ModelState::ValuesState;
    const auto& reading = m_state.reading();
    const auto* content = reading ? reading->content() : nullptr;
    if (!content || !m_state.tensor() || *m_state.tensor() >= content->tensors.size()) {
        return;
    }
    const ModelTensor& tensor = content->tensors[*m_state.tensor()];
    if (tensor.bytes.empty() && elementCount(tensor.shape) > 0) {
        m_state.setValues(tensor.hasData ? State::NoNumbers : State::NoData); // zeros would be made up
        return;
    }
    const std::string& path = reading->analysis->artifact.path;
    const auto cut = path.find_last_of("/!");
    const std::string folder = cut == std::string::npos ? std::string() : path.substr(0, cut + 1);
    const auto told = m_session.review().analysis(folder + "byteorder");
    const auto order = formats::byteOrderOf(*content, told ? told->artifact.view() : ByteView());
    TensorRequest request{reading->analysis, tensor, *m_state.tensor(), order};
    if (!tensor.storedIn.empty()) {
        request.holder = m_session.review().analysis(folder + tensor.storedIn);
    }
    if (!request.holder || !request.holder->artifact.bytes) {
        m_state.setValues(State::Elsewhere);
        return;
    }
    m_state.setValues(State::Reading);
    m_valuesWorker.request(std::move(request));
}

void Inspecting::takeValues(TensorAnswer made)
{
    using State = widgets::ModelState::ValuesState;
    if (m_state.tensor() == made.tensor) {
        m_state.setValues(made.values ? State::Ready : State::NoNumbers, std::move(made.values));
    }
}

// A container has the graph of its first member that has one.
void Inspecting::readGraph(const FoldOptions& options)
{
    const auto& reading = m_state.reading();
    GraphRequest request{reading->analysis, {}, nullptr, options};
    if (m_state.graph()) {
        request.source = m_state.graph()->source;
    } else {
        const auto& analyses = m_session.review().workspace().analyses;
        const std::string below = reading->analysis->artifact.path + '!';
        for (auto at = analyses.lower_bound(below); at != analyses.end() && at->first.starts_with(below); ++at) {
            request.members.push_back(at->second);
        }
    }
    m_graphWorker.request(std::move(request));
}

void Inspecting::takeGraph(widgets::GraphReadingPtr made)
{
    using State = widgets::ModelState::GraphState;
    if (m_state.graphState() == State::Reading) {
        const auto how = made ? State::Ready : State::Stopped;
        m_state.setGraph(how, std::move(made));
    }
}

// n and p, and whoever else chooses a finding, move the selection.
void Inspecting::followFinding()
{
    const auto& review = m_session.review();
    const auto& reading = m_state.reading();
    if (m_choosing || !m_active || !reading || !review.current()
        || review.current()->artifact != reading->analysis->artifact.path) {
        return;
    }
    if (const Finding* finding = review.finding(*review.current())) {
        m_state.select(finding->location.bytes);
    }
}

void Inspecting::choose(ByteRange bytes)
{
    const auto& reading = m_state.reading();
    if (!reading) {
        return;
    }
    m_state.select(bytes);
    if (const auto* mark = reading->markAt(bytes)) {
        const QScopedValueRollback<bool> guard(m_choosing, true);
        m_session.review().setCurrent(widgets::FindingRef{reading->analysis->artifact.path, mark->finding});
    }
}

} // namespace cupel::app
