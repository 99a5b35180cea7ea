// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/comparing.h"

#include "analyzers/engine/git_source.h"
#include "analyzers/engine/scan.h"
#include "analyzers/review/compare_models.h"
#include "app/session/session.h"
#include "widgets/models/compare_tables.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QFileInfo>

#include <algorithm>
#include <chrono>
#include <utility>

namespace cupel::app {

namespace {

// One file of a review, with all that is in it.
Workspace partOf(const Workspace& whole, const std::string& file)
{
    Workspace out;
    out.roots = {file};
    const std::string below = file + '!';
    const auto& analyses = whole.analyses;
    if (const auto own = analyses.find(file); own != analyses.end()) {
        out.analyses.insert(*own);
    }
    for (auto at = analyses.lower_bound(below); at != analyses.end() && at->first.starts_with(below); ++at) {
        out.analyses.insert(*at);
    }
    return out;
}

bool nothingRead(const Workspace& workspace)
{
    return std::all_of(workspace.analyses.begin(), workspace.analyses.end(),
        [](const auto& entry) { return entry.second->facts.status == ReadStatus::Unreadable; });
}

// A scan that ends when it is asked to; what it had then is dropped.
bool scanned(const CompareRequest& request, const std::stop_token& stop, Workspace& out)
{
    engine::Scan scan({request.path}, request.options);
    out.roots = {request.path};
    const auto take = [&out](std::vector<AnalysisPtr> analyses) {
        for (auto& analysis : analyses) {
            out.analyses.insert_or_assign(analysis->artifact.path, std::move(analysis));
        }
    };
    while (!scan.progress().finished) {
        if (stop.stop_requested() || request.progress->stopped) {
            scan.cancel();
            return false;
        }
        take(scan.waitAndDrain(std::chrono::milliseconds(50)));
        const auto progress = scan.progress();
        request.progress->done = progress.doneArtifacts;
        request.progress->total = progress.knownArtifacts;
    }
    take(scan.wait());
    return true;
}

// Every root of the review at the revision. An error is a sentence.
QString revisionOf(const CompareRequest& request, const std::stop_token& stop, Workspace& out)
{
    std::stop_source source;
    const std::stop_callback forward(stop, [&source] { source.request_stop(); });
    for (const auto& root : request.after.roots) {
        auto workspace = engine::gitWorkspace(
            request.revision, root, request.options, source.get_token(), [&](std::size_t done, std::size_t total) {
                request.progress->done = done;
                request.progress->total = total;
                if (request.progress->stopped) {
                    source.request_stop();
                }
            });
        if (!workspace) {
            const QString why = widgets::shownText(workspace.error().detail);
            const QString sentence = why.left(1).toUpper() + why.mid(1);
            return why.startsWith(u"git has no") ? Comparing::tr("%1. Is the revision right?").arg(sentence)
                                                 : sentence + u'.';
        }
        out.roots.push_back(root);
        out.analyses.merge(std::move(workspace).value().analyses);
    }
    return {};
}

} // namespace

widgets::CompareOutcomePtr workOutComparison(const CompareRequest& request, const std::stop_token& stop)
{
    auto outcome = std::make_shared<widgets::CompareOutcome>();
    outcome->after = request.after;
    outcome->afterName = request.afterName;
    const auto stopped = [&] { return stop.stop_requested() || request.progress->stopped.load(); };
    if (request.path.empty()) {
        outcome->beforeName = widgets::shownText(request.revision);
        outcome->trouble = revisionOf(request, stop, outcome->before);
    } else {
        outcome->beforeName = widgets::shownText(request.path);
        if (!scanned(request, stop, outcome->before)) {
            return nullptr;
        }
        if (outcome->before.analyses.empty() || nothingRead(outcome->before)) {
            outcome->trouble = Comparing::tr("%1 cannot be read, or holds nothing that can be checked.")
                                   .arg(widgets::shownFileName(request.path));
        }
    }
    if (stopped()) {
        return nullptr;
    }
    if (outcome->trouble.isEmpty()) {
        outcome->files = review::compare(outcome->before, outcome->after);
        outcome->incomplete = summarize(outcome->before).incomplete || summarize(outcome->after).incomplete;
    }
    return outcome;
}

Comparing::Comparing(Session& session, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_worker(
          session, workOutComparison, [this](widgets::CompareOutcomePtr outcome) { takeOutcome(std::move(outcome)); },
          [this] { showProgress(); })
    , m_lines(
          session,
          [](const LinesRequest& request, const std::stop_token& stop) {
              Budget budget({}, stop);
              auto file = std::make_shared<widgets::ComparedFile>();
              file->outcome = request.outcome;
              file->file = request.file;
              file->parts = review::compareParts(request.outcome->files[request.file], budget);
              return widgets::ComparedFilePtr(std::move(file));
          },
          [this](widgets::ComparedFilePtr file) { m_state.setFile(std::move(file)); })
    , m_models(
          session,
          [](const widgets::CompareOutcomePtr& outcome, const std::stop_token& stop) {
              Budget budget({}, stop);
              auto model = review::compareModels(outcome->files, budget);
              return model ? widgets::makeCompareTables(outcome, std::move(*model)) : nullptr;
          },
          [this](widgets::CompareTablesPtr tables) { takeModel(std::move(tables)); })
{
    connect(&m_state, &widgets::CompareState::currentFileChanged, this, &Comparing::requestLines);
    connect(&session.review(), &widgets::ReviewState::currentArtifactChanged, this, &Comparing::followChosen);
}

std::string Comparing::chosenFile() const
{
    const QStringList& roots = m_session.roots();
    const auto& review = m_session.review();
    auto at = review.analysis(review.currentArtifact());
    while (at && !at->artifact.parent.empty()) {
        at = review.analysis(at->artifact.parent);
    }
    const bool all = roots.size() == 1 && at && at->artifact.path == roots.front().toStdString();
    return at && !all ? at->artifact.path : std::string();
}

void Comparing::followChosen()
{
    const std::string file = chosenFile();
    m_state.setChosen(file.empty() ? QString() : widgets::shownFileName(file));
}

void Comparing::compareWithPath(const QString& path)
{
    CompareRequest request;
    request.path = path.toStdString();
    const QStringList& roots = m_session.roots();
    const bool file = !QFileInfo(path).isDir();
    const bool several = roots.size() > 1 || (!roots.isEmpty() && QFileInfo(roots.front()).isDir());
    if (file && several && chosenFile().empty()) {
        Q_EMIT m_session.notice(tr("Choose the file that is to be compared first."));
        return;
    }
    m_state.setOnlyChosen(file && several);
    start(std::move(request), QFileInfo(path).fileName(), file && several);
}

void Comparing::compareWithRevision(const QString& revision)
{
    CompareRequest request;
    request.revision = revision.toStdString();
    start(std::move(request), revision, m_state.onlyChosen());
}

void Comparing::start(CompareRequest request, const QString& name, bool onlyChosen)
{
    if (m_session.roots().isEmpty() || m_state.working()) {
        return;
    }
    if (m_session.busy()) {
        Q_EMIT m_session.notice(tr("The scan is still running. Compare when it has ended."));
        return;
    }
    m_progress = std::make_shared<CompareProgress>();
    request.progress = m_progress;
    const std::string chosen = onlyChosen ? chosenFile() : std::string();
    const auto& open = m_session.review().workspace();
    request.after = chosen.empty() ? open : partOf(open, chosen);
    request.afterName = chosen.empty() ? m_state.subject() : widgets::shownFileName(chosen);
    request.options = m_session.scanOptions();
    m_job = m_session.beginJob(tr("Compare with %1").arg(widgets::shownText(name.toStdString())));
    stopModel();
    m_state.setOutcome(nullptr);
    m_state.setWorking(true);
    m_worker.request(std::move(request));
}

void Comparing::showProgress()
{
    if (m_state.working()) {
        m_state.setProgress(m_progress->done, m_progress->total);
    }
}

void Comparing::takeOutcome(widgets::CompareOutcomePtr outcome)
{
    m_state.setWorking(false);
    if (m_progress->stopped) { // it came to its end just before it was stopped
        outcome.reset();
    }
    const bool done = outcome != nullptr;
    const bool failed = done && !outcome->trouble.isEmpty();
    m_state.setOutcome(std::move(outcome));
    using Kind = widgets::CompareState::Kind;
    m_session.endJob(m_job,
        failed     ? JobRecord::Outcome::Failed
            : done ? JobRecord::Outcome::Done
                   : JobRecord::Outcome::Stopped,
        failed                                         ? m_state.outcome()->trouble
            : done && m_state.count(Kind::Changed) > 0 ? tr("%1 new, %2 changed, %3 fixed")
                                                             .arg(m_state.count(Kind::Fresh))
                                                             .arg(m_state.count(Kind::Changed))
                                                             .arg(m_state.count(Kind::Gone))
            : done ? tr("%1 new, %2 fixed").arg(m_state.count(Kind::Fresh)).arg(m_state.count(Kind::Gone))
                   : tr("Stopped. Nothing was compared."));
    if (done && !failed && review::holdsModel(m_state.outcome()->files)) {
        compareModel();
    }
}

void Comparing::compareModel()
{
    using Stage = widgets::CompareState::ModelStage;
    if (!m_state.outcome() || m_state.modelStage() == Stage::Working) {
        return;
    }
    m_models.request(m_state.outcome());
    m_state.setModel(Stage::Working);
}

void Comparing::takeModel(widgets::CompareTablesPtr tables)
{
    if (tables && tables->outcome == m_state.outcome()) {
        m_state.setModel(widgets::CompareState::ModelStage::Done, std::move(tables));
    }
}

void Comparing::stopModel()
{
    using Stage = widgets::CompareState::ModelStage;
    m_models.cancel();
    if (m_state.modelStage() == Stage::Working) {
        m_state.setModel(Stage::Stopped);
    }
}

void Comparing::cancel()
{
    if (m_progress) {
        m_progress->stopped = true;
    }
}

void Comparing::reset()
{
    cancel();
    stopModel();
    QString name;
    const QStringList& roots = m_session.roots();
    if (roots.size() == 1) {
        name = widgets::shownText(QFileInfo(roots.front()).fileName().toStdString());
    } else if (!roots.isEmpty()) {
        name = tr("%n paths", nullptr, static_cast<int>(roots.size()));
    }
    m_state.setOutcome(nullptr);
    m_state.setOnlyChosen(false);
    m_state.setSubject(name);
    followChosen();
}

void Comparing::requestLines()
{
    if (!m_state.outcome() || !m_state.currentFile()) {
        return;
    }
    m_lines.request({m_state.outcome(), *m_state.currentFile()});
}

} // namespace cupel::app
