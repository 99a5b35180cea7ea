// SPDX-License-Identifier: GPL-3.0-or-later
// What a notebook does when somebody looks at it, what it hides, and what it tells about where it was made. Each region
// is decoded once; the scanners of its kind look at it.
#include "analyzers/formats/region_texts.h"
#include "analyzers/rules/outputs/active_rules.h"
#include "analyzers/rules/outputs/metadata.h"
#include "analyzers/rules/outputs/region_scan.h"
#include "analyzers/rules/rule_texts.h"

#include <algorithm>

namespace cupel::rules::outputs {

namespace {

constexpr std::size_t chunkSize = 16 << 20; // of decoded text; HTML that is longer is looked at in parts

class Checker {
public:
    Checker(const RuleInput& input, FindingSink& sink)
        : m_input(input)
        , m_out(sink)
    {
    }

    void run()
    {
        const auto& regions = m_input.facts.regions;
        const auto* notebook = formats::notebookFacts(m_input.facts);
        for (std::size_t i = 0; i < regions.size() && m_input.budget.spend(64); ++i) {
            region(i);
        }
        if (notebook) {
            scanCells(m_input, *notebook, m_out);
        }
        userNames();
        m_out.finish();
    }

private:
    void region(std::size_t index)
    {
        const auto& region = m_input.facts.regions[index];
        switch (region.kind) {
        case RegionKind::Image:
        case RegionKind::Attachment:
            if (region.part == Part::Output) {
                scanInjectedImage(m_input, index, m_out);
            }
            return;
        case RegionKind::Salvaged:
            if (region.part == Part::Output) {
                scanInjectedName(m_input, index, m_out);
            }
            break;
        case RegionKind::WidgetState:
            scanInjectedWidget(m_input, index, m_out);
            if (region.part == Part::Metadata) {
                scanWidgets(m_input, index, m_out);
            }
            return;
        case RegionKind::Json:
            if (region.name.find("jupyter.widget-view") != std::string::npos) {
                scanInjectedWidget(m_input, index, m_out);
            }
            break;
        case RegionKind::Metadata:
            scanInjectedMetadata(m_input, index, m_out);
            if (region.cell < 0) {
                scanNotebookMetadata(m_input, index, m_out);
            }
            break;
        default:
            break;
        }
        formats::PieceReader reader(m_input.texts(), index);
        while (collect(reader)) {
            scan(index, region);
        }
    }

    void userNames()
    {
        UserNames names;
        const auto& regions = m_input.facts.regions;
        if (m_out.users().empty() || !names.prepare(m_input, m_out)) {
            return;
        }
        for (std::size_t i = 0; i < regions.size() && m_input.budget.spend(64); ++i) {
            const auto kind = regions[i].kind;
            if (kind == RegionKind::Image || kind == RegionKind::Attachment || kind == RegionKind::Name) {
                continue;
            }
            formats::PieceReader reader(m_input.texts(), i);
            while (collect(reader)) {
                const DecodedText text{
                    m_input, regions[i], static_cast<std::int32_t>(i), *m_piece, carrierOf(regions[i])};
                names.scan(text, m_out);
            }
        }
    }

    // The next text: one piece that is the whole, or pieces joined up to a chunk.
    bool collect(formats::PieceReader& reader)
    {
        m_piece = reader.next(m_own);
        if (!m_piece) {
            return false;
        }
        if (m_piece != &m_own) {
            return true;
        }
        m_own.overlap = 0;
        if (!m_own.last) { // growing as it goes it would take three times the room
            m_own.text.reserve(chunkSize + formats::RegionReader::pieceSize + formats::RegionReader::overlapSize);
        }
        const formats::TextPiece* next = nullptr;
        while (!m_own.last && m_own.text.size() < chunkSize && m_input.budget.spend(1 << 20)
            && (next = reader.next(m_next))) {
            const auto base = m_own.text.size() - std::min<std::uint64_t>(next->overlap, m_own.text.size());
            m_own.map.append(next->map, next->overlap, base);
            m_own.text.append(next->text, next->overlap, std::string::npos);
            m_own.last = next->last;
        }
        return true;
    }

