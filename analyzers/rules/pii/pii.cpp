// SPDX-License-Identifier: GPL-3.0-or-later
// All classes of personal data in one pass over the regions: frames by their columns, then values in the text, then
// what images carry with them.
#include "analyzers/base/byte_scan.h"
#include "analyzers/formats/frames/frame.h"
#include "analyzers/formats/frames/json_frames.h"
#include "analyzers/formats/region_texts.h"
#include "analyzers/rules/allow_comments.h"
#include "analyzers/rules/pii/code_names.h"
#include "analyzers/rules/pii/frame_rules.h"
#include "analyzers/rules/pii/headers.h"
#include "analyzers/rules/pii/image_rules.h"
#include "analyzers/rules/pii/report.h"
#include "analyzers/rules/pii/scanner_rows.h"
#include "analyzers/rules/pii/text_scanner.h"
#include "analyzers/rules/pii/version_number.h"
#include "analyzers/rules/rendered_text.h"
#include "analyzers/rules/rule_texts.h"
#include "analyzers/rules/sink.h"

#include <algorithm>

namespace cupel::rules::pii {

namespace {

bool mayHoldFrames(RegionKind kind)
{
    return kind == RegionKind::Text || kind == RegionKind::Stream || kind == RegionKind::PlainText
        || kind == RegionKind::Markdown || kind == RegionKind::Raw || kind == RegionKind::Latex;
}

// Lines of a JSON value as its region shows it: escapes of line breaks in its strings are such.
class JsonLines {
public:
    explicit JsonLines(ByteView json)
    {
        for (auto at = findOneOf<'\n', '\\'>(json); at != ByteView::npos; at = findOneOf<'\n', '\\'>(json, at + 1)) {
            if (json[at] == '\n') {
                m_ends.push_back(at);
            } else if (++at < json.size() && json[at] == 'n') {
                m_ends.push_back(at);
            }
        }
    }
    [[nodiscard]] std::uint64_t of(std::uint64_t offset) const
    {
        return 1 + static_cast<std::uint64_t>(std::lower_bound(m_ends.begin(), m_ends.end(), offset) - m_ends.begin());
    }

private:
    std::vector<std::uint64_t> m_ends;
};

class Reviewer {
public:
    Reviewer(const RuleInput& input, FindingSink& sink)
        : m_input(input)
        , m_text(input.facts.text(input.artifact))
        , m_report(sink)
        , m_images(input, sink)
    {
    }

    void run()
    {
        if (m_input.facts.format == "image") {
            m_images.file();
        }
        for (std::size_t i = 0; i < m_input.facts.regions.size() && !m_input.budget.stopped(); ++i) {
            if (m_input.facts.regions[i].kind == RegionKind::Image) {
                m_images.region(i);
            } else {
                region(i);
                m_images.drawing(i);
            }
        }
        m_images.finish();
        elsewhere();
        m_report.finish();
    }

private:
    [[nodiscard]] TextPlace placeOf(std::size_t index)
    {
        TextPlace place;
        place.region = &m_input.facts.regions[index];
        place.regionIndex = static_cast<std::int32_t>(index);
        place.toArtifact = [this](ByteRange range) {
            return m_piece->map.toRaw(m_rendered.text.empty() ? range : m_rendered.map.toRaw(range));
        };
        place.lineOf = [this](std::uint64_t offset) { return lineOf(offset); };
        return place;
    }

    void region(std::size_t index)
    {
        const auto& region = m_input.facts.regions[index];
        formats::PieceReader reader(m_input.texts(), index);
        auto place = placeOf(index);
        m_covered.clear();
        if (region.kind == RegionKind::Json && region.form == TextForm::JsonValue) {
            json(index);
        }
        while ((m_piece = reader.next(m_own)) && !m_input.budget.stopped()) {
            m_linesKnown = false;
            // Colours and characters without width are not read as parts of values.
            m_rendered = renderText(m_piece->text, false, m_input.budget);
            m_view = m_rendered.text.empty() ? m_piece->text : m_rendered.text;
            place.text = m_view;
            if (region.kind == RegionKind::Html || region.kind == RegionKind::JavaScript) {
                const bool script = region.kind == RegionKind::JavaScript;
                frames(script ? std::vector<formats::Frame>() : framesOfHtml(m_view), place);
                frames(formats::readScriptFrames(m_view, script, m_input.budget), place);
            } else if (region.kind == RegionKind::Json && region.form != TextForm::JsonValue) {
                frames(formats::readJsonFrames(m_view, m_input.budget), place);
            } else if (mayHoldFrames(region.kind)) {
                frames(formats::readFrames(m_view), place);
            }
            if (region.kind == RegionKind::Code) {
                names(place);
            }
            values(place);
            m_images.piece(index, *m_piece);
        }
    }

