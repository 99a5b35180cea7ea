// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/fix_output.h"

#include "app/cli/rule_output.h"

#include "analyzers/fixes/preview.h"
#include "analyzers/report/writers/json_records.h"
#include "analyzers/report/writers/text.h"
#include "analyzers/report/writers/text_unicode.h"

#include <algorithm>
#include <iterator>

namespace cupel::cli {

namespace {

using report::counted;
using report::JsonStream;
using report::printable;

class FixText {
public:
    FixText(const FixRun& run, bool colour, std::size_t width)
        : m_run(run)
        , m_colour(colour)
        , m_paint(colour)
        , m_width(width)
    {
    }

    std::string document()
    {
        const auto& analysis = *m_run.plan.analysis;
        line(m_paint.bold(printable(analysis.artifact.path)));
        for (const auto& hunk : fixes::preview(m_run.plan, m_run.on, m_run.proof.after.get())) {
            writeHunk(hunk);
        }
        writeEdits();
        writeRest();
        return std::move(m_out);
    }

private:
    void line(const std::string& text) { m_out += text + "\n"; }

    [[nodiscard]] std::string tinted(const char* sequence, const std::string& text) const
    {
        return m_colour ? "\x1b[" + std::string(sequence) + "m" + text + "\x1b[0m" : text;
    }

    void writeHunk(const fixes::PreviewHunk& hunk)
    {
        using Kind = fixes::PreviewRow::Kind;
        line("");
        m_shown += hunk.edits.size();
        line("  " + m_paint.bold(hunk.place) + m_paint.dim("  " + counted(hunk.edits.size(), "edit")));
        for (const auto& row : hunk.rows) {
            if (row.kind == Kind::Folded) {
                line(m_paint.dim("      ... " + counted(row.folded, "unchanged line")));
            } else if (row.kind == Kind::Same) {
                line(m_paint.dim(number(row.before.number) + "   " + printable(row.before.text)));
            }
            if (row.kind == Kind::Changed || row.kind == Kind::Removed) {
                line(tinted("31", number(row.before.number) + " - " + printable(row.before.text)));
            }
            if (row.kind == Kind::Changed || row.kind == Kind::Added) {
                line(tinted("32", number(row.after.number) + " + " + printable(row.after.text)));
            }
        }
    }

    static std::string number(std::uint32_t value)
    {
        auto text = value > 0 ? std::to_string(value) : std::string();
        text.insert(0, text.size() < 6 ? 6 - text.size() : 0, ' ');
        return text;
    }

    // Edits that are off, under a heading of their own.
    void writeOff(std::string_view heading, bool unproved)
    {
        const auto& findings = m_run.plan.analysis->findings;
        bool titled = false;
        for (std::size_t i = 0; i < m_run.plan.edits.size(); ++i) {
            if (m_run.on[i] || isUnproved(m_run, i) != unproved || isOther(m_run.plan.edits[i].finding)) {
                continue;
            }
            if (!titled) {
                line("");
                line("  " + m_paint.bold(std::string(heading)));
                titled = true;
            }
            const auto& finding = findings[m_run.plan.edits[i].finding];
            // It stands in the file as before, and judged alone it is none.
            const auto alone =
                isGone(m_run.plan.edits[i].finding) ? ", no finding without the others" : std::string_view();
            line("  " + m_paint.severity(finding.severity) + "  " + printable(finding.location.human) + "  "
                + printable(finding.title) + m_paint.dim("  " + m_run.plan.edits[i].kind + std::string(alone)));
        }
    }

    // Who asks for one thing does not want the list of everything else.
    [[nodiscard]] bool isOther(std::size_t finding) const { return !m_run.others.empty() && m_run.others[finding]; }

    // Both lists may have every finding of the file.
    [[nodiscard]] bool isGone(std::size_t finding) const
    {
        return std::binary_search(m_run.proof.gone.begin(), m_run.proof.gone.end(), finding);
    }

    void writeOthers()
    {
        std::size_t count = 0;
        for (std::size_t i = 0; i < m_run.others.size(); ++i) {
            count += isOther(i) && !isGone(i) ? 1 : 0;
        }
        if (count > 0) {
            line("");
            line("  "
                + m_paint.dim(counted(count, "other finding") + (count == 1 ? " was" : " were") + " not asked for."));
        }
    }

    void writeEdits()
    {
        const auto& findings = m_run.plan.analysis->findings;
        writeOff("Possible, not asked for", false);
        writeOff("Left out: judged again, the file still shows such values", true);
        // What goes along with an edit of another finding needs nobody.
        std::vector<std::size_t> left;
        std::copy_if(m_run.plan.without.begin(), m_run.plan.without.end(), std::back_inserter(left),
            [this](std::size_t finding) { return !isOther(finding) && !isGone(finding); });
        if (!left.empty()) {
            line("");
            line("  " + m_paint.bold("For a person to mend"));
            for (const auto index : left) {
                const auto& finding = findings[index];
                line("  " + m_paint.severity(finding.severity) + "  " + printable(finding.location.human) + "  "
                    + printable(finding.title) + m_paint.dim("  " + finding.rule));
            }
        }
        writeOthers();
    }

