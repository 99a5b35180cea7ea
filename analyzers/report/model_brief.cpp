// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/report/model_brief.h"

#include "analyzers/base/redact.h"
#include "analyzers/formats/pickle/pickle_facts.h"
#include "analyzers/formats/tensor_values.h"
#include "analyzers/model/name_mask.h"
#include "analyzers/report/text.h"
#include "analyzers/report/writers/text_unicode.h"
#include "analyzers/rules/pickle/doings.h"
#include "analyzers/rules/pickle/loaders.h"
#include "analyzers/rules/secrets/masked_name.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <set>

namespace cupel::report {

namespace {

using formats::PickleFacts;
using formats::PickleGlobal;
using formats::ShownText;

constexpr std::size_t mostTensors = 20;
constexpr std::size_t mostFields = 40;
constexpr std::size_t mostRows = 20; // of operators, references, names and types
constexpr std::size_t firstLines = 24; // of a program that is longer than what is printed
constexpr std::size_t mostLines = 48;
constexpr std::size_t longestText = 300; // bytes

// Every text of the file passes here. Where the bytes are gone and something is sensitive, nobody can say where a text
// repeats it: then no text is shown.
class Guard {
public:
    explicit Guard(const Analysis& analysis)
        : m_analysis(analysis)
        , m_blind(!analysis.sensitive.empty() && analysis.artifact.view().empty())
        , m_names(m_blind ? NameMask() : NameMask(analysis))
    {
    }

    [[nodiscard]] bool blind() const { return m_blind; }

    [[nodiscard]] std::string name(std::string_view text)
    {
        if (m_blind && !text.empty()) {
            return std::string(maskDots);
        }
        // Searched as well: not every format hands its names to the rules.
        return shortened(rules::secrets::maskedName(m_names(text), m_budget));
    }

    // A text whose place is known goes as a whole: it may be written in another way than it reads.
    [[nodiscard]] std::string value(std::string_view text, ByteRange place)
    {
        return touches(m_analysis.sensitive, place) ? std::string(maskDots) : name(text);
    }

    [[nodiscard]] std::string shown(const ShownText& text) const
    {
        return shortened(formats::withoutSensitive(text, m_analysis.sensitive));
    }

private:
    static std::string shortened(const std::string& text)
    {
        auto line = oneLine(text);
        if (line.size() > longestText) {
            line = std::string(prefixBytes(line, longestText)) + "\u2026";
        }
        return line;
    }

