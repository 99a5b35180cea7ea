// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/pictures.h"

#include "app/session/session.h"

#include <algorithm>
#include <utility>

namespace cupel::app {

namespace {

constexpr qint64 entryBytes = 256; // what a refusal costs

qint64 costOf(const widgets::Picture& picture)
{
    return entryBytes + picture.image.sizeInBytes();
}

} // namespace

Pictures::Pictures(Session& session, QObject* parent)
    : PictureSource(parent)
    , m_session(session)
    , m_thread([this](const std::stop_token& stop) { run(stop); })
{
}

Pictures::~Pictures()
{
    m_thread.request_stop();
}

const widgets::Picture* Pictures::find(const widgets::PictureRequest& request)
{
    const QByteArray key = request.key + '@' + QByteArray::number(request.wanted.width()) + 'x'
        + QByteArray::number(request.wanted.height());
    if (const auto kept = m_kept.find(key); kept != m_kept.end()) {
        kept->used = ++m_clock;
        return &kept->picture;
    }
    if (m_asked.contains(key)) {
        return nullptr;
    }
    m_asked.insert(key);
    {
        const std::lock_guard lock(m_mutex);
        m_waiting.push_front({key, request});
        while (m_waiting.size() > mostWaiting) {
            m_asked.remove(m_waiting.back().key);
            m_waiting.pop_back();
        }
    }
    m_changed.notify_one();
    if (!std::exchange(m_polled, true)) {
        m_session.watch([this] { return poll(); });
    }
    return nullptr;
}

void Pictures::run(const std::stop_token& stop)
{
    std::unique_lock lock(m_mutex);
    while (m_changed.wait(lock, stop, [this] { return !m_waiting.empty(); })) {
        Wanted next = std::move(m_waiting.front());
        m_waiting.pop_front();
        lock.unlock();
        Made made{std::move(next.key), {}};
        try {
            made.picture = widgets::decodePicture(next.request);
        } catch (const std::bad_alloc&) {
            made.picture.refusal = tr("There is not enough memory to show this picture.");
        }
        next = {}; // the analysis may be the last of its kind
        m_made.post(std::move(made));
        lock.lock();
    }
}

bool Pictures::poll()
{
    std::vector<Made> made = m_made.drain();
    for (Made& one : made) {
        keep(std::move(one));
    }
    if (!made.empty()) {
        dropOldest();
        Q_EMIT arrived();
    }
    m_polled = !m_asked.isEmpty();
    return m_polled;
}

void Pictures::keep(Made made)
{
    m_asked.remove(made.key);
    m_held += costOf(made.picture);
    m_kept.insert(made.key, {std::move(made.picture), ++m_clock});
}

// Down to three quarters, so that it need not be done for each.
void Pictures::dropOldest()
{
    if (m_held <= mostBytes) {
        return;
    }
    std::vector<std::pair<quint64, QByteArray>> byAge;
    for (auto it = m_kept.begin(); it != m_kept.end(); ++it) {
        byAge.emplace_back(it->used, it.key());
    }
    std::sort(byAge.begin(), byAge.end());
    for (std::size_t i = 0; i + 1 < byAge.size() && m_held > mostBytes / 4 * 3; ++i) {
        const auto it = m_kept.find(byAge[i].second);
        m_held -= costOf(it->picture);
        m_kept.erase(it);
    }
}

} // namespace cupel::app
