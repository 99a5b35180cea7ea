// SPDX-License-Identifier: GPL-3.0-or-later
// Cancel, time-out and bomb protection as one value that is passed everywhere. Owned by one worker thread; the stop
// token and the shared inflation counter may be touched by others.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>

namespace cupel {

struct Limits {
    std::uint64_t fileBytes = 1ULL << 40; // a larger file is reported as not read
    std::uint64_t inflatedBytes = 4ULL << 30; // sum over all members of one top-level file
    std::uint64_t memberBytes = 1ULL << 30; // one member of a container
    std::uint64_t entries = 200'000; // members of one container
    std::uint64_t nestedEntries = 20'000; // members of containers in containers, over one top-level file
    // Uncompressed : compressed, judged above 1 MiB for a member and above 256 MiB for all of a top-level file.
    std::uint32_t inflationRatio = 1'000;
    std::uint32_t containerDepth = 6; // zip in zip in zip ...
    std::uint32_t jsonDepth = 1'024; // nested objects and arrays
    std::uint32_t decodeDepth = 4; // base64 in hex in zlib ...
    std::uint32_t findingsPerRule = 1'000; // per artifact; the rest is counted, not listed
    bool digests = true; // of files and members
    bool checksums = true; // of members of zips; and a search for words among the numbers of tensors
    std::optional<std::chrono::milliseconds> time; // for the whole scan
};

class Budget {
public:
    using Clock = std::chrono::steady_clock;
    enum class Stop : std::uint8_t { None, Cancelled, Deadline, Inflation };

    Budget() = default; // default limits, never stops
    explicit Budget(const Limits& limits, std::stop_token token = {}, std::optional<Clock::time_point> deadline = {})
        : m_limits(limits)
        , m_token(std::move(token))
        , m_deadline(deadline)
    {
    }

    [[nodiscard]] const Limits& limits() const { return m_limits; }

    // Long loops call this with the bytes (or steps) they are about to handle. False: stop now and return what you
    // have.
    [[nodiscard]] bool spend(std::uint64_t work)
    {
        m_sinceCheck += work;
        return m_sinceCheck < checkInterval ? m_stop == Stop::None : check();
    }
    // Charges inflated bytes; false when the cap over all containers of this file is passed.
    [[nodiscard]] bool inflate(std::uint64_t bytes);
    // A top-level file of this size: what all its layers write together is judged by Limits::inflationRatio too.
    void limitInflation(std::uint64_t fileSize);
    // Counts a member of a nested container; false when Limits::nestedEntries is passed.
    [[nodiscard]] bool nestedMember();
    [[nodiscard]] Stop stopReason() const { return m_stop; }
    [[nodiscard]] bool stopped() { return m_stop != Stop::None || !check(); }

    // Called every 64 KiB of work, on the worker's thread: for what has to keep pace with reading. Quick, may be null.
    void setPulse(void (*pulse)()) { m_pulse = pulse; }

    // A budget for a child artifact: same stop token and deadline, shared inflation counter.
    [[nodiscard]] Budget child() const;

private:
    static constexpr std::uint64_t checkInterval = 64 * 1024;
    bool check();

    Limits m_limits;
    std::stop_token m_token;
    std::optional<Clock::time_point> m_deadline;
    std::shared_ptr<std::atomic<std::uint64_t>> m_inflated = std::make_shared<std::atomic<std::uint64_t>>(0);
    std::shared_ptr<std::atomic<std::uint64_t>> m_nested = std::make_shared<std::atomic<std::uint64_t>>(0);
    void (*m_pulse)() = nullptr;
    std::uint64_t m_sinceCheck = 0;
    Stop m_stop = Stop::None;
};

} // namespace cupel