    // JSON is read as it stands in the file: with the escapes of its strings undone it would be none.
    void json(std::size_t index)
    {
        const auto raw = m_input.facts.regions[index].bytes;
        auto place = placeOf(index);
        place.text = slice(m_text, raw);
        place.toArtifact = [raw](ByteRange range) { return ByteRange{raw.start + range.start, raw.start + range.end}; };
        const JsonLines lines(place.text);
        place.lineOf = [&lines](std::uint64_t offset) { return lines.of(offset); };
        frames(formats::readJsonFrames(place.text, m_input.budget), place);
    }

    static bool mayRepeat(const Region& region)
    {
        const auto kind = region.kind;
        if (kind == RegionKind::Metadata || kind == RegionKind::WidgetState) {
            return true;
        }
        return region.cell >= 0
            && (kind == RegionKind::Code || kind == RegionKind::Html || kind == RegionKind::Error
                || kind == RegionKind::Svg || kind == RegionKind::Json || kind == RegionKind::Latex
                || mayHoldFrames(kind));
    }

    // What was seen to be personal in one place may stand in clear in another, where nothing says so.
    void elsewhere()
    {
        constexpr std::size_t atMost = 2'000; // in one piece of text
        m_report.learnLabels();
        for (std::size_t i = 0; i < m_input.facts.regions.size(); ++i) {
            if (m_report.known().empty() && m_report.handles().empty()) {
                return;
            }
            const auto& region = m_input.facts.regions[i];
            if (!mayRepeat(region)) {
                continue;
            }
            formats::PieceReader reader(m_input.texts(), i);
            auto place = placeOf(i);
            while ((m_piece = reader.next(m_own)) && m_input.budget.spend(m_piece->text.size() / 8)) {
                m_linesKnown = false;
                m_rendered = {};
                m_view = m_piece->text;
                place.text = m_view;
                for (const auto& hit : m_report.known().find(m_view, atMost)) {
                    if (hit.place.end > m_piece->overlap) {
                        m_report.again(hit, place);
                    }
                }
                for (const auto& hit : m_report.handles().find(m_view, atMost)) {
                    if (hit.place.end > m_piece->overlap) {
                        m_report.handle(hit, place);
                    }
                }
            }
        }
    }

    void frames(const std::vector<formats::Frame>& list, const TextPlace& place)
    {
        for (const auto& frame : list) {
            if (m_input.budget.stopped()) {
                return;
            }
            const auto verdict = judgeFrame(frame);
            m_report.add(frame, verdict, place);
            m_report.labels(frame);
            for (const auto& personal : verdict.columns) {
                if (!personal.reported && verdict.knownSet.empty()) {
                    continue;
                }
                // A column whose values stay as they are speaks for what it holds, not for a stranger among it.
                const auto* row = personal.verdict.row;
                const bool whole =
                    verdict.knownSet.empty() && (row->kind == Kind::Direct || row->id == "date-of-birth");
                for (const auto& cell : frame.columns[personal.index].cells) {
                    m_covered.push_back({place.toArtifact(cell.source), whole ? nullptr : row});
                }
            }
            versions(frame, place);
        }
        sortCovered();
    }

    // A column of versions says of four numbers in it that they are no address.
    void versions(const formats::Frame& frame, const TextPlace& place)
    {
        for (const auto& column : frame.columns) {
            if (headsVersions(normaliseHeader(column.name))) {
                for (const auto& cell : column.cells) {
                    m_covered.push_back({place.toArtifact(cell.source), &rows()[ownRows().ip]});
                }
            }
        }
    }

    struct Covered {
        ByteRange bytes; // of a cell, in the artifact
        const PiiRow* row = nullptr; // what it is covered as; null: whatever it is
    };
    void sortCovered()
    {
        std::sort(
            m_covered.begin(), m_covered.end(), [](const Covered& a, const Covered& b) { return a.bytes < b.bytes; });
    }

    // The column speaks for its cells. `place` is that of the match in the artifact.
    [[nodiscard]] bool isCovered(const Match& match, ByteRange place) const
    {
        const bool stranger = match.row->kind == Kind::Direct && match.proved && match.confidence >= Confidence::Likely;
        const auto covers = [&](const Covered& cell) {
            return cell.bytes.overlaps(place) && !(stranger && cell.row != nullptr && cell.row != match.row);
        };
        const auto next = std::upper_bound(m_covered.begin(), m_covered.end(), place.start,
            [](std::uint64_t start, const Covered& cell) { return start < cell.bytes.start; });
        return (next != m_covered.end() && covers(*next)) || (next != m_covered.begin() && covers(*std::prev(next)));
    }

    void names(const TextPlace& place)
    {
        for (const auto& name : namesInCode(m_view)) {
            Match match;
            match.row = m_person;
            match.place = name;
            match.severity = Severity::Medium; // as a column of them is
            match.confidence = Confidence::Likely;
            match.proof = "it stands in a list of names";
            m_covered.push_back({place.toArtifact(name)});
            m_report.add(match, place, isAllowedInline(m_view, name));
        }
        sortCovered();
    }