    void writeRest()
    {
        const auto on = static_cast<std::size_t>(std::count(m_run.on.begin(), m_run.on.end(), true));
        const auto& proof = m_run.proof;
        line("");
        if (on == 0) {
            line("Nothing to change.");
            writeKept();
            writeVerdict();
            if (!m_run.written.empty()) {
                line("Written: " + printable(m_run.written) + ", the same bytes.");
            }
            return;
        }
        // An edit may change several places, and each of them stands above with it.
        line(counted(on, "edit") + (m_shown > on ? " at " + counted(m_shown, "place") : std::string()) + ", "
            + counted(proof.gone.size(), "finding") + " gone, " + counted(proof.after->findings.size(), "finding")
            + " left.");
        for (const auto index : proof.failed) {
            line("Not mended: " + printable(m_run.plan.analysis->findings[index].title) + ", "
                + printable(m_run.plan.analysis->findings[index].location.human));
        }
        for (const auto index : proof.fresh) {
            line("New: " + printable(proof.after->findings[index].title) + ", "
                + printable(proof.after->findings[index].location.human));
        }
        for (const auto& remain : proof.remains.list) {
            line((remain.part ? "Words of a value stay: " : "Equal words stay: ")
                + printable(m_run.plan.analysis->findings[remain.finding].title) + ", " + counted(remain.count, "place")
                + ": " + engine::placesOf(remain)
                + (remain.part ? ". Look whether they mean the same." : ". Look whether they are the value."));
        }
        for (const auto index : proof.untold()) {
            const auto& finding = proof.after->findings[index];
            line("Left, and a scan of the new file is silent about it: " + printable(finding.title) + ", "
                + printable(engine::placesOf(finding)) + ". The edits take out what tells it.");
        }
        if (!proof.remains.complete) {
            line("Too many values were taken out to look for equal words of all of them.");
        }
        writeKept();
        writeVerdict();
        if (!m_run.written.empty()) {
            line("Written: " + printable(m_run.written));
        } else if (m_run.wanted) {
            line("Not written: judged again, the result does not hold.");
        } else {
            line("Nothing was written; --out FILE writes a copy, --write changes the file.");
        }
    }

    void writeKept()
    {
        for (const auto& sentence : m_run.kept) {
            line(printable(sentence));
        }
    }

    void writeVerdict()
    {
        for (const auto& sentence : m_run.verdict) {
            line(printable(sentence));
        }
    }

    const FixRun& m_run;
    bool m_colour;
    report::Paint m_paint;
    std::size_t m_width;
    std::string m_out;
    std::size_t m_shown = 0; // edits named above, once for each place
};

void writeEdit(JsonStream& json, const FixRun& run, std::size_t index)
{
    const auto& edit = run.plan.edits[index];
    const auto& analysis = *run.plan.analysis;
    const auto& finding = analysis.findings[edit.finding];
    json.beginObject();
    json.field("rule", finding.rule);
    json.field("fingerprint", finding.fingerprint);
    json.field("kind", edit.kind);
    json.field("safe", edit.safe);
    json.field("on", static_cast<bool>(run.on[index]));
    edit.placeholder.empty() ? json.nullField("placeholder") : json.field("placeholder", edit.placeholder);
    json.objectField("location");
    report::writeLocationFields(json, finding.location);
    json.endObject();
    json.endObject();
}

void writeFindings(
    JsonStream& json, std::string_view name, const Analysis& analysis, const std::vector<std::size_t>& list)
{
    json.arrayField(name);
    for (const auto index : list) {
        json.beginObject();
        report::writeFindingFields(json, analysis.findings[index], 1);
        json.endObject();
    }
    json.endArray();
}

} // namespace

std::string fixText(const FixRun& run, bool colour, std::size_t width)
{
    return FixText(run, colour, width).document();
}

namespace {

void writeRemaining(JsonStream& json, const FixRun& run)
{
    const auto& findings = run.plan.analysis->findings;
    json.arrayField("remaining"); // equal words that no edit can tell from ordinary ones
    for (const auto& remain : run.proof.remains.list) {
        json.beginObject();
        json.field("rule", findings[remain.finding].rule);
        json.field("fingerprint", findings[remain.finding].fingerprint);
        json.field("part", remain.part);
        json.field("count", std::uint64_t{remain.count});
        json.arrayField("places");
        for (const auto& place : remain.places) {
            json.beginObject();
            report::writeLocationFields(json, place);
            json.endObject();
        }
        json.endArray();
        json.endObject();
    }
    json.endArray();
    if (!run.proof.remains.complete) {
        json.field("remainingIncomplete", true); // more may stay than is listed
    }
}

} // namespace

std::string fixJson(const FixRun& run)
{
    std::string text;
    JsonStream json([&text](std::string_view piece) { text.append(piece); }, JsonStream::Layout::Indented);
    const auto& analysis = *run.plan.analysis;
    json.beginObject();
    writeSchema(json, "cupel.fix/1");
    json.field("file", analysis.artifact.path);
    run.written.empty() ? json.nullField("written") : json.field("written", run.written);
    json.field("holds", run.proof.holds());
    json.field("kept", run.kept);
    json.arrayField("edits");
    for (std::size_t i = 0; i < run.plan.edits.size(); ++i) {
        writeEdit(json, run, i);
    }
    json.endArray();
    // The changed bytes: what was there is not shown, what comes there is.
    json.arrayField("changes");
    for (const auto& edit : fixes::fileEdits(run.plan, run.on)) {
        json.beginObject();
        json.field("start", edit.bytes.start);
        json.field("end", edit.bytes.end);
        json.field("text", edit.raw);
        json.endObject();
    }
    json.endArray();
    json.field("gone", std::uint64_t{run.proof.gone.size()});
    writeFindings(json, "failed", analysis, run.proof.failed);
    writeFindings(json, "new", *run.proof.after, run.proof.fresh);
    writeRemaining(json, run);
    writeFindings(json, "untold", *run.proof.after, run.proof.untold()); // of those left
    std::vector<std::size_t> left(run.proof.after->findings.size());
    for (std::size_t i = 0; i < left.size(); ++i) {
        left[i] = i;
    }
    writeFindings(json, "left", *run.proof.after, left);
    json.endObject();
    json.newline();
    json.flush();
    return text;
}

} // namespace cupel::cli