    void scan(std::size_t index, const Region& region)
    {
        DecodedText text{m_input, region, static_cast<std::int32_t>(index), *m_piece, carrierOf(region)};
        switch (region.kind) {
        case RegionKind::Html:
        case RegionKind::Svg:
            scanMarkup(text, m_piece->text, m_out);
            break;
        case RegionKind::Markdown:
            scanMarkdown(text, m_out);
            break;
        case RegionKind::Raw:
            if (m_piece->text.find('<') != std::string::npos) {
                scanMarkup(text, m_piece->text, m_out);
            }
            scanLatex(text, m_piece->text, m_out);
            break;
        case RegionKind::Latex:
            scanLatex(text, m_piece->text, m_out);
            break;
        case RegionKind::JavaScript:
            script(text);
            break;
        case RegionKind::Json:
            scanChart(text, m_out);
            break;
        case RegionKind::Error:
            traceback(text);
            break;
        default:
            break;
        }
        if (region.kind == RegionKind::Stream || region.kind == RegionKind::Text || region.kind == RegionKind::Error) {
            scanTerminal(text, m_out);
        }
        if (region.kind != RegionKind::Code && region.kind != RegionKind::JavaScript) {
            scanCharacters(text, m_out);
        }
        scanLarge(text, m_out);
        scanLeaks(text, m_out);
    }

    static Carrier carrierOf(const Region& region)
    {
        switch (region.kind) {
        case RegionKind::Svg:
            return region.part == Part::Attachment ? Carrier::Picture : Carrier::Svg;
        case RegionKind::JavaScript:
            return Carrier::JavaScript;
        case RegionKind::Markdown:
            return region.part == Part::Output ? Carrier::MarkdownOutput : Carrier::Markdown;
        case RegionKind::Raw:
            return Carrier::Raw;
        case RegionKind::Latex:
            return Carrier::Latex;
        case RegionKind::Json:
            return Carrier::Json;
        default:
            return Carrier::Html;
        }
    }

    // application/javascript, and what libraries are started with.
    void script(const DecodedText& text)
    {
        if (m_piece->text.find_first_not_of(" \t\r\n;") == std::string::npos) {
            return;
        }
        auto seen = judgeScript(formats::readScript(m_piece->text), Carrier::JavaScript);
        // Anybody can call a script the loader of a library: what it does counts, and its name where it does nothing
        // else.
        for (const std::string_view library : {"bokeh", "holoviews"}) {
            if (text.region.name.find(library) != std::string::npos && seen.rule == "CUP-OUT-SCRIPT") {
                seen.what = library;
                seen.severity = std::min(seen.severity, Severity::Info);
            }
        }
        text.place(seen, {0, std::min<std::uint64_t>(m_piece->text.size(), 80)});
        seen.fix = "drop-output";
        m_out.add(std::move(seen));
    }

    // Its last line says which error it is; the first one is a row of dashes.
    void traceback(const DecodedText& text)
    {
        const std::string_view all = m_piece->text;
        const auto end = all.find_last_not_of(" \t\r\n") + 1; // npos + 1 is 0
        if (text.region.name == "traceback" && m_piece->last && end > 0) {
            const auto start = all.rfind('\n', end - 1) + 1;
            Seen seen;
            seen.rule = "CUP-OUT-TRACEBACK";
            seen.severity = Severity::Info;
            seen.fix = "drop-output";
            text.place(seen, {start, std::min<std::uint64_t>(end, start + 80)});
            m_out.add(std::move(seen));
        }
    }

    const RuleInput& m_input;
    Findings m_out;
    const formats::TextPiece* m_piece = nullptr; // the one that is looked at
    formats::TextPiece m_own;
    formats::TextPiece m_next;
};

} // namespace

void describe(RuleList& list)
{
    describeFromTexts("outputs", list);
}

void check(const RuleInput& input, FindingSink& sink)
{
    Checker(input, sink).run();
}

} // namespace cupel::rules::outputs
