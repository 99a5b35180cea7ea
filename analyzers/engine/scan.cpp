// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/engine/scan.h"

#include "analyzers/engine/analyze.h"
#include "analyzers/engine/checkpoint_databases.h"
#include "analyzers/engine/companions.h"
#include "analyzers/engine/declared_files.h"
#include "analyzers/engine/file_source.h"
#include "analyzers/engine/flow_shelf.h"
#include "analyzers/engine/mapped_file.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <new>
#include <optional>
#include <set>
#include <system_error>
#include <thread>

namespace cupel::engine {

namespace {

// Members that wait for a worker are held in memory. Beyond this the worker that unpacks a container looks at its
// members itself, one after the other.
constexpr std::uint64_t mostWaitingBytes = 256 << 20;

ScanOptions withLists(ScanOptions options)
{
    if (!options.declaredBeside) {
        options.declaredBeside = readDeclaredBeside();
    }
    return options;
}

struct Job {
    std::string path; // a file to read, when `artifact` has no bytes
    std::uint64_t size = 0;
    std::optional<Artifact> member; // a container's member, already in memory
    std::shared_ptr<Budget> family; // the budget of its top-level file: inflation is counted over all members
};

} // namespace

struct Scan::State {
    State(std::vector<std::string> scanPaths, ScanOptions scanOptions, std::shared_ptr<FlowShelf> known)
        : paths(std::move(scanPaths))
        , options(withLists(std::move(scanOptions)))
        , follows(known != nullptr)
        , flows(known ? std::move(known) : std::make_shared<FlowShelf>())
    {
        if (options.limits.time) {
            deadline = Budget::Clock::now() + *options.limits.time;
        }
    }

    void list();
    void listThenWork();
    void work();
    void run(Job& job);
    void look(Job& job, Budget& budget);
    void finish(Analysis analysis);
    void hold(Analysis analysis);
    void tellHeld();
    void enqueue(Job job);
    void hire();
    void addMember(Job job);
    [[nodiscard]] bool claim(const Job& job);
    void signalWhenDone();
    [[nodiscard]] bool takeMemory(std::uint64_t bytes);
    void giveMemory(std::uint64_t bytes);

    const std::vector<std::string> paths;
    const ScanOptions options;
    const bool follows; // another scan: of one file, there may be others all the same
    const std::shared_ptr<FlowShelf> flows;
    CheckpointDatabases databases;
    std::optional<Budget::Clock::time_point> deadline;
    std::stop_source stop;

    Mailbox<AnalysisPtr> results;

    mutable std::mutex mutex;
    std::condition_variable_any wake;
    std::condition_variable done;
    std::deque<Job> queue;
    std::string current;
    std::set<std::string> claimed; // paths already queued: every file appears once
    std::uint64_t openJobs = 0; // queued or running
    std::uint64_t heldBytes = 0;
    std::uint64_t waitingBytes = 0; // of members in the queue or being looked at
    bool listing = true;
    bool finished = false;
    bool timedOut = false;

    std::atomic<std::uint64_t> doneArtifacts = 0;
    std::atomic<std::uint64_t> knownArtifacts = 0;
    std::atomic<std::uint64_t> doneBytes = 0;
    std::atomic<std::uint64_t> knownBytes = 0;