    const Analysis& m_analysis;
    bool m_blind;
    NameMask m_names;
    Budget m_budget;
};

std::string shapeText(const std::vector<std::uint64_t>& shape)
{
    constexpr std::size_t mostExtents = 8;
    std::string out;
    for (std::size_t i = 0; i < shape.size() && i < mostExtents; ++i) {
        out += (i == 0 ? "" : " \u00d7 ") + std::to_string(shape[i]);
    }
    return shape.empty() ? "scalar" : shape.size() > mostExtents ? out + " \u2026" : out;
}

void addSaturating(std::uint64_t& sum, std::uint64_t more)
{
    if (__builtin_add_overflow(sum, more, &sum)) {
        sum = std::numeric_limits<std::uint64_t>::max();
    }
}

void addTensors(const ModelContent& model, Guard& guard, ModelBrief& out)
{
    out.typedTensors = model.tensors.size();
    std::map<std::string_view, std::size_t> known;
    std::vector<ModelBrief::Type> types;
    for (const auto& tensor : model.tensors) {
        const auto [entry, isNew] = known.try_emplace(tensor.dtype, types.size());
        if (isNew) {
            types.push_back({tensor.dtype, 0, 0, 0});
        }
        auto& type = types[entry->second];
        ++type.count;
        addSaturating(type.parameters, tensor.hasData ? elementCount(tensor.shape) : 0);
        addSaturating(type.bytes, formats::sizeOf(tensor));
    }
    std::stable_sort(types.begin(), types.end(), [](const auto& a, const auto& b) { return a.bytes > b.bytes; });
    out.typeCount = types.size();
    types.resize(std::min(types.size(), mostRows));
    for (auto& type : types) {
        type.dtype = guard.name(type.dtype);
    }
    out.types = std::move(types);
    for (std::size_t i = 0; i < model.tensors.size() && i < mostTensors; ++i) {
        const auto& tensor = model.tensors[i];
        out.tensors.push_back({guard.name(tensor.name), guard.name(tensor.dtype), shapeText(tensor.shape),
            !tensor.hasData               ? "no data"
                : tensor.storedIn.empty() ? std::string()
                                          : guard.name(tensor.storedIn)});
    }
}

void addOutline(const ModelContent& model, Guard& guard, ModelBrief& out)
{
    out.kind = guard.name(model.kind);
    out.producer = guard.name(model.producer);
    out.metadataCount = model.metadata.size();
    out.tensorCount = model.tensorCount;
    out.parameterCount = model.parameterCount;
    out.operatorCount = model.operators.size();
    out.referenceCount = model.references.size();
}

void addContent(const ModelContent& model, Guard& guard, ModelBrief& out)
{
    for (std::size_t i = 0; i < model.metadata.size() && i < mostFields; ++i) {
        const auto& field = model.metadata[i];
        auto value = guard.value(field.value, field.bytes);
        if (const auto all = field.bytes.size(); all > longestText && value.ends_with("\u2026")) {
            value += " (the beginning of " + grouped(all) + " bytes; cupel inspect shows all of them)";
        }
        out.metadata.push_back({guard.name(field.key), std::move(value)});
    }
    addTensors(model, guard, out);
    for (std::size_t i = 0; i < model.operators.size() && i < mostRows; ++i) {
        const auto& one = model.operators[i];
        const auto domain = one.domain.empty() ? std::string() : guard.name(one.domain) + "::";
        out.operators.push_back({domain + guard.name(one.name), grouped(one.count)});
    }
    for (std::size_t i = 0; i < model.references.size() && i < mostRows; ++i) {
        const auto& one = model.references[i];
        out.references.push_back({one.what, guard.value(one.target, one.bytes)});
    }
}

// A text of the program with the places of the file that it repeats as a whole.
ShownText quoting(const std::string& text, const std::vector<ByteRange>& sources)
{
    ShownText out{text, {}};
    for (const auto source : sources) {
        out.quotes.push_back({source, 0, static_cast<std::uint32_t>(text.size())});
    }
    return out;
}

std::string judgedWords(rules::pickle::Verdict::Kind kind)
{
    using Kind = rules::pickle::Verdict::Kind;
    switch (kind) {
    case Kind::Benign:
        return "harmless as used";
    case Kind::Danger:
        return "dangerous";
    case Kind::Library:
        return "unusual library function";
    case Kind::Unknown:
        return "nobody vouches for it";
    case Kind::Unresolved:
        return "not known before loading";
    }
    return {};
}

void addNames(const PickleFacts& facts, const Guard& guard, ModelBrief& out)
{
    using Kind = rules::pickle::Verdict::Kind;
    std::map<std::string, std::size_t> known; // by path
    std::vector<ModelBrief::Name> names;
    const auto verdicts = rules::pickle::verdictsAsUsed(facts);
    std::set<std::string> asked; // by the stream itself
    for (std::size_t i = 0; i < facts.globals.size(); ++i) {
        const PickleGlobal& global = facts.globals[i];
        const auto kind = verdicts[i].kind;
        const auto path = global.resolved ? global.path() : std::string("a name decided while loading");
        if (global.how != PickleGlobal::How::Attribute && global.how != PickleGlobal::How::Computed) {
            asked.insert(path);
        }
        const auto [entry, isNew] = known.try_emplace(path, names.size());
        if (isNew) {
            const auto sources = global.sources.empty() ? std::vector{global.bytes} : global.sources;
            names.push_back({guard.shown(quoting(path, sources)), judgedWords(kind), 0, kind == Kind::Benign});
        }
        auto& name = names[entry->second];
        name.count += global.count;
        if (kind != Kind::Benign && name.known) { // one harmless use excuses no other
            name.judged = judgedWords(kind);
            name.known = false;
        }
    }
    std::stable_sort(names.begin(), names.end(), [](const auto& a, const auto& b) { return a.known < b.known; });
    out.nameCount = names.size();
    out.derivedNames = names.size() - asked.size();
    out.unknownNames =
        static_cast<std::uint64_t>(std::count_if(names.begin(), names.end(), [](const auto& n) { return !n.known; }));
    names.resize(std::min(names.size(), mostRows));
    out.names = std::move(names);
}

// Lines at which a finding stands, with what leads to them, and the beginning.
std::set<std::size_t> chosenLines(const Analysis& analysis, const PickleFacts& facts, std::set<std::size_t>& loud)
{
    std::vector<ByteRange> places;
    for (const auto& finding : analysis.findings) {
        if (finding.severity >= Severity::Medium && finding.family == Family::Pickle) {
            places.push_back(finding.location.bytes);
        }
    }
    mergeRanges(places);
    const auto& lines = facts.program;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (touches(places, {lines[i].at, lines[i].at + 1})) {
            loud.insert(i);
        }
    }
    std::set<std::size_t> out;
    const auto head = lines.size() <= mostLines ? lines.size() : firstLines;
    for (std::size_t i = 0; i < head; ++i) {
        out.insert(i);
    }
    for (const auto line : loud) {
        for (auto i = line - std::min<std::size_t>(line, 2); i <= line && out.size() < mostLines; ++i) {
            out.insert(i);
        }
    }
    return out;
}

void addProgram(const Analysis& analysis, const PickleFacts& facts, const Guard& guard, ModelBrief& out)
{
    std::set<std::size_t> loud;
    const auto chosen = chosenLines(analysis, facts, loud);
    out.programLines = std::max<std::uint64_t>(facts.programLines, facts.program.size());
    std::uint64_t next = 0;
    const auto leaveOut = [&](std::uint64_t until) {
        if (until > next) {
            out.program.push_back({0, {}, until - next, false});
        }
    };
    for (const auto i : chosen) {
        leaveOut(i);
        const auto& line = facts.program[i];
        out.program.push_back({line.at, guard.shown(line.text), 0, loud.contains(i)});
        next = i + 1;
    }
    leaveOut(out.programLines);
}

void addPickle(
    const Analysis& analysis, const PickleFacts& facts, const Guard& guard, BriefDetail detail, ModelBrief& out)
{
    out.isProgram = true;
    for (const auto& stream : facts.streams) {
        out.protocol = std::max(out.protocol, stream.protocol);
    }
    out.streams = facts.streamCount;
    out.opcodes = facts.opcodeCount;
    out.calls = facts.callCount;
    if (detail == BriefDetail::All) {
        addNames(facts, guard, out);
        addProgram(analysis, facts, guard, out);
    }
}

void addLoaders(const Analysis& analysis, const Guard& guard, BriefDetail detail, ModelBrief& out)
{
    for (const auto& answer : rules::pickle::loaderAnswers(analysis.artifact, analysis.facts)) {
        ModelBrief::Loader loader{std::string(answer.loader), std::string(toString(answer.kind)), {}, {}};
        if (detail == BriefDetail::All) {
            loader.why = guard.shown(quoting(answer.why, answer.sources));
            loader.risks.assign(answer.risks.begin(), answer.risks.end());
        }
        out.loaders.push_back(std::move(loader));
    }
}

// Sorted by where they begin, so that the one around a finding is found without asking all.
class Around {
public:
    template <typename List> explicit Around(const List& list)
    {
        for (std::size_t i = 0; i < list.size(); ++i) {
            if (!list[i].bytes.empty()) {
                m_places.emplace_back(list[i].bytes, i);
            }
        }
        std::sort(m_places.begin(), m_places.end());
    }

