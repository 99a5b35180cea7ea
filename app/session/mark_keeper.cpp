// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/mark_keeper.h"

#include "app/session/decision_file.h"
#include "app/session/session.h"

#include <utility>

namespace cupel::app {

MarkKeeper::MarkKeeper(Session& session)
    : m_session(session)
    , m_writer(
          session, [](const Changes& changes, const std::stop_token&) { return write(changes); },
          [this](const Written& written) { take(written); })
{
}

MarkKeeper::~MarkKeeper()
{
    m_writer.cancel();
    write(m_pending);
}

MarkKeeper::Written MarkKeeper::write(const Changes& changes)
{
    Written out{changes, {}};
    for (const auto& [folder, marks] : changes) {
        if (const QString trouble = changePictures(folder, marks); !trouble.isEmpty()) {
            out.troubles[folder] = trouble;
        }
    }
    return out;
}

void MarkKeeper::change(Changes changes)
{
    if (changes.empty()) {
        return;
    }
    for (auto& [folder, marks] : changes) {
        for (auto& [id, mark] : marks) {
            m_pending[folder].insert_or_assign(id, std::move(mark));
        }
    }
    m_writer.request(m_pending);
}

// A later change of the same picture still waits.
void MarkKeeper::take(const Written& written)
{
    for (const auto& [folder, marks] : written.what) {
        auto& waiting = m_pending[folder];
        for (const auto& [id, mark] : marks) {
            const auto now = waiting.find(id);
            if (now != waiting.end() && now->second == mark) {
                waiting.erase(now);
            }
        }
        if (waiting.empty()) {
            m_pending.erase(folder);
        }
        if (const auto trouble = written.troubles.find(folder); trouble != written.troubles.end()) {
            m_session.log().warn(
                tr("Pictures that were looked at are not written down in the folder: %1").arg(trouble->second));
        }
    }
}

} // namespace cupel::app
