// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/model_parts.h"

#include "analyzers/base/utf8.h"

#include <algorithm>

namespace cupel::formats {

namespace {

constexpr std::size_t longestName = 120;
constexpr std::size_t mostReferences = 5'000;

} // namespace

void noteOnce(Facts& out, std::string code, std::string message, std::uint64_t at)
{
    out.status = out.status == ReadStatus::Unreadable ? out.status : ReadStatus::Partial;
    const auto same = std::find_if(
        out.diagnostics.begin(), out.diagnostics.end(), [&code](const Diagnostic& one) { return one.code == code; });
    if (same == out.diagnostics.end()) {
        out.diagnostics.push_back({std::move(code), std::move(message), at, DiagnosticLevel::Incomplete});
    }
}

bool ModelParts::mayRead(ByteRange bytes)
{
    constexpr std::uint64_t always = 1 << 20;
    m_read += text(bytes).size();
    if (m_read <= m_file.size() * mostReadings + always) {
        return true;
    }
    noteOnce(m_facts, "texts-overlap",
        "Its values name the same bytes too often; the texts of the last ones were not searched", bytes.start);
    return false;
}

void ModelParts::field(std::string key, ByteRange value)
{
    if (!mayRead(value)) {
        return;
    }
    const auto written = text(value);
    if (m_model.metadata.size() < ModelContent::mostFields) {
        const bool readable = isUtf8(written.substr(0, 4'096)) && written.find('\0') == ByteView::npos;
        m_model.metadata.push_back({toDisplay(key, longestName),
            readable || written.size() > 4'096 ? toDisplay(written, ModelContent::longestValue)
                                               : std::to_string(written.size()) + " bytes",
            value});
    }
    const bool isTemplate = written.find("{{") != ByteView::npos || written.find("{%") != ByteView::npos;
    keep(isTemplate ? RegionKind::Template : RegionKind::Metadata, value, std::move(key), TextForm::Plain);
}

void ModelParts::number(std::string key, std::uint64_t value, ByteRange bytes)
{
    if (m_model.metadata.size() < ModelContent::mostFields) {
        m_model.metadata.push_back({std::move(key), std::to_string(value), bytes});
    }
}

bool ModelParts::region(RegionKind kind, ByteRange bytes, std::string name, TextForm form)
{
    return !bytes.empty() && mayRead(bytes) && keep(kind, bytes, std::move(name), form);
}

// What is paid for.
bool ModelParts::keep(RegionKind kind, ByteRange bytes, std::string name, TextForm form)
{
    if (bytes.empty()) {
        return false;
    }
    if (m_facts.regions.size() >= mostRegions) {
        noteOnce(
            m_facts, "too-many-texts", "There are more texts than the limit; the rest was not searched", bytes.start);
        return false;
    }
    Region out;
    out.kind = kind;
    out.part = Part::Metadata;
    out.form = form;
    out.bytes = bytes;
    out.name = toDisplay(name, longestName);
    m_facts.regions.push_back(std::move(out));
    return true;
}

void ModelParts::useOperator(std::string_view name, std::string_view domain, ByteRange bytes)
{
    std::string key(domain.substr(0, longestName));
    key += '\0';
    key += name.substr(0, longestName);
    const auto known = m_operators.find(key);
    if (known != m_operators.end()) {
        ++m_model.operators[known->second].count;
    } else if (m_model.operators.size() < ModelContent::mostOperators) {
        m_operators.emplace(std::move(key), m_model.operators.size());
        m_model.operators.push_back({toDisplay(name, longestName), toDisplay(domain, longestName), 1, bytes});
    }
}

void ModelParts::pointTo(std::string what, ByteRange target)
{
    if (m_model.references.size() < mostReferences) {
        m_model.references.push_back({std::move(what), toDisplay(text(target), ModelContent::longestValue), target});
    }
}

std::string ModelParts::quoted(ByteRange bytes) const
{
    return '"' + toDisplay(text(bytes), longestName) + '"';
}

void ModelParts::flaw(std::string_view code, ByteRange bytes, std::string_view before, std::string_view after)
{
    m_model.addFlaw(code, bytes, std::string(before) + quoted(bytes) + std::string(after), {bytes});
}

} // namespace cupel::formats
