// SPDX-License-Identifier: GPL-3.0-or-later
// Each model file: whether loading it can run code and why, what is in it, what was not understood, and whether the
// same tensors fit into a form that cannot run code.
#include "analyzers/convert/conversion.h"
#include "analyzers/model/model_questions.h"
#include "analyzers/report/sections/model_blocks.h"
#include "analyzers/report/text.h"

#include <algorithm>
#include <iterator>
#include <map>

namespace cupel::report::models {

namespace {

constexpr std::size_t mostFiles = 40; // told in full
constexpr std::size_t mostListed = 500; // in the table of all
constexpr std::size_t mostParts = 8; // of one file, told in full
constexpr std::size_t mostMembers = 30;
constexpr std::size_t mostFindings = 10;
constexpr std::size_t mostGaps = 10;

// What it rests on, in the words of the finding.
std::string because(const RunAnswer& answer, const Input& input)
{
    const Finding& worst = *answer.findings.front();
    std::string text = oneLine(worst.title) + " (" + placeOf(input, worst.location) + ").";
    if (!worst.message.empty()) {
        text += ' ' + oneLine(worst.message);
    }
    const auto places = answer.places();
    return places > 1 ? text + " It is one of " + std::to_string(places) + " such places." : text;
}

// Of a file without pickles.
std::string noProgram(const RunAnswer& answer)
{
    const std::string templates = answer.templates == 1 ? "template" : "templates";
    return answer.templates > 0 && answer.graph ? "its " + templates + " and its graph hold nothing that does harm."
        : answer.templates > 0
        ? "its " + templates + (answer.templates == 1 ? " holds" : " hold") + " nothing that does harm."
        : answer.graph ? "its graph holds nothing that does harm."
                       : "it holds no program.";
}

std::string answerOf(const ModelWhole& whole, const RunAnswer& answer, const Input& input)
{
    const bool inside =
        !answer.findings.empty() && answer.findings.front()->location.artifact != whole.file().artifact.path;
    const std::string what = inside ? "what is in this file" : "this file";
    switch (answer.kind) {
    case RunAnswer::Kind::Yes:
        return "Yes, loading " + what + " can run code: " + because(answer, input);
    case RunAnswer::Kind::Perhaps:
        return "Perhaps loading " + what + " can run code: " + because(answer, input)
            + (answer.outOfReach ? " Loaders that begin where the file begins do not get there." : "");
    case RunAnswer::Kind::NotKnown:
        return "It is not known whether loading this file can run code: not all of it could be read.";
    case RunAnswer::Kind::NoneFound:
        break;
    }
    const auto* names = unknownNames(whole);
    return "Nothing was found that loading this file would run: "
        + (answer.programs == 0     ? noProgram(answer)
                : answer.calls == 0 ? std::string("it holds a program without calls.")
                                    : "its " + counted(answer.calls, "call is", "calls are") + " known.")
        + (names ? ' ' + oneLine(names->message) : std::string());
}

std::string shortAnswer(const RunAnswer& answer)
{
    static constexpr std::string_view words[] = {"yes", "perhaps", "not known", "none found"};
    return std::string(words[static_cast<std::size_t>(answer.kind)]);
}

std::uint64_t tensorsOf(const ModelWhole& whole)
{
    std::uint64_t sum = 0;
    for (const auto& part : whole.parts) {
        sum += part->facts.model ? part->facts.model->tensorCount : 0;
    }
    return sum;
}

std::string saferForm(const ModelWhole& whole, const RunAnswer& answer)
{
    if (whole.file().facts.format == "safetensors") {
        return answer.kind == RunAnswer::Kind::NoneFound
            ? "It is one: loading safetensors runs nothing."
            : "safetensors is one, but this file holds what does not belong there.";
    }
    const auto tensors = tensorsOf(whole);
    if (tensors == 0) {
        return "None: there are no tensors that Cupel knows of.";
    }
    const auto trouble = convert::conversionTrouble(whole.parts);
    return trouble.empty() ? "There is one: cupel convert writes its " + counted(tensors, "tensor", "tensors")
            + " as safetensors, which cannot run code."
                           : "None that Cupel writes: " + trouble + '.';
}

void addFacts(const ModelWhole& whole, const RunAnswer& answer, const ModelBrief* brief, Section& section)
{
    const Analysis& file = whole.file();
    KeyValues facts{{{"Format", kindOf(file, brief)}, {"Bytes", grouped(file.size)}}, 2};
    if (brief != nullptr && !brief->producer.empty()) {
        facts.rows.emplace_back("Written by", brief->producer);
    }
    if (const auto tensors = tensorsOf(whole); tensors > 0) {
        facts.rows.emplace_back("Tensors", grouped(tensors));
    }
    if (whole.parts.size() > 1) {
        facts.rows.emplace_back("Members", grouped(whole.parts.size() - 1));
    }
    const auto read = std::count_if(whole.parts.begin(), whole.parts.end(),
        [](const auto& part) { return part->facts.status == ReadStatus::Complete; });
    facts.rows.emplace_back("Read to the end",
        grouped(static_cast<std::uint64_t>(read)) + " of " + counted(whole.parts.size(), "part", "parts"));
    section.blocks.emplace_back(std::move(facts));
    const bool digested = file.artifact.sha256 != Sha256{};
    section.blocks.emplace_back(Paragraph{
        "SHA-256: " + (digested ? toHex(file.artifact.sha256) : std::string("not read")), Paragraph::Tone::Small});
    section.blocks.emplace_back(Paragraph{"Safer form: " + saferForm(whole, answer), Paragraph::Tone::Small});
}

std::string nameOf(const ModelWhole& whole, const Analysis& part)
{
    const auto member = memberOf(whole, part);
    return member.empty() ? std::string("the file itself") : member;
}

// Of the findings about members, nothing.
std::string sizeOf(const Finding& hidden)
{
    const auto size = hiddenSize(hidden);
    if (size.bytes == 0) {
        return {};
    }
    return (size.exact ? ", " : ", at least ") + counted(size.bytes, "byte", "bytes");
}

// Every byte, or which are not understood; hidden ones; what readers complained about.
void addCoverage(const Input& input, const ModelWhole& whole, const std::string& anchor, Section& section)
{
    List gaps;
    std::size_t all = 0;
    const auto add = [&](ListItem item) {
        if (all++ < mostGaps) {
            gaps.items.push_back(std::move(item));
        }
    };
    bool complete = true;
    for (const auto& part : whole.parts) {
        const Facts& facts = part->facts;
        const auto& coverage = facts.coverage;
        complete = complete && facts.status == ReadStatus::Complete && coverage.understood >= coverage.total;
        if (coverage.understood < coverage.total || facts.status != ReadStatus::Complete) {
            add({-1, nameOf(whole, *part),
                coverage.understood < coverage.total
                    ? grouped(coverage.understood) + " of " + counted(coverage.total, "byte", "bytes") + " understood"
                    : "all of its " + counted(coverage.total, "byte", "bytes") + " read, not all of it understood",
                {}});
        }
        for (const Diagnostic& diagnostic : facts.diagnostics) {
            if (diagnostic.level == DiagnosticLevel::Incomplete) {
                const auto where = diagnostic.offset > 0 ? ", byte " + grouped(diagnostic.offset) : std::string();
                add({-1, oneLine(diagnostic.message), nameOf(whole, *part) + where, {}});
            }
        }
    }
    const auto hidden = hiddenBytes(whole);
    section.blocks.emplace_back(Heading{3, "Its bytes", anchor + "-bytes", {}, -1});
    std::string text = complete ? "Every byte of it is accounted for" : "Not every byte of it is accounted for";
    text += hidden.empty()
        ? (complete ? std::string(", and none is hidden.")
                    : std::string("; none that is hidden was found in what was read."))
        : "; " + counted(hidden.size(), "place holds", "places hold") + " bytes that no loader reads:";
    section.blocks.emplace_back(Paragraph{std::move(text), Paragraph::Tone::Body});
    for (const Finding* finding : hidden) {
        add({static_cast<int>(finding->severity), oneLine(finding->title),
            placeOf(input, finding->location) + sizeOf(*finding), {}});
    }
    if (!gaps.items.empty()) {
        const auto shown = gaps.items.size();
        section.blocks.emplace_back(std::move(gaps));
        if (all > shown) {
            section.blocks.emplace_back(
                Paragraph{"\u2026 and " + grouped(all - shown) + " more.", Paragraph::Tone::Muted});
        }
    }
}

void addMembers(const ModelWhole& whole, Briefs& briefs, const std::string& anchor, Section& section)
{
    if (whole.parts.size() < 2) {
        return;
    }
    section.blocks.emplace_back(Heading{3, "Members", anchor + "-members", {}, -1});
    Table table{{"Member", "What it is", "Bytes", "Read"}, {}, {8, 5, 3, 2}, {}};
    for (std::size_t i = 1; i < whole.parts.size() && table.rows.size() < mostMembers; ++i) {
        const Analysis& part = *whole.parts[i];
        const auto brief = briefs.of(part);
        table.rows.push_back({memberOf(whole, part), kindOf(part, brief.get()), grouped(part.size),
            std::string(toString(part.facts.status))});
    }
    const auto rest = whole.parts.size() - 1 - table.rows.size();
    section.blocks.emplace_back(std::move(table));
    if (rest > 0) {
        section.blocks.emplace_back(Paragraph{"\u2026 and " + grouped(rest) + " more.", Paragraph::Tone::Muted});
    }
}

void addFindings(
    const Input& input, const ModelWhole& whole, const Anchors& anchors, const std::string& anchor, Section& section)
{
    const auto all = whole.findings([](const Finding&) { return true; });
    if (all.empty()) {
        return;
    }
    section.blocks.emplace_back(Heading{3, "Findings in it", anchor + "-findings", {}, -1});
    List list;
    for (std::size_t i = 0; i < all.size() && i < mostFindings; ++i) {
        const auto known = anchors.find(all[i]);
        list.items.push_back({static_cast<int>(all[i]->severity), oneLine(all[i]->title),
            placeOf(input, all[i]->location) + (isSettled(input.options, *all[i]) ? ", answered for" : ""),
            known == anchors.end() ? std::string() : known->second});
    }
    section.blocks.emplace_back(std::move(list));
    if (all.size() > mostFindings) {
        section.blocks.emplace_back(
            Paragraph{"\u2026 and " + grouped(all.size() - mostFindings) + " more.", Paragraph::Tone::Muted});
    }
}

// Those that are a model: what does harm first, then in the order in which loaders need them. PyTorch reads data.pkl
// before constants.pkl, and what it keeps for messages about its code (.debug_pkl) never.
std::vector<AnalysisPtr> partsToTell(const ModelWhole& whole)
{
    const auto harm = [](const Analysis& part) {
        auto worst = Severity::Low;
        for (const auto& finding : part.findings) {
            worst = std::max(worst, finding.severity);
        }
        return worst;
    };
    const auto turn = [&whole](const Analysis& part) {
        const std::string_view path = part.artifact.path;
        return &part == &whole.file()                               ? 0
            : path.ends_with("/data.pkl")                           ? 1
            : part.facts.model && part.facts.model->tensorCount > 0 ? 2
            : path.ends_with(".debug_pkl")                          ? 4
                                                                    : 3;
    };
    std::vector<AnalysisPtr> out;
    std::copy_if(whole.parts.begin(), whole.parts.end(), std::back_inserter(out),
        [](const auto& part) { return isModel(*part); });
    std::stable_sort(out.begin(), out.end(),
        [&](const auto& a, const auto& b) { return harm(*a) != harm(*b) ? harm(*a) > harm(*b) : turn(*a) < turn(*b); });
    return out;
}

// `holes` collects what older versions of the loaders get wrong.
void addFile(const Input& input, const ModelWhole& whole, const Anchors& anchors, std::size_t place, Briefs& briefs,
    std::map<std::string, std::string>& holes, Section& section)
{
    const Analysis& file = whole.file();
    const std::string anchor = "model-" + std::to_string(place + 1);
    const auto answer = canRun(whole);
    const int sign = answer.findings.empty() ? -1 : static_cast<int>(answer.findings.front()->severity);
    const auto brief = briefs.of(file);
    section.blocks.emplace_back(
        Heading{2, shortPath(input.workspace.roots, file.artifact.path), anchor, std::string(file.facts.format), sign});
    section.blocks.emplace_back(Paragraph{answerOf(whole, answer, input), Paragraph::Tone::Body});
    addFacts(whole, answer, brief.get(), section);
    addFindings(input, whole, anchors, anchor, section);
    const auto parts = partsToTell(whole);
    for (std::size_t i = 0; i < parts.size() && i < mostParts; ++i) {
        if (const auto one = briefs.of(*parts[i])) {
            addPart(whole, *parts[i], *one, anchor + (i == 0 ? "" : "-" + std::to_string(i)), section);
            for (const auto& loader : one->loaders) {
                for (const auto& risk : loader.risks) {
                    holes.emplace(risk, loader.name);
                }
            }
        }
    }
    if (parts.size() > mostParts) {
        section.blocks.emplace_back(
            Paragraph{counted(parts.size() - mostParts, "further part is a model", "further parts are models")
                    + " and not told in full.",
                Paragraph::Tone::Muted});
    }
    addMembers(whole, briefs, anchor, section);
    addCoverage(input, whole, anchor, section);
}

} // namespace

Section build(const Input& input)
{
    Section section;
    const auto models = modelsOf(input.workspace);
    if (models.empty()) {
        return section;
    }
    section.blocks.emplace_back(
        Paragraph{counted(models.size(), "file is a model or holds one", "files are models or hold some")
                + ". Nothing was loaded; what loading would do was worked out from the bytes.",
            Paragraph::Tone::Muted});
    Briefs briefs(input.options.models);
    if (models.size() > 1) {
        Table table{{"File", "What it is", "Can it run code?", "Tensors"}, {}, {9, 5, 4, 3}, {}};
        for (std::size_t i = 0; i < models.size() && i < mostListed; ++i) {
            const Analysis& file = models[i].file();
            const auto brief = briefs.of(file);
            table.rows.push_back({shortPath(input.workspace.roots, file.artifact.path), kindOf(file, brief.get()),
                shortAnswer(canRun(models[i])), grouped(tensorsOf(models[i]))});
        }
        section.blocks.emplace_back(std::move(table));
        if (models.size() > mostListed) {
            section.blocks.emplace_back(
                Paragraph{"\u2026 and " + grouped(models.size() - mostListed) + " more.", Paragraph::Tone::Muted});
        }
    }
    const Anchors anchors = anchorsOf(ordered(input));
    std::map<std::string, std::string> holes; // and the loader that has it
    for (std::size_t i = 0; i < models.size() && i < mostFiles; ++i) {
        addFile(input, models[i], anchors, i, briefs, holes, section);
    }
    if (models.size() > mostFiles) {
        section.blocks.emplace_back(
            Paragraph{counted(models.size() - mostFiles, "further model file is", "further model files are")
                    + " not told in full. cupel inspect shows each of them.",
                Paragraph::Tone::Body});
    }
    if (!holes.empty()) {
        section.blocks.emplace_back(Heading{2, "Holes of older loaders", "model-loader-holes", {}, -1});
        List list;
        for (const auto& [hole, loader] : holes) {
            list.items.push_back({-1, hole, loader, {}});
        }
        section.blocks.emplace_back(std::move(list));
    }
    return section;
}

} // namespace cupel::report::models
