// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/signals.h"

#include "app/cli/arguments.h"

#include <chrono>
#include <condition_variable>
#include <csignal>
#include <mutex>

#include <unistd.h>

namespace cupel::cli {

namespace {

volatile std::sig_atomic_t asked = 0;

extern "C" void onInterrupt(int)
{
    if (asked != 0) {
        ::_exit(static_cast<int>(Exit::Interrupted));
    }
    asked = 1;
}

} // namespace

void catchSignals()
{
    std::signal(SIGPIPE, SIG_IGN);
    // A shell starts jobs in the background with SIGINT ignored; that wish is kept.
    for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
        struct sigaction old{};
        if (::sigaction(number, nullptr, &old) == 0 && old.sa_handler == SIG_IGN) {
            continue;
        }
        struct sigaction action{};
        action.sa_handler = onInterrupt; // without SA_RESTART: a read of the standard input gives up
        sigemptyset(&action.sa_mask);
        ::sigaction(number, &action, nullptr);
    }
}

bool interrupted()
{
    return asked != 0;
}

InterruptToken::InterruptToken()
    : m_watch([source = m_source](const std::stop_token& done) mutable {
        std::mutex mutex;
        std::condition_variable_any wake;
        std::unique_lock lock(mutex);
        while (!done.stop_requested() && !interrupted()) {
            wake.wait_for(lock, done, std::chrono::milliseconds(50), [] { return false; });
        }
        source.request_stop();
    })
{
}

} // namespace cupel::cli
