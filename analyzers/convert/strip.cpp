// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/convert/strip.h"

#include "analyzers/base/words.h"
#include "analyzers/convert/growth.h"
#include "analyzers/convert/strip_parts.h"
#include "analyzers/formats/pickle/pickle_facts.h"
#include "analyzers/model/model_questions.h"

#include <algorithm>

namespace cupel::convert {

namespace {

constexpr std::size_t chunk = 1 << 20;
constexpr std::size_t mostKept = 20; // sentences

struct Format {
    std::string_view name;
    std::string (*plan)(Stripping& work);
    bool keys; // has metadata with keys
};
constexpr Format formatsOf[] = {{"safetensors", stripSafetensors, true}, {"gguf", stripGguf, true},
    {"zip", stripZip, false}, {"pickle", stripTail, false}, {"npy", stripTail, false}};

struct Words {
    StripItem::Kind kind;
    std::string_view id;
    std::string_view text;
};
constexpr Words words[] = {{StripItem::Kind::BehindEnd, "behind-end", "bytes behind the end"},
    {StripItem::Kind::InFront, "in-front", "bytes in front of the archive"},
    {StripItem::Kind::BetweenTensors, "between-tensors", "bytes between tensors"},
    {StripItem::Kind::Padding, "padding", "padding that is not zero"},
    {StripItem::Kind::Blanks, "blanks", "blanks of the header"},
    {StripItem::Kind::BetweenMembers, "between-members", "bytes between members"},
    {StripItem::Kind::Comments, "comments", "comments of the archive"},
    {StripItem::Kind::ExtraFields, "extra-fields", "extra fields of members"},
    {StripItem::Kind::Metadata, "metadata", "metadata"}, {StripItem::Kind::Template, "template", "chat template"}};

const Words& wordsOf(StripItem::Kind kind)
{
    return *std::find_if(std::begin(words), std::end(words), [kind](const Words& one) { return one.kind == kind; });
}

Error refused(std::string why)
{
    return Error{ErrorCode::Malformed, 0, std::move(why)};
}

} // namespace

std::string_view toString(StripItem::Kind kind)
{
    return wordsOf(kind).id;
}

std::string_view describe(StripItem::Kind kind)
{
    return wordsOf(kind).text;
}

std::uint64_t droppedForm(const StripPlan& plan)
{
    if (!plan.source || plan.source->facts.format != "zip") {
        return 0;
    }
    std::uint64_t left = plan.bytes;
    for (const auto& item : plan.items) {
        left += item.bytes;
    }
    return plan.source->size > left ? plan.source->size - left : 0;
}

Stripping::Stripping(const AnalysisPtr& file, const StripWish& wish, Budget& budget)
    : m_plan{file, wish, {}, {}, {}, {}, 0}
    , m_budget(budget)
    , m_mask(*file)
    , m_found(wish.keys.size())
{
    for (const auto& region : file->facts.regions) {
        const auto place = file->facts.toFile(region.bytes);
        if (region.kind == RegionKind::Template
            && std::any_of(file->findings.begin(), file->findings.end(), [&place](const Finding& finding) {
                   return finding.severity >= Severity::Medium && finding.location.bytes.overlaps(place);
               })) {
            m_poisoned.push_back(place);
        }
    }
}

std::string Stripping::otherFlaw(std::initializer_list<std::string_view> known) const
{
    const auto fine = [&known](
                          std::string_view code) { return std::find(known.begin(), known.end(), code) != known.end(); };
    const auto& facts = analysis().facts;
    for (const auto& flaw : facts.flaws) {
        if (!fine(flaw.code)) {
            return flaw.code;
        }
    }
    for (std::size_t i = 0; facts.model && i < facts.model->flaws.size(); ++i) {
        const std::string_view code = facts.model->flaws[i].code;
        if (!fine(code) && !code.starts_with("leftover-")) { // what is found in bytes that go, goes with them
            return facts.model->flaws[i].code;
        }
    }
    return {};
}

bool Stripping::asked(std::string_view key)
{
    bool out = false;
    for (std::size_t i = 0; i < m_found.size(); ++i) {
        if (m_plan.wish.keys[i] == key) {
            m_found[i] = true;
            out = true;
        }
    }
    return out;
}

bool Stripping::poisoned(ByteRange value) const
{
    return m_plan.wish.templates
        && std::any_of(m_poisoned.begin(), m_poisoned.end(), [value](ByteRange one) { return one.overlaps(value); });
}

std::string Stripping::missingKey() const
{
    for (std::size_t i = 0; i < m_found.size(); ++i) {
        if (!m_found[i]) {
            return m_plan.wish.keys[i];
        }
    }
    return {};
}

bool Stripping::tooLarge() const
{
    return outgrows(m_plan.bytes, m_plan.source->artifact.view().size());
}

void Stripping::goes(StripItem::Kind kind, ByteRange place, std::string_view name)
{
    m_plan.items.push_back({kind, m_mask(name), place.size(), place});
}

void Stripping::goesAlso(StripItem::Kind kind, ByteRange place)
{
    const auto known = std::find_if(
        m_plan.items.begin(), m_plan.items.end(), [kind](const StripItem& item) { return item.kind == kind; });
    if (known == m_plan.items.end()) {
        goes(kind, place);
    } else {
        known->bytes += place.size();
    }
}

void Stripping::copy(ByteRange range)
{
    range.end = std::min<std::uint64_t>(range.end, bytes().size());
    if (range.empty()) {
        return;
    }
    m_plan.bytes += range.size();
    auto& pieces = m_plan.pieces;
    if (!pieces.empty() && !pieces.back().copied.empty() && pieces.back().copied.end == range.start) {
        pieces.back().copied.end = range.end;
    } else {
        pieces.push_back({range, {}, 0});
    }
}

void Stripping::make(std::string_view text)
{
    if (text.empty()) {
        return;
    }
    m_plan.bytes += text.size();
    auto& pieces = m_plan.pieces;
    if (!pieces.empty() && !pieces.back().made.empty()) {
        pieces.back().made.append(text);
    } else {
        pieces.push_back({{}, std::string(text), 0});
    }
}

void Stripping::zeros(std::uint64_t count)
{
    if (count > 0) {
        m_plan.bytes += count;
        m_plan.pieces.push_back({{}, {}, count});
    }
}

std::string stripTail(Stripping& work)
{
    const auto& facts = work.analysis().facts;
    ByteRange tail{work.bytes().size(), work.bytes().size()};
    if (const auto* pickle = formats::pickleFacts(facts)) {
        for (const auto& odd : pickle->oddities) {
            if (odd.code.starts_with("trailing")) {
                tail.start = std::min(tail.start, odd.bytes.start);
            }
        }
    }
    for (std::size_t i = 0; facts.model && i < facts.model->flaws.size(); ++i) {
        const auto& flaw = facts.model->flaws[i];
        tail.start = flaw.code == "npy-trailing" ? std::min(tail.start, flaw.bytes.start) : tail.start;
    }
    for (std::size_t i = 0; facts.model && i < facts.model->tensors.size(); ++i) {
        const auto& tensor = facts.model->tensors[i];
        if (tensor.storedIn.empty() && tensor.bytes.end > tail.start) {
            return "numbers of a tensor stand behind its end";
        }
        const bool elsewhere = !tensor.storedIn.empty() || tensor.bytes.empty();
        if (!tail.empty() && elsewhere && elementCount(tensor.shape) > 0) {
            return "what follows its end may be the numbers of its tensors";
        }
    }
    if (work.wish().hidden && !tail.empty()) {
        work.goes(StripItem::Kind::BehindEnd, tail);
        work.copy({0, tail.start});
    } else {
        work.copy({0, work.bytes().size()});
    }
    return {};
}

bool canStrip(std::string_view format)
{
    return std::any_of(
        std::begin(formatsOf), std::end(formatsOf), [format](const Format& one) { return one.name == format; });
}

Result<StripPlan> planStrip(const AnalysisPtr& file, const StripWish& wish, Budget& budget)
{
    if (!file || file->artifact.view().empty()) {
        return refused("it cannot be read");
    }
    const auto format = std::find_if(std::begin(formatsOf), std::end(formatsOf),
        [&file](const Format& one) { return one.name == file->facts.format; });
    if (format == std::end(formatsOf)) {
        return refused("this works for safetensors, GGUF, zip (PyTorch, NumPy, Keras), pickle and NumPy files");
    }
    if (!format->keys && !wish.keys.empty()) {
        return refused("files of this format have no metadata with keys");
    }
    Stripping work(file, wish, budget);
    if (auto trouble = format->plan(work); !trouble.empty()) {
        return refused(std::move(trouble));
    }
    if (work.tooLarge()) {
        return refused("the copy would be many times as large as the file");
    }
    if (const auto key = work.missingKey(); !key.empty()) {
        return refused("its metadata has no key \u201c" + key + "\u201d");
    }
    if (budget.stopReason() != Budget::Stop::None) {
        return refused("it was stopped");
    }
    auto plan = work.take();
    if (plan.items.empty()) { // nothing to write anew
        plan.pieces = {{{0, file->artifact.view().size()}, {}, 0}};
        plan.bytes = file->artifact.view().size();
    }
    std::stable_sort(plan.items.begin(), plan.items.end(),
        [](const StripItem& a, const StripItem& b) { return a.place.start < b.place.start; });
    return plan;
}

namespace {

// What describes the model stands in members that are copied as they are.
void tellMetadata(const Workspace& all, const std::string& path, const NameMask& names, StripPlan& plan)
{
    const auto below = path + '!';
    for (auto at = all.analyses.lower_bound(below); at != all.analyses.end() && at->first.starts_with(below); ++at) {
        const auto* model = at->second->facts.model.get();
        const bool describes =
            (model && !model->metadata.empty()) || at->second->artifact.fileName() == "metadata.json";
        if (describes && at->second->facts.format != "pickle" && plan.kept.size() < mostKept) {
            plan.kept.push_back("Members are copied byte for byte, so the metadata of "
                + names(at->first.substr(below.size())) + " stays.");
        }
    }
}

} // namespace

Result<StripPlan> planStrip(const Workspace& all, const std::string& path, const StripWish& wish, Budget& budget)
{
    const auto file = all.analyses.find(path);
    auto plan = planStrip(file == all.analyses.end() ? nullptr : file->second, wish, budget);
    if (!plan || (!wish.hidden && !wish.metadata)) {
        return plan;
    }
    const NameMask names(*file->second);
    const auto below = path + '!';
    if (wish.metadata) {
        tellMetadata(all, path, names, plan.value());
    }
    if (!wish.hidden) {
        return plan;
    }
    std::size_t more = 0;
    for (auto at = all.analyses.lower_bound(below); at != all.analyses.end() && at->first.starts_with(below); ++at) {
        for (const auto& finding : at->second->findings) {
            if (!isAboutHiddenBytes(finding)) {
                continue;
            }
            auto& kept = plan.value().kept;
            if (kept.size() >= mostKept) {
                ++more;
                continue;
            }
            kept.push_back("Members are copied byte for byte, so this stays (" + names(at->first.substr(below.size()))
                + "): " + finding.message);
        }
    }
    if (more > 0) {
        plan.value().kept.push_back(
            "So does what " + counted(more, "more finding is", "more findings are") + " about.");
    }
    return plan;
}

bool writeStripped(const StripPlan& plan, Budget& budget, const ByteSink& sink)
{
    static constexpr char noBytes[4'096] = {};
    constexpr std::string_view nothing(noBytes, sizeof noBytes);
    const auto source = plan.source->artifact.view();
    for (const auto& piece : plan.pieces) {
        for (std::uint64_t left = piece.zeros; left > 0;) {
            const auto part = nothing.substr(0, std::min<std::uint64_t>(left, nothing.size()));
            if (!budget.spend(part.size()) || !sink(part)) {
                return false;
            }
            left -= part.size();
        }
        const auto bytes = piece.made.empty() ? slice(source, piece.copied) : ByteView(piece.made);
        for (std::size_t at = 0; at < bytes.size(); at += chunk) {
            const auto part = bytes.substr(at, chunk);
            if (!budget.spend(part.size()) || !sink(part)) {
                return false;
            }
        }
    }
    return true;
}

} // namespace cupel::convert
