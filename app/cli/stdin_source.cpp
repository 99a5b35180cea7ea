// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/stdin_source.h"

#include "analyzers/engine/analyze.h"
#include "analyzers/engine/declared_files.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <deque>

#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

namespace cupel::cli {

namespace {

constexpr std::size_t chunk = 1 << 20;

// Grows with what arrives, never with what is promised. Polls so that a stop is seen while nothing arrives.
Result<std::shared_ptr<const std::string>> readAll(std::uint64_t most, Budget& budget)
{
    auto bytes = std::make_shared<std::string>();
    struct stat info{};
    if (::fstat(STDIN_FILENO, &info) == 0 && S_ISREG(info.st_mode) && info.st_size > 0) {
        // A redirected file is on this disk: room for it at once instead of growing by copies.
        bytes->reserve(std::min<std::uint64_t>(static_cast<std::uint64_t>(info.st_size), most));
    }
    std::string buffer(chunk, '\0');
    while (!budget.stopped()) {
        pollfd waiting{STDIN_FILENO, POLLIN, 0};
        const int ready = ::poll(&waiting, 1, 50);
        if (ready == 0 || (ready < 0 && errno == EINTR)) {
            continue;
        }
        const ssize_t got = ::read(STDIN_FILENO, buffer.data(), buffer.size());
        if (got == 0) {
            return std::shared_ptr<const std::string>(std::move(bytes));
        }
        if (got < 0 && (errno == EINTR || errno == EAGAIN)) {
            continue;
        }
        if (got < 0) {
            return Error{ErrorCode::Unreadable, bytes->size(),
                std::string("cannot read the standard input: ") + std::strerror(errno)};
        }
        const auto size = static_cast<std::size_t>(got);
        if (size > most - bytes->size()) {
            return Error{ErrorCode::TooLarge, most, "the standard input is larger than the limit"};
        }
        bytes->append(buffer, 0, size);
    }
    return Error{ErrorCode::Cancelled, bytes->size(), "the scan was stopped before the standard input ended"};
}

} // namespace

StdinScan::StdinScan(std::string name, ScanOptions options)
    : m_name(std::move(name))
    , m_options(std::move(options))
{
    if (!m_options.declaredBeside) {
        m_options.declaredBeside = engine::readDeclaredBeside(); // the name tells where it stands
    }
    if (m_options.limits.time) {
        m_deadline = Budget::Clock::now() + *m_options.limits.time;
    }
    m_progress.knownArtifacts = 1;
    m_progress.current = m_name;
    m_thread = std::jthread([this](std::stop_token token) { run(std::move(token)); });
}

StdinScan::~StdinScan()
{
    cancel();
}

void StdinScan::cancel()
{
    m_thread.request_stop();
}

engine::Progress StdinScan::progress() const
{
    const std::lock_guard lock(m_mutex);
    return m_progress;
}

void StdinScan::post(Analysis analysis)
{
    {
        const std::lock_guard lock(m_mutex);
        ++m_progress.doneArtifacts;
        m_progress.doneBytes += analysis.size;
    }
    m_results.post(std::make_shared<const Analysis>(std::move(analysis)));
}

void StdinScan::run(std::stop_token token)
{
    Budget budget(m_options.limits, token, m_deadline);
    constexpr std::uint64_t heldMost = 8ULL << 30; // it cannot be mapped
    std::uint64_t most = std::min(m_options.limits.fileBytes, heldMost);
    if (m_options.memoryBytes > 0) {
        most = std::min(most, m_options.memoryBytes);
    }
    auto bytes = readAll(most, budget);
    if (bytes) {
        Artifact artifact;
        artifact.path = m_name;
        artifact.bytes = std::move(bytes).value();
        budget.limitInflation(artifact.view().size());
        analyzeAll(std::move(artifact), budget);
    } else {
        post(engine::unreadable(m_name, bytes.error()));
    }
    const std::lock_guard lock(m_mutex);
    m_progress.finished = true;
    m_progress.cancelled = token.stop_requested();
    m_progress.timedOut = m_deadline && Budget::Clock::now() >= *m_deadline;
}

void StdinScan::analyzeAll(Artifact first, Budget& budget)
{
    std::deque<Artifact> queue;
    queue.push_back(std::move(first));
    while (!queue.empty()) {
        Artifact artifact = std::move(queue.front());
        queue.pop_front();
        Budget own = budget.child();
        if (own.stopped()) {
            post(engine::unreadable(
                artifact.path, {ErrorCode::Cancelled, 0, "the scan was stopped before this member"}));
            continue;
        }
        std::vector<Artifact> children;
        Analysis analysis = engine::analyze(std::move(artifact), m_options, own, &children);
        {
            const std::lock_guard lock(m_mutex);
            m_progress.knownArtifacts += children.size();
        }
        std::move(children.begin(), children.end(), std::back_inserter(queue));
        post(std::move(analysis));
    }
}

} // namespace cupel::cli
