// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/fixes/plan.h"

#include "analyzers/fixes/aligned_name.h"
#include "analyzers/fixes/place_writer.h"
#include "analyzers/fixes/shrink.h"
#include "analyzers/formats/image/image_strip.h"
#include "analyzers/formats/transcode.h"
#include "analyzers/rules/pii/profile_link.h"

#include <algorithm>
#include <iterator>
#include <set>

namespace cupel::fixes {

namespace {

// "ada at example dot org" is ada@example.org.
std::string withSigns(std::string value)
{
    static constexpr std::pair<std::string_view, std::string_view> words[] = {
        {"(at)", "@"}, {"[at]", "@"}, {" at ", "@"}, {"(dot)", "."}, {"[dot]", "."}, {" dot ", "."}};
    for (const auto& [word, sign] : words) {
        for (auto at = value.find(word); at != std::string::npos; at = value.find(word, at)) {
            value.replace(at, word.size(), sign);
        }
    }
    std::erase(value, ' ');
    return value;
}

// What literals joined by + or by nothing but blanks make together: 'ab' + "cd" is abcd. Nothing: it is no such text.
std::string joined(std::string_view code)
{
    std::string out;
    for (std::size_t at = 0; at < code.size();) {
        const char c = code[at];
        if (c != '"' && c != '\'') {
            if (std::string_view(" \t\r\n+()\\").find(c) == std::string_view::npos) {
                return {};
            }
            ++at;
            continue;
        }
        const auto close = code.find(c, at + 1);
        if (close == std::string_view::npos || code.substr(at, close - at).find('\\') != std::string_view::npos) {
            return {};
        }
        out += code.substr(at + 1, close - at - 1);
        at = close + 1;
    }
    return out;
}

// A literal elsewhere that a value was put together from by its name.
bool isWrittenPart(const Finding& finding, const Evidence& evidence)
{
    return evidence.role == "part" && !evidence.location.artifact.empty()
        && !finding.location.bytes.overlaps(evidence.location.bytes);
}

// A place that gets the name of the finding's value.
bool isMine(const Evidence& evidence)
{
    return (evidence.role == "part" || evidence.role == "place" || evidence.role == "also")
        && !evidence.location.artifact.empty();
}

struct WrittenPart {
    ByteRange place;
    std::string cls; // of the credential that stands there; empty: that of the finding
};

// Credentials that stand where they were found, by their place.
class Credentials {
public:
    struct One {
        ByteRange place;
        std::string cls;
    };
    explicit Credentials(const Analysis& analysis)
    {
        for (const auto& finding : analysis.findings) {
            const bool assembled = std::any_of(finding.evidence.begin(), finding.evidence.end(),
                [](const Evidence& evidence) { return evidence.role == "part"; });
            if (finding.family == Family::Secret && !assembled) {
                m_all.push_back({analysis.facts.fromFile(finding.location.bytes),
                    finding.cls.empty() ? finding.rule : finding.cls});
            }
        }
        std::sort(m_all.begin(), m_all.end(), [](const One& a, const One& b) { return a.place < b.place; });
    }

    [[nodiscard]] const One* heldBy(ByteRange range) const // the first one that lies in it; null
    {
        const auto at = std::lower_bound(m_all.begin(), m_all.end(), range.start,
            [](const One& one, std::uint64_t start) { return one.place.start < start; });
        return at != m_all.end() && at->place.end <= range.end ? &*at : nullptr;
    }

private:
    std::vector<One> m_all;
};

class Planner {
public:
    Planner(AnalysisPtr analysis, Pseudonyms& names, Budget& budget)
        : m_text(analysis->facts.text(analysis->artifact))
        , m_facts(analysis->facts)
        , m_writer(m_text, m_facts)
        , m_credentials(*analysis)
        , m_names(names)
        , m_budget(budget)
    {
        m_plan.analysis = std::move(analysis);
    }

