// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/wire.h"
#include "analyzers/base/padding.h"
#include "analyzers/base/words.h"

#include <algorithm>

namespace cupel::formats {

namespace {

constexpr std::size_t mostTexts = 20'000; // regions; later texts widen the last one
constexpr std::uint64_t shortestText = 4; // says nothing to any rule

} // namespace

Wire::Wire(const Artifact& artifact, Budget& budget, Facts& out, std::string kind, std::string_view code)
    : m_artifact(artifact)
    , m_bytes(artifact.view())
    , m_budget(budget)
    , m_out(out)
    , m_model(std::make_shared<ModelContent>())
    , m_code(code)
{
    m_model->kind = std::move(kind);
    m_out.model = m_model;
    m_out.hasLines = false;
    m_out.coverage.total = m_bytes.size();
}

bool Wire::skip(std::uint64_t size)
{
    if (size > left()) {
        return broken("it ends, or a length leads out of it, where it should not");
    }
    m_at += size;
    return true;
}

bool Wire::number(unsigned width, std::uint64_t& value, bool bigEndian)
{
    value = 0;
    const auto start = m_at;
    if (!skip(width)) {
        return false;
    }
    for (unsigned i = 0; i < width; ++i) {
        const auto byte = std::uint64_t{static_cast<unsigned char>(m_bytes[start + i])};
        value |= byte << (8 * (bigEndian ? width - 1 - i : i));
    }
    return true;
}

bool Wire::broken(std::string detail)
{
    const auto at = std::min<std::uint64_t>(m_at, m_bytes.size());
    m_model->addFlaw(m_code, {at, std::min<std::uint64_t>(at + 1, m_bytes.size())}, std::move(detail));
    return false;
}

bool Wire::spend(std::uint64_t work)
{
    return m_budget.spend(work);
}

void Wire::text(ByteRange range, std::string name)
{
    if (range.size() < shortestText) {
        return;
    }
    if (++m_texts > mostTexts) {
        m_out.regions.back().bytes.end = range.end;
        return;
    }
    Region region;
    region.kind = RegionKind::Metadata;
    region.part = Part::Metadata;
    region.bytes = range;
    region.name = std::move(name);
    m_out.regions.push_back(std::move(region));
}

void Wire::finish(bool whole)
{
    if (whole && left() == 0) {
        m_out.coverage.understood = m_bytes.size();
        return;
    }
    if (whole && paddingOf(m_bytes.substr(m_at)) != Padding::None) {
        m_model->addLeftover("model-trailing", {m_at, m_bytes.size()});
        m_out.coverage.understood = m_bytes.size();
        return;
    }
    if (whole) {
        m_model->addFlaw(m_code, {m_at, m_bytes.size()}, counted(left(), "byte follows", "bytes follow") + " its end");
        m_model->keepLeftover({m_at, m_bytes.size()});
    }
    m_out.status = ReadStatus::Partial;
    m_out.coverage.understood = m_at;
    m_out.diagnostics.push_back(
        {"wire-stopped", "The file was not read to its end", m_at, DiagnosticLevel::Incomplete});
    m_texts = std::min(m_texts, mostTexts - 1);
    text({m_at, m_bytes.size()}, "rest");
}

} // namespace cupel::formats
