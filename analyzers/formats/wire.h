// SPDX-License-Identifier: GPL-3.0-or-later
// What readers of binary values front to back share: a checked place in the bytes, texts as regions, one flaw and one
// diagnostic when reading ends early, and what was understood.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/model/facts.h"

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>

namespace cupel::formats {

class Wire {
public:
    // `code` is that of the flaw when the file breaks off.
    Wire(const Artifact& artifact, Budget& budget, Facts& out, std::string kind, std::string_view code);

    [[nodiscard]] ByteView bytes() const { return m_bytes; }
    [[nodiscard]] std::uint64_t at() const { return m_at; }
    [[nodiscard]] std::uint64_t left() const { return m_bytes.size() - m_at; }
    void seek(std::uint64_t at) { m_at = std::min<std::uint64_t>(at, m_bytes.size()); }
    [[nodiscard]] bool skip(std::uint64_t size); // false: there are not so many; tells it
    [[nodiscard]] bool number(unsigned width, std::uint64_t& value, bool bigEndian = true);

    // Always false, so that a reader can return it.
    bool broken(std::string detail);
    // Spends; false when a limit is met, which is told.
    [[nodiscard]] bool spend(std::uint64_t work);
    void text(ByteRange range, std::string name);
    // Ends the reading: bytes behind the end are told and searched as they lie.
    void finish(bool whole);

    ModelContent& model() { return *m_model; }
    Facts& facts() { return m_out; }
    Budget& budget() { return m_budget; }
    [[nodiscard]] const Artifact& artifact() const { return m_artifact; }

private:
    const Artifact& m_artifact;
    ByteView m_bytes;
    Budget& m_budget;
    Facts& m_out;
    std::shared_ptr<ModelContent> m_model;
    std::string_view m_code;
    std::uint64_t m_at = 0;
    std::size_t m_texts = 0;
};

} // namespace cupel::formats