    Plan run() &&
    {
        const auto& findings = m_plan.analysis->findings;
        // Bytes of an archive mean each other: lengths, checksums, offsets. So do those of a picture, which knows its
        // own edit.
        const bool text = m_facts.format != "zip" && m_facts.format != "unknown";
        for (std::size_t i = 0; i < findings.size() && m_budget.spend(64); ++i) {
            PlannedEdit edit;
            edit.finding = i;
            const bool offered = text && findings[i].fix
                && (m_facts.format != "image" || findings[i].fix->kind == "strip-image-metadata");
            if (offered && fill(findings[i], edit)) {
                m_plan.edits.push_back(std::move(edit));
            } else {
                m_plan.without.push_back(i);
            }
        }
        return std::move(m_plan);
    }

private:
    bool fill(const Finding& finding, PlannedEdit& edit)
    {
        const auto& fix = *finding.fix;
        edit.kind = fix.kind;
        edit.safe = fix.safe;
        const auto place = m_facts.fromFile(finding.location.bytes);
        edit.doubtful =
            (finding.cls == "pii.person-name" && (finding.confidence == Confidence::Possible || isCode(place)))
            || ((finding.rule == "CUP-OUT-LEAK-CLOUD-ACCOUNT" || finding.rule == "CUP-OUT-LEAK-INTERNAL-HOST")
                && !fix.safe);
        if (fix.kind == "redact" || fix.kind == "redact-column" || fix.kind == "replace-column") {
            redact(finding, place, edit);
        } else if (fix.kind == "home-path") {
            eachPlace(finding, [&](ByteRange at) { append(edit, m_writer.putName(at, "<HOME>")); });
        } else if (fix.kind == "drop-output") {
            eachPlace(finding, [&](ByteRange at) { remove(surgery().formAround(at), edit); });
        } else if (fix.kind == "shrink-output") {
            eachPlace(finding, [&](ByteRange at) { shrinkOutput(at, edit); });
        } else if (fix.kind == "strip-image-metadata") {
            stripImages(fix, edit);
        } else if (fix.kind == "remove-widget-state") {
            remove(surgery().memberAround(place, "widgets"), edit);
        } else if (fix.kind == "remove-metadata") {
            eachPlace(finding, [&](ByteRange at) { remove(surgery().removableMember(at), edit); });
        } else {
            for (const auto& wanted : fix.edits) {
                append(edit, m_writer.putText(m_facts.fromFile(wanted.bytes), wanted.text));
            }
            if (fix.kind == "reveal-hidden" && fix.edits.empty()) {
                append(edit, m_writer.putText(place, {}));
            }
        }
        return !edit.edits.empty() || !edit.removed.empty();
    }

    // All that the output shows, in whatever way: the same rows stand in its HTML and in its text.
    void shrinkOutput(ByteRange at, PlannedEdit& edit)
    {
        const auto* place = m_writer.regionAt(at);
        if (!place || !canShrink(*place)) {
            return;
        }
        if (m_sensitive.empty()) {
            for (const auto& range : m_plan.analysis->sensitive) {
                m_sensitive.push_back(m_facts.fromFile(range));
            }
        }
        for (const auto& region : m_facts.regions) {
            if (region.cell == place->cell && region.output == place->output && canShrink(region)) {
                append(edit, shrink(m_text, region, m_sensitive, m_writer, m_budget));
            }
        }
    }

    [[nodiscard]] bool isCode(ByteRange place) const
    {
        const auto& regions = m_facts.regions;
        return std::any_of(regions.begin(), regions.end(),
            [place](const Region& region) { return region.kind == RegionKind::Code && region.bytes.overlaps(place); });
    }

    // All images or none: the finding is about all of them.
    void stripImages(const Fix& fix, PlannedEdit& edit)
    {
        for (const auto& image : fix.edits) {
            const auto place = m_facts.fromFile(image.bytes);
            const auto written = slice(m_text, place);
            if (!m_budget.spend(written.size())) {
                edit.edits.clear();
                return;
            }
            auto clean =
                m_facts.format == "image" ? formats::withoutMetadata(written) : formats::withoutMetadataBase64(written);
            if (!clean) {
                edit.edits.clear();
                return;
            }
            edit.edits.push_back({place, std::move(*clean)});
        }
    }