    unsigned mostWorkers = 1;
    unsigned workers = 0;
    unsigned idle = 0; // workers that wait for a job
    std::atomic<bool> alone = false; // there is one file, and nothing that it could have to do with others
    std::vector<AnalysisPtr> held; // until all files are known: what they load or serve may come from another
    bool onlyOne = false; // while the only file is listed: who lists it will judge it
    std::vector<std::jthread> threads; // last: joined before the rest goes
};

// With the lock held. False: this path was seen before.
bool Scan::State::claim(const Job& job)
{
    if (!claimed.insert(job.member ? job.member->path : job.path).second) {
        return false;
    }
    knownArtifacts.fetch_add(1);
    knownBytes.fetch_add(job.size);
    return true;
}

void Scan::State::enqueue(Job job)
{
    {
        const std::lock_guard lock(mutex);
        if (!claim(job)) {
            return;
        }
        ++openJobs;
        queue.push_back(std::move(job));
        hire();
    }
    wake.notify_one();
}

// With the lock held. A thread for a job nobody waits for: one small file is judged by the thread that found it.
void Scan::State::hire()
{
    if (workers < mostWorkers && queue.size() > idle + (onlyOne ? 1 : 0) && !finished && !stop.stop_requested()) {
        try {
            threads.emplace_back([this] { work(); });
            ++workers;
        } catch (const std::system_error&) {
            mostWorkers = std::max(workers, 1U); // no more threads: those there are do it, if only the one that lists
        }
    }
}

// Nests as deep as containers do (Limits::containerDepth) when members are looked at right here.
void Scan::State::addMember(Job job)
{
    {
        const std::lock_guard lock(mutex);
        if (!claim(job)) {
            return;
        }
        const auto most =
            options.memoryBytes == 0 ? mostWaitingBytes : std::min(mostWaitingBytes, options.memoryBytes / 2);
        if (waitingBytes + job.size <= most) {
            waitingBytes += job.size;
            ++openJobs;
            queue.push_front(std::move(job)); // first: their bytes are in memory already
            hire();
            wake.notify_one();
            return;
        }
    }
    run(job);
}

void Scan::State::signalWhenDone()
{
    if (!listing && openJobs == 0 && !finished) {
        finished = true;
        results.wake();
        timedOut = timedOut || (deadline && Budget::Clock::now() >= *deadline);
        wake.notify_all();
        done.notify_all();
    }
}

void Scan::State::list()
{
    Budget budget(options.limits, stop.get_token(), deadline);
    for (const auto& path : paths) {
        auto listing_ = listFiles(path, options.exclude, budget);
        if (paths.size() == 1 && listing_.files.size() == 1) {
            const std::lock_guard lock(mutex);
            onlyOne = true;
            alone = !follows;
        }
        for (auto& file : listing_.files) {
            enqueue({std::move(file.path), file.size, {}, {}});
        }
        for (auto& [failedPath, error] : listing_.failed) {
            knownArtifacts.fetch_add(1);
            finish(unreadable(std::move(failedPath), error));
        }
    }
    std::unique_lock lock(mutex);
    listing = false;
    if (openJobs == 0 && !held.empty()) {
        lock.unlock();
        tellHeld();
        lock.lock();
    }
    signalWhenDone();
}

// The thread that listed is the last worker.
void Scan::State::listThenWork()
{
    list();
    {
        const std::lock_guard lock(mutex);
        onlyOne = false;
        if (workers >= mostWorkers) {
            return;
        }
        ++workers;
    }
    work();
}

void Scan::State::work()
{
    while (true) {
        Job job;
        {
            std::unique_lock lock(mutex);
            ++idle;
            wake.wait(lock, [this] { return finished || !queue.empty(); });
            --idle;
            if (queue.empty()) {
                return;
            }
            job = std::move(queue.front());
            queue.pop_front();
            current = job.member ? job.member->path : job.path;
        }
        const bool waited = job.member.has_value();
        run(job);
        std::unique_lock lock(mutex);
        waitingBytes -= waited ? job.size : 0;
        --openJobs;
        if (!listing && openJobs == 0 && !held.empty()) { // nobody else is at work
            lock.unlock();
            tellHeld();
            lock.lock();
        }
        signalWhenDone();
    }
}

// Waits until the bytes fit under ScanOptions::memoryBytes; a single file larger than the cap is refused.
bool Scan::State::takeMemory(std::uint64_t bytes)
{
    std::unique_lock lock(mutex);
    if (options.memoryBytes == 0) {
        heldBytes += bytes;
        return true;
    }
    if (bytes > options.memoryBytes) {
        return false;
    }
    wake.wait(lock, stop.get_token(), [&] { return heldBytes + bytes <= options.memoryBytes; });
    heldBytes += bytes;
    return true;
}

void Scan::State::giveMemory(std::uint64_t bytes)
{
    {
        const std::lock_guard lock(mutex);
        heldBytes -= std::min(heldBytes, bytes);
    }
    wake.notify_all();
}

void Scan::State::run(Job& job)
{
    Budget budget = job.family ? job.family->child() : Budget(options.limits, stop.get_token(), deadline);
    budget.setPulse(trimMaps);
    if (budget.stopped()) {
        const bool cancelled = budget.stopReason() == Budget::Stop::Cancelled;
        const Error error{cancelled ? ErrorCode::Cancelled : ErrorCode::LimitHit, 0,
            cancelled ? "the scan was cancelled before this file" : "a limit was reached before this file"};
        finish(unreadable(job.member ? job.member->path : job.path, error));
        return;
    }
    // Members never wait for memory: the container that holds some may wait for them.
    const bool member = job.member.has_value();
    if (member ? options.memoryBytes > 0 && job.size > options.memoryBytes : !takeMemory(job.size)) {
        finish(unreadable(member ? job.member->path : job.path,
            {ErrorCode::TooLarge, 0, "the file is larger than the memory limit"}));
        return;
    }
    const auto path = job.member ? job.member->path : job.path;
    // Running out of memory costs this file its result, not the others theirs.
    try {
        look(job, budget);
    } catch (const std::bad_alloc&) {
        finish(unreadable(path, {ErrorCode::TooLarge, 0, "there is not enough memory to look at the file"}));
    }
    if (!member) {
        giveMemory(job.size);
    }
    doneBytes.fetch_add(job.size);
}

void Scan::State::look(Job& job, Budget& budget)
{
    Artifact artifact;
    if (job.member) {
        artifact = std::move(*job.member);
    } else {
        artifact.path = job.path;
        auto bytes = openFile(job.path, options.keepBytes ? mappedInViews : mappedFrom, budget);
        if (!bytes) {
            flows->put(job.path, nullptr);
            finish(unreadable(job.path, bytes.error()));
            return;
        }
        artifact.bytes = std::move(bytes).value();
        artifact.companions = companionsOf(job.path, artifact.view(), budget, &databases);
    }
    std::shared_ptr<Budget> family;
    const auto queueMember = [&](Artifact child) {
        if (!family) {
            family = std::make_shared<Budget>(budget.child());
        }
        Job next;
        next.size = child.view().size();
        next.member = std::move(child);
        next.family = family;
        addMember(std::move(next));
    };
    EarlySink early;
    if (options.early) {
        early = [this](Analysis part) { results.post(std::make_shared<const Analysis>(std::move(part))); };
    }
    const auto bytes = artifact.bytes;
    FlowNotesPtr notes;
    FlowSink flowSink;
    if (!alone) {
        flowSink.take = [&notes](FlowNotes own) { notes = std::make_shared<const FlowNotes>(std::move(own)); };
    }
    auto analysis = analyze(std::move(artifact), options, budget, queueMember, early, flowSink);
    analysis.artifact.companions.reset(); // only its format asked for them; they may be larger than the file
    if (!alone && !job.member) {
        flows->put(analysis.artifact.path, notes);
    }
    if (wasDisturbed(bytes)) {
        analysis.facts.status = ReadStatus::Partial;
        analysis.facts.diagnostics.push_back({"changed-meanwhile",
            "The file was written to while it was looked at; what was judged may be neither of its states", 0,
            DiagnosticLevel::Incomplete});
    }
    if (FlowShelf::mayAwait(notes)) {
        hold(std::move(analysis));
    } else {
        finish(std::move(analysis));
    }
}

// Shown at once where somebody looks; counted as done when all is said.
void Scan::State::hold(Analysis analysis)
{
    auto whole = std::make_shared<const Analysis>(std::move(analysis));
    if (options.early) {
        auto part = std::make_shared<Analysis>(*whole);
        part->provisional = true;
        part->facts.status = part->facts.status == ReadStatus::Complete ? ReadStatus::Partial : part->facts.status;
        part->facts.diagnostics.push_back({"still-checking", "Files that this one may depend on are still being read",
            0, DiagnosticLevel::Incomplete});
        results.post(std::move(part));
    }
    const std::lock_guard lock(mutex);
    held.push_back(std::move(whole));
}

// What only several files show together is a finding of the one that loads or serves it.
void Scan::State::tellHeld()
{
    std::vector<AnalysisPtr> ready;
    {
        const std::lock_guard lock(mutex);
        ready.swap(held);
    }
    try {
        Budget budget(options.limits, stop.get_token(), deadline);
        budget.setPulse(trimMaps);
        flows->complete(ready, options, budget);
    } catch (const std::bad_alloc&) {
        // They are as complete as they would be alone.
    }
    for (auto& analysis : ready) {
        doneArtifacts.fetch_add(1);
        results.post(std::move(analysis));
    }
}

void Scan::State::finish(Analysis analysis)
{
    doneArtifacts.fetch_add(1);
    results.post(std::make_shared<const Analysis>(std::move(analysis)));
}

Scan::Scan(std::vector<std::string> paths, ScanOptions options, std::shared_ptr<FlowShelf> flows)
    : m_state(std::make_unique<State>(std::move(paths), std::move(options), std::move(flows)))
{
    auto& state = *m_state;
    const auto cores = std::max(1U, std::thread::hardware_concurrency());
    state.mostWorkers = std::clamp(state.options.jobs == 0 ? cores : state.options.jobs, 1U, 256U);
    const std::lock_guard lock(state.mutex);
    state.threads.emplace_back([&state] { state.listThenWork(); });
}

Scan::~Scan()
{
    cancel(); // nobody is hired any more
    std::vector<std::jthread> threads;
    {
        const std::lock_guard lock(m_state->mutex);
        threads.swap(m_state->threads);
    }
    threads.clear();
}

Progress Scan::progress() const
{
    const auto& state = *m_state;
    Progress progress;
    progress.doneArtifacts = state.doneArtifacts;
    progress.knownArtifacts = state.knownArtifacts;
    progress.doneBytes = state.doneBytes;
    progress.knownBytes = state.knownBytes;
    const std::lock_guard lock(state.mutex);
    progress.listing = state.listing;
    progress.finished = state.finished;
    progress.cancelled = state.stop.stop_requested();
    progress.timedOut = state.timedOut;
    progress.current = state.current;
    return progress;
}

std::vector<AnalysisPtr> Scan::drain()
{
    return m_state->results.drain();
}

std::vector<AnalysisPtr> Scan::waitAndDrain(std::chrono::milliseconds timeout)
{
    return m_state->results.waitAndDrain(timeout);
}

void Scan::cancel()
{
    m_state->stop.request_stop();
    m_state->wake.notify_all();
}

std::vector<AnalysisPtr> Scan::wait()
{
    {
        std::unique_lock lock(m_state->mutex);
        m_state->done.wait(lock, [this] { return m_state->finished; });
    }
    return drain();
}

Workspace scanAll(std::vector<std::string> paths, ScanOptions options)
{
    Workspace workspace;
    workspace.roots = paths;
    Scan scan(std::move(paths), std::move(options));
    for (auto& analysis : scan.wait()) {
        auto path = analysis->artifact.path;
        workspace.analyses.insert_or_assign(std::move(path), std::move(analysis));
    }
    const auto progress = scan.progress();
    workspace.cancelled = progress.cancelled;
    workspace.timedOut = progress.timedOut;
    return workspace;
}

} // namespace cupel::engine