    void values(const TextPlace& place)
    {
        bool complete = true;
        const auto overlap =
            m_rendered.text.empty() ? m_piece->overlap : m_rendered.map.toText(m_piece->overlap, m_view.size());
        for (auto match : scanText(m_view, m_input.budget, complete)) {
            // What ends inside the overlap was seen whole in the piece before.
            // Maps in code are centred on towns; what is printed may be anybody's place.
            const bool centre = place.region->kind == RegionKind::Code && match.row->id == "latitude-longitude";
            if (match.place.end <= overlap || centre
                || (!m_covered.empty() && isCovered(match, place.toArtifact(match.place)))) {
                continue;
            }
            match.severity = severityAt(*match.row, match.severity, place.region);
            m_report.add(match, place, isAllowedInline(m_view, match.place));
        }
    }

    // A piece may hold tens of thousands of findings: its lines are counted once.
    [[nodiscard]] std::uint64_t lineOf(std::uint64_t offset)
    {
        const auto& text = m_view;
        if (!m_linesKnown) {
            m_lineEnds.clear();
            for (auto at = text.find('\n'); at != ByteView::npos; at = text.find('\n', at + 1)) {
                m_lineEnds.push_back(at);
            }
            m_linesKnown = true;
        }
        const auto before = std::lower_bound(m_lineEnds.begin(), m_lineEnds.end(), offset);
        return m_piece->firstLine + static_cast<std::uint64_t>(before - m_lineEnds.begin());
    }

    const RuleInput& m_input;
    ByteView m_text;
    Report m_report;
    const PiiRow* m_person =
        &*std::find_if(rows().begin(), rows().end(), [](const PiiRow& row) { return row.id == "person-name"; });
    ImageReview m_images;
    const formats::TextPiece* m_piece = nullptr; // the one that is looked at
    formats::TextPiece m_own;
    RenderedText m_rendered; // of the piece, when colours or the like stand in it
    ByteView m_view; // the rendered text or the piece
    std::vector<Covered> m_covered; // cells of columns that have their finding; of one region
    std::vector<std::uint64_t> m_lineEnds;
    bool m_linesKnown = false;
};

std::string whatHappens(const PiiRow& row)
{
    if (row.id == "profile-link") {
        return "The link leads to the account of one person, and to all that the site shows of it: where they run, "
               "whom "
               "they know, where they work.";
    }
    switch (row.kind) {
    case Kind::Direct:
        if (row.id.ends_with("-id") && row.severity <= Severity::Low) { // a number of a list: no one lives by it
            return "The number leads to a person for whoever has the list or the service that gave it out.";
        }
        return "Whoever gets this file learns who is meant. Such values also help to pass oneself off as that person.";
    case Kind::Quasi:
        return "Alone this says little. Together with two or three other facts it singles one person out.";
    case Kind::Special:
        return "This says something about a person that the law guards most. It can cost a job, an insurance or worse.";
    case Kind::Organisation:
        return "This names a company or a register entry. For a small firm that is the same as naming its owner.";
    case Kind::Technical:
        return "This names a device or a network. With other records it leads to the person who uses it.";
    }
    return {};
}

std::vector<std::string> checkNames(std::string_view list)
{
    std::vector<std::string> out;
    while (!list.empty()) {
        const auto end = std::min(list.find(' '), list.size());
        out.emplace_back(list.substr(0, end));
        list.remove_prefix(std::min(list.size(), end + 1));
    }
    return out;
}

} // namespace

void describe(RuleList& list)
{
    describeFromTexts("pii", list);
    if (list.onlyCounts(rows().size())) {
        return;
    }
    for (const auto& row : rows()) {
        RuleInfo info;
        info.id = ruleId(row.id);
        if (!list.wants(info.id)) {
            continue;
        }
        info.family = Family::Pii;
        info.cls = "pii." + std::string(row.id);
        info.title = row.title;
        info.severity = row.severity;
        info.confidence = row.confidence;
        info.whatHappens = whatHappens(row);
        info.whereFrom =
            "A data frame was shown, a value was printed or logged, or it was typed into a cell as an example.";
        info.howToFix =
            "Replace the values by placeholders; clear an output that shows them. Show counts or made-up rows "
            "instead of real ones.";
        info.wrongExample = "print(records)  # shows real values";
        info.rightExample = "print(len(records))  # or records that you made up";
        info.checks = checkNames(row.checks);
        if (row.id == "profile-link") {
            info.whereFrom = "A table or a log holds links to accounts, or somebody linked a person in a text.";
            info.howToFix =
                "Take the name or the number out of the link. Leave it where the person wants to be found by it.";
            info.wrongExample = "print('https://www.strava.com/athletes/' + rider)";
            info.rightExample = "print('rider', number)";
        }
        info.references.cwe = {"CWE-359"};
        info.references.owasp = {"LLM02:2025"};
        list.add(std::move(info));
    }
}

void check(const RuleInput& input, FindingSink& sink)
{
    Reviewer(input, sink).run();
}

} // namespace cupel::rules::pii
