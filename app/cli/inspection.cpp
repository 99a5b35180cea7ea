// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/inspection.h"

#include "analyzers/base/redact.h"
#include "analyzers/formats/region_text.h"

#include <algorithm>

namespace cupel::cli {

Redactor::Redactor(const Analysis& analysis)
    : m_analysis(analysis)
    , m_names(analysis)
{
}

std::string Redactor::text(const Region& region, std::size_t maxBytes) const
{
    const auto& facts = m_analysis.facts;
    const formats::TextPiece piece = formats::readRegion(facts.text(m_analysis.artifact), region, maxBytes);
    std::string out;
    std::uint64_t at = 0;
    for (const ByteRange file : m_analysis.sensitive) {
        const ByteRange range = facts.fromFile(file);
        if (!range.overlaps(region.bytes)) {
            continue;
        }
        const auto start = std::max(at, piece.map.toText(std::max(range.start, region.bytes.start), piece.text.size()));
        const auto end =
            range.end >= region.bytes.end ? piece.text.size() : piece.map.toText(range.end, piece.text.size());
        if (start >= piece.text.size() || end <= start) {
            continue;
        }
        out.append(piece.text, at, start - at).append(maskDots);
        at = end;
    }
    return out.append(piece.text, at, std::string::npos);
}

WholeValue wholeValue(const Analysis& analysis, const Redactor& redactor, const ModelField& field, std::size_t maxBytes)
{
    // The end may have been given up for a character that did not fit.
    const bool cut = field.value.size() + 8 >= ModelContent::longestValue && field.bytes.size() > field.value.size();
    WholeValue out{redactor.name(field.value), field.value.size(), false};
    if (!cut) {
        return out;
    }
    const auto& regions = analysis.facts.regions;
    const auto region = std::find_if(regions.begin(), regions.end(), [&](const Region& one) {
        const auto place = analysis.facts.toFile(one.bytes);
        const bool words = one.kind == RegionKind::Metadata || one.kind == RegionKind::Template;
        return words && !place.empty() && field.bytes.start <= place.start && place.end <= field.bytes.end;
    });
    if (region == regions.end()) {
        return {std::move(out.text), field.bytes.size(), true};
    }
    out.text = redactor.text(*region, maxBytes);
    out.bytes = measure(analysis, *region).bytes;
    out.cut = out.bytes > maxBytes;
    return out;
}

TextSize measure(const Analysis& analysis, const Region& region)
{
    TextSize size;
    formats::RegionReader reader(analysis.facts.text(analysis.artifact), region);
    formats::TextPiece piece;
    char last = '\n';
    while (reader.next(piece)) {
        const std::string_view fresh =
            std::string_view(piece.text).substr(std::min<std::size_t>(piece.overlap, piece.text.size()));
        size.bytes += fresh.size();
        size.lines += static_cast<std::uint64_t>(std::count(fresh.begin(), fresh.end(), '\n'));
        last = fresh.empty() ? last : fresh.back();
    }
    size.lines += last == '\n' ? 0 : 1;
    return size;
}

ViewerTable viewerTable(const Analysis& analysis)
{
    ViewerTable table;
    for (const auto& finding : analysis.findings) {
        ViewerTable::Row row;
        std::vector<std::string> names;
        for (const auto& evidence : finding.evidence) {
            const auto colon = evidence.excerpt.find(": ");
            if (evidence.role == "viewer" && colon != std::string::npos) {
                names.push_back(evidence.excerpt.substr(0, colon));
                row.verdicts.push_back(evidence.excerpt.substr(colon + 2));
            }
        }
        if (names.empty()) {
            continue;
        }
        table.viewers = std::move(names);
        row.what = finding.title;
        row.rule = finding.rule;
        row.place = finding.location.human;
        const auto count = finding.arguments.find("count");
        row.count = count == finding.arguments.end() ? "1" : count->second;
        table.rows.push_back(std::move(row));
    }
    return table;
}

std::string_view kindName(formats::CellKind kind)
{
    switch (kind) {
    case formats::CellKind::Code:
        return "code";
    case formats::CellKind::Markdown:
        return "markdown";
    case formats::CellKind::Raw:
        return "raw";
    case formats::CellKind::Heading:
        return "heading";
    case formats::CellKind::Unknown:
        return "unknown";
    }
    return "unknown";
}

std::string_view formatName(const Analysis& analysis)
{
    return analysis.facts.format.empty() ? std::string_view("unknown") : analysis.facts.format;
}

} // namespace cupel::cli