    [[nodiscard]] std::optional<std::size_t> find(ByteRange bytes) const
    {
        const auto after = std::upper_bound(m_places.begin(), m_places.end(), bytes.start,
            [](std::uint64_t at, const auto& place) { return at < place.first.start; });
        if (after == m_places.begin() || bytes.empty()) {
            return std::nullopt;
        }
        const auto& [place, index] = *std::prev(after);
        return bytes.end <= place.end ? std::optional(index) : std::nullopt;
    }

private:
    std::vector<std::pair<ByteRange, std::size_t>> m_places;
};

void addPlaces(const Analysis& analysis, Guard& guard, ModelBrief& out)
{
    const auto& model = *analysis.facts.model;
    const Around fields(model.metadata);
    const Around tensors(model.tensors);
    for (const auto* list : {&analysis.findings, &analysis.allowed}) {
        for (const auto& finding : *list) {
            const auto bytes = finding.location.bytes;
            if (const auto field = fields.find(bytes)) {
                out.places[finding.fingerprint] = {"metadata", guard.name(model.metadata[*field].key)};
            } else if (const auto tensor = tensors.find(bytes); tensor && model.tensors[*tensor].storedIn.empty()) {
                out.places[finding.fingerprint] = {"tensors", guard.name(model.tensors[*tensor].name)};
            }
        }
    }
}

} // namespace

ModelBriefPtr modelBrief(const Analysis& analysis, BriefDetail detail)
{
    const auto* pickle = formats::pickleFacts(analysis.facts);
    if (!analysis.facts.model && pickle == nullptr) {
        return nullptr;
    }
    auto out = std::make_shared<ModelBrief>();
    Guard guard(analysis);
    out->blind = guard.blind();
    if (analysis.facts.model) {
        addOutline(*analysis.facts.model, guard, *out);
        if (detail == BriefDetail::All) {
            addContent(*analysis.facts.model, guard, *out);
        }
        addPlaces(analysis, guard, *out);
    }
    if (pickle != nullptr) {
        addPickle(analysis, *pickle, guard, detail, *out);
    }
    addLoaders(analysis, guard, detail, *out);
    return out;
}

} // namespace cupel::report
