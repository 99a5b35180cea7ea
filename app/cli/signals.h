// SPDX-License-Identifier: GPL-3.0-or-later
// The user's interrupt: the first asks for a clean end, the second ends at once. SIGPIPE only makes a write fail.
#pragma once

#include <stop_token>
#include <thread>

namespace cupel::cli {

void catchSignals(); // once, at the start of a command that works for long
[[nodiscard]] bool interrupted();

// For work that only looks at a stop token: the interrupt asks for it. Main thread; one of its own watches.
class InterruptToken {
public:
    InterruptToken();
    [[nodiscard]] std::stop_token token() const { return m_source.get_token(); }

private:
    std::stop_source m_source;
    std::jthread m_watch;
};

} // namespace cupel::cli