    // The value itself; literals elsewhere that it was put together from get the same name.
    void redact(const Finding& finding, ByteRange place, PlannedEdit& edit)
    {
        const auto cls = finding.cls.empty() ? finding.rule : finding.cls;
        if (!finding.fix->edits.empty()) {
            for (const auto& value : finding.fix->edits) {
                const auto bytes = m_facts.fromFile(value.bytes);
                auto placeholder = m_names.nameOf(cls, nameable(finding, bytes));
                append(edit, named(bytes, placeholder));
                edit.placeholder = edit.placeholder.empty() ? std::move(placeholder) : edit.placeholder;
            }
            return;
        }
        if (const auto parts = writtenParts(finding); !parts.empty()) {
            for (const auto& part : parts) {
                const auto own = part.cls.empty() ? cls : part.cls;
                edit.placeholder = m_names.nameOf(own, m_writer.valueAt(part.place));
                append(edit, named(part.place, edit.placeholder));
            }
            return;
        }
        edit.placeholder = m_names.nameOf(cls, nameable(finding, place));
        name(finding, place, edit.placeholder, edit);
    }

    // Columns of a text output stay where they are.
    std::vector<RawEdit> named(ByteRange place, std::string_view name)
    {
        const auto* region = m_writer.regionAt(place);
        if (!region || (region->kind != RegionKind::Text && region->kind != RegionKind::Stream)) {
            return m_writer.putName(place, name);
        }
        const auto cell = alignedName(m_text, region->bytes, place, m_writer.valueAt(place), name);
        return m_writer.putName(cell.place, cell.text);
    }

    // Whom a link leads to, or the part of it that stands at `place` behind the site: as text first, for the artifact
    // may write it with escapes.
    std::string account(std::string_view value, ByteRange place)
    {
        if (const auto link = rules::pii::profileLink(value)) {
            return rules::pii::accountOf(link->site, slice(value, link->person));
        }
        constexpr std::uint64_t farthestSite = 400;
        const auto* region = m_writer.regionAt(place);
        const auto lowest =
            std::max(place.start - std::min(place.start, farthestSite), region ? region->bytes.start : 0);
        const ByteRange before{lowest, place.start};
        auto site = rules::pii::siteBefore(m_writer.valueAt(before));
        site = site ? site : rules::pii::siteBefore(slice(m_text, before));
        return rules::pii::accountOf(site.value_or(std::string_view()), value);
    }

    // Names and addresses of people, and hosts, are the same ones in capitals, addresses with their signs in words, and
    // a link to somebody is whom it leads to on its site; of a credential every letter counts.
    std::string nameable(const Finding& finding, ByteRange place)
    {
        auto value = m_writer.valueAt(place);
        if (finding.cls == "pii.profile-link") {
            return account(value, place);
        }
        if (finding.family == Family::Pii || finding.rule == "CUP-OUT-LEAK-INTERNAL-HOST") {
            std::transform(value.begin(), value.end(), value.begin(),
                [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
        }
        if (finding.family
            == Family::Secret) { // one that is put together is the one that stands elsewhere in one piece
            auto whole = joined(value);
            return whole.empty() ? value : whole;
        }
        return finding.cls == "pii.email" ? withSigns(std::move(value)) : value;
    }

    // Where a value that names put together is written: in their literals, not where they are used. Those that hold a
    // credential by themselves, else all but short ones, which are names of users and the like.
    std::vector<WrittenPart> writtenParts(const Finding& finding)
    {
        constexpr std::uint64_t shortest = 8; // quotes included
        std::vector<WrittenPart> holding;
        std::vector<WrittenPart> longOnes;
        std::vector<WrittenPart> all;
        for (const auto& evidence : finding.evidence) {
            if (!isWrittenPart(finding, evidence)) {
                continue;
            }
            const auto at = m_facts.fromFile(evidence.location.bytes);
            if (const auto* held = m_credentials.heldBy(at)) {
                holding.push_back({held->place, held->cls});
            }
            all.push_back({at, {}});
            if (at.size() >= shortest + 2) {
                longOnes.push_back(all.back());
            }
        }
        return !holding.empty() ? holding : !longOnes.empty() ? longOnes : all;
    }

    void name(const Finding& finding, ByteRange place, std::string_view placeholder, PlannedEdit& edit)
    {
        append(edit, named(place, placeholder));
        for (const auto& evidence : finding.evidence) {
            if (isMine(evidence)) {
                const bool also = evidence.role == "also"; // another value of the class, perhaps of another person
                const auto at = m_facts.fromFile(evidence.location.bytes);
                const auto cls = finding.cls.empty() ? finding.rule : finding.cls;
                append(edit, named(at, also ? m_names.nameOf(cls, nameable(finding, at)) : placeholder));
            }
        }
    }

    // A finding may stand for many places of its kind.
    template <typename Use> void eachPlace(const Finding& finding, Use use)
    {
        if (!finding.fix->edits.empty()) {
            for (const auto& place : finding.fix->edits) {
                use(m_facts.fromFile(place.bytes));
            }
            return;
        }
        use(m_facts.fromFile(finding.location.bytes));
        for (const auto& evidence : finding.evidence) {
            if (evidence.role == "place" && !evidence.location.artifact.empty()) {
                use(m_facts.fromFile(evidence.location.bytes));
            }
        }
    }

    static void append(PlannedEdit& edit, std::vector<RawEdit> more)
    {
        std::move(more.begin(), more.end(), std::back_inserter(edit.edits));
    }

    static void remove(std::optional<NodeIndex> node, PlannedEdit& edit)
    {
        if (node) {
            edit.removed.push_back(*node);
        }
    }

    const JsonSurgery& surgery()
    {
        if (!m_plan.json) {
            m_plan.json = std::make_shared<const JsonSurgery>(m_text, m_budget);
        }
        return *m_plan.json;
    }

    Plan m_plan;
    ByteView m_text;
    const Facts& m_facts;
    PlaceWriter m_writer;
    Credentials m_credentials;
    Pseudonyms& m_names;
    Budget& m_budget;
    std::vector<ByteRange> m_sensitive; // in the text; filled when it is needed
};

} // namespace

Plan makePlan(AnalysisPtr analysis, Pseudonyms& names, Budget& budget)
{
    return Planner(std::move(analysis), names, budget).run();
}

bool isOnByDefault(const PlannedEdit& edit)
{
    // How much of an output is wanted, and whether it is about such columns, nobody can guess.
    const bool asked = edit.kind == "shrink-output" || edit.kind == "replace-column";
    return !edit.doubtful && ((edit.safe && !asked) || edit.kind.starts_with("redact") || edit.kind == "home-path");
}

std::vector<ByteRange> valuePlaces(const Finding& finding)
{
    std::vector<ByteRange> places;
    if (finding.fix && !finding.fix->edits.empty()) {
        for (const auto& cell : finding.fix->edits) {
            places.push_back(cell.bytes);
        }
        return places;
    }
    if (std::any_of(finding.evidence.begin(), finding.evidence.end(),
            [&finding](const Evidence& evidence) { return isWrittenPart(finding, evidence); })) {
        return places; // where it is put together no word of it stands
    }
    places.push_back(finding.location.bytes);
    for (const auto& evidence : finding.evidence) {
        if (isMine(evidence) && evidence.role != "part") { // half a value is none
            places.push_back(evidence.location.bytes);
        }
    }
    return places;
}

std::vector<RawEdit> textEdits(const Plan& plan, const std::vector<bool>& on)
{
    std::vector<RawEdit> edits;
    std::set<NodeIndex> removed;
    for (std::size_t i = 0; i < plan.edits.size(); ++i) {
        if (i >= on.size() || on[i]) {
            const auto& edit = plan.edits[i];
            edits.insert(edits.end(), edit.edits.begin(), edit.edits.end());
            removed.insert(edit.removed.begin(), edit.removed.end());
        }
    }
    if (plan.json && !removed.empty()) {
        auto taken = plan.json->removal(removed);
        std::move(taken.begin(), taken.end(), std::back_inserter(edits));
    }
    tidyEdits(edits);
    return edits;
}

std::vector<RawEdit> textEditsOf(const Plan& plan, std::size_t edit)
{
    const auto& wanted = plan.edits[edit];
    auto edits = wanted.edits;
    if (plan.json && !wanted.removed.empty()) {
        auto taken = plan.json->removal({wanted.removed.begin(), wanted.removed.end()});
        std::move(taken.begin(), taken.end(), std::back_inserter(edits));
    }
    tidyEdits(edits);
    return edits;
}

std::vector<RawEdit> fileEdits(const Plan& plan, const std::vector<bool>& on)
{
    auto edits = textEdits(plan, on);
    const auto& analysis = *plan.analysis;
    if (!analysis.facts.transcoded) {
        return edits;
    }
    const auto encoding = formats::detectEncoding(analysis.artifact.view());
    for (auto& edit : edits) {
        edit.bytes = analysis.facts.toFile(edit.bytes);
        edit.raw = formats::encode(edit.raw, encoding);
    }
    return edits;
}

} // namespace cupel::fixes
