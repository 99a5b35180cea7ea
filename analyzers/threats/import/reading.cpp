// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/import/reading.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace cupel::threats {

namespace {

std::string lowered(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c == ' ' || c == '_' ? '-' : c;
    });
    return out;
}

bool holds(const Box& area, Point point)
{
    return point.x >= area.x && point.x <= area.x + area.width && point.y >= area.y && point.y <= area.y + area.height;
}

Point middleOf(const Box& box)
{
    return {box.x + box.width / 2, box.y + box.height / 2};
}

} // namespace

bool Place::isNull() const
{
    const DataNode& node = at();
    return !node.quoted && (node.text.empty() || node.text == "null" || node.text == "~" || node.text == "Null");
}

std::optional<double> Place::number() const
{
    const std::string text = isScalar() ? at().text : std::string();
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    constexpr double most = 1e7; // of a coordinate or a rating; beyond is nonsense
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value) || std::abs(value) > most) {
        return {};
    }
    return value;
}

std::string Making::unique(const std::string& wanted, std::string_view kind, std::uint64_t offset)
{
    constexpr std::size_t most = 500'000; // parts of one model
    if (!full && (m_ids.size() >= most || !budget.spend(16))) {
        full = true;
        lost(offset, "reading ended here: the model has more parts than can be looked at");
    }
    const std::string base = wanted.empty() ? std::string(kind) : wanted;
    if (!wanted.empty() && m_ids.insert(wanted).second) {
        return wanted;
    }
    if (!wanted.empty()) {
        note(offset, "the id of " + std::string(kind) + " is used twice");
    }
    auto& number = m_used[base];
    std::string id;
    do {
        id = base + '-' + std::to_string(++number);
    } while (!m_ids.insert(id).second);
    return id;
}

bool Making::copies(std::size_t bytes)
{
    constexpr std::size_t most = 256 << 20;
    m_copied += bytes;
    if (m_copied > most && !full) {
        full = true;
        lost(0, "reading ended: the model repeats more text than can be held");
    }
    return m_copied <= most;
}

void Making::note(std::uint64_t offset, std::string text)
{
    if (out.notes.size() < Imported::mostNotes) {
        out.notes.push_back({offset, std::move(text)});
    }
}

void Making::lost(std::uint64_t offset, std::string text)
{
    out.partial = true;
    note(offset, std::move(text));
}

void placeInZones(ThreatModel& model, Budget& budget)
{
    std::vector<std::pair<double, std::size_t>> bySize;
    for (std::size_t i = 0; i < model.zones.size(); ++i) {
        if (const auto& box = model.zones[i].box) {
            bySize.emplace_back(box->width * box->height, i);
        }
    }
    std::sort(bySize.begin(), bySize.end());
    const auto smallest = [&](Point point, std::uint32_t diagram, double larger, std::size_t self) {
        for (const auto& [size, i] : bySize) {
            const Zone& zone = model.zones[i];
            if (size >= larger && i != self && zone.diagram == diagram && holds(*zone.box, point)) {
                return zone.id;
            }
        }
        return std::string();
    };
    for (auto& element : model.elements) {
        if (!budget.spend(bySize.size() + 1)) {
            return;
        }
        if (element.zone.empty() && element.box) {
            element.zone = smallest(middleOf(*element.box), element.diagram, 0, model.zones.size());
        }
    }
    for (std::size_t rank = 0; rank < bySize.size() && budget.spend(bySize.size()); ++rank) {
        Zone& zone = model.zones[bySize[rank].second];
        for (auto next = rank + 1; next < bySize.size() && zone.parent.empty();
            ++next) { // a larger one, never a circle
            const Zone& other = model.zones[bySize[next].second];
            zone.parent = other.diagram == zone.diagram && holds(*other.box, middleOf(*zone.box)) ? other.id : "";
        }
    }
}

void checkEnds(Making& making)
{
    std::set<std::string_view> known;
    const ThreatModel& model = making.out.model;
    for (const auto& element : model.elements) {
        known.insert(element.id);
    }
    for (const auto& zone : model.zones) {
        known.insert(zone.id);
    }
    for (const auto& flow : model.flows) {
        for (const std::string* end : {&flow.source, &flow.target}) {
            if (!end->empty() && !known.contains(*end)) {
                making.note(0, "the flow '" + flow.id.substr(0, 80) + "' has an end that is not in the model");
            }
        }
    }
}

std::optional<Severity> severityOf(std::string_view word)
{
    static constexpr std::array<std::pair<std::string_view, Severity>, 15> words{{{"critical", Severity::Critical},
        {"very-high", Severity::Critical}, {"severe", Severity::Critical}, {"highest", Severity::Critical},
        {"high", Severity::High}, {"elevated", Severity::High}, {"major", Severity::High}, {"medium", Severity::Medium},
        {"moderate", Severity::Medium}, {"low", Severity::Low}, {"minor", Severity::Low}, {"lowest", Severity::Low},
        {"negligible", Severity::Info}, {"very-low", Severity::Info}, {"info", Severity::Info}}};
    const std::string plain = lowered(word);
    for (const auto& [name, severity] : words) {
        if (plain == name) {
            return severity;
        }
    }
    return {};
}

void setState(Threat& threat, std::string_view word)
{
    static constexpr std::array<std::pair<std::string_view, Decision>, 24> words{{{"open", Decision::Open},
        {"exposed", Decision::Open}, {"autogenerated", Decision::Open}, {"unchecked", Decision::Open},
        {"in-discussion", Decision::Open}, {"needsinvestigation", Decision::Open},
        {"needs-investigation", Decision::Open}, {"threatidentified", Decision::Open}, {"notstarted", Decision::Open},
        {"required", Decision::InProgress}, {"in-progress", Decision::InProgress}, {"inprogress", Decision::InProgress},
        {"scheduled", Decision::InProgress}, {"mitigated", Decision::Mitigated}, {"implemented", Decision::Mitigated},
        {"active", Decision::Mitigated}, {"threatresolved", Decision::Mitigated}, {"resolved", Decision::Mitigated},
        {"accepted", Decision::Accepted}, {"wont-do", Decision::Accepted}, {"transferred", Decision::Transferred},
        {"avoided", Decision::Avoided}, {"eliminated", Decision::Eliminated}, {"retired", Decision::Eliminated}}};
    const std::string plain = lowered(word);
    if (plain == "notapplicable" || plain == "not-applicable" || plain == "false-positive"
        || plain == "threatresolvednotuseful") {
        threat.applicability = Applicability::NotApplicable;
    }
    for (const auto& [name, decision] : words) {
        if (plain == name) {
            threat.decision = decision;
            threat.applicability = decision == Decision::Open ? Applicability::Proposed : Applicability::Applies;
        }
    }
}

namespace {

template <typename Value> void takeWord(std::string_view word, int count, Value& out)
{
    for (int i = 0; i < count; ++i) {
        if (toString(static_cast<Value>(i)) == word) {
            out = static_cast<Value>(i);
        }
    }
}

std::vector<std::string> listOf(std::string_view text) // "AML.T0010, CWE-502"
{
    constexpr std::size_t most = 200;
    std::vector<std::string> out;
    while (!text.empty() && out.size() < most) {
        const auto comma = std::min(text.find(", "), text.size());
        out.emplace_back(text.substr(0, comma));
        text.remove_prefix(std::min(comma + 2, text.size()));
    }
    return out;
}

} // namespace

namespace {

using Get = std::function<std::string(std::string_view key)>;

// How likely and how bad: as one, or not at all.
void takeRating(Threat& threat, const Get& get)
{
    static constexpr std::array<int, 5> steps{1, 2, 3, 4, 5}; // what a severity becomes where nothing else is said
    const auto severity = severityOf(get("severity"));
    const auto stepOf = [&](std::string_view key) {
        const std::string text = get(key);
        return text.size() == 1 && text[0] >= '1' && text[0] <= '5' ? text[0] - '0' : 0;
    };
    const int likelihood = stepOf("likelihood");
    const int impact = stepOf("impact");
    const auto agrees = [&](int said, int own) {
        return said == (own > 0 ? own : severity ? steps[static_cast<std::size_t>(*severity)] : said);
    };
    const bool numbers = threat.likelihood > 0 || threat.impact > 0;
    const bool mild = severity == Severity::Info && threat.severity == Severity::Low;
    if (numbers ? agrees(threat.likelihood, likelihood) && agrees(threat.impact, impact)
                : severity == threat.severity || mild) {
        threat.severity = severity;
        threat.likelihood = likelihood;
        threat.impact = impact;
    }
}

} // namespace

void takeOwn(Threat& threat, const OwnForm& form, const Get& get)
{
    if (get("severity").empty()) { // which is always written
        return;
    }
    takeRating(threat, get);
    Decision decision = Decision::Open;
    Applicability applicability = Applicability::Proposed;
    takeWord(get("decision"), 7, decision);
    takeWord(get("applicability"), 3, applicability);
    const auto isOne = [&form](Decision one) {
        return std::find(form.oneWord.begin(), form.oneWord.end(), one) != form.oneWord.end();
    };
    const bool same = decision == threat.decision || (isOne(decision) && isOne(threat.decision));
    const bool bothIn =
        (applicability == Applicability::NotApplicable) == (threat.applicability == Applicability::NotApplicable);
    if (same && bothIn) {
        threat.decision = decision;
        threat.applicability = applicability;
        threat.until = get("until");
    }
    const std::string stride = get("stride");
    if (stride.empty() || threat.stride.empty() || stride.front() == threat.stride.front()) {
        threat.stride = stride;
        threat.category = get("category");
    }
    threat.rule = threat.rule.empty() ? get("rule") : threat.rule;
    threat.reason = get("reason");
    threat.author = get("author");
    threat.assignee = get("assignee");
    takeWord(get("evidence"), 6, threat.evidence);
    if (!form.mitigationText || get("mitigationMark") == textMark(threat.mitigation)) {
        threat.mitigation = get("mitigation");
    }
    std::vector<std::string> weaknesses = listOf(get("references"));
    std::erase_if(weaknesses, [](const std::string& one) { return !one.starts_with("CWE-"); });
    if (threat.references.empty() || threat.references == weaknesses) {
        threat.references = listOf(get("references"));
    }
    if (form.mitigationText) { // the others list their controls themselves
        threat.controls = listOf(get("controls"));
    }
}

void takeAttributes(DiagramPart& part, Place from, std::string_view prefix, const std::set<std::string_view>& known)
{
    constexpr std::size_t most = 256;
    from.each([&](Place member) {
        if (member.isScalar() && part.attributes.size() < most && !known.contains(member.key())) {
            part.attributes.push_back({std::string(prefix) + member.key(), member.text(), Origin::Imported, {}});
        }
    });
}

} // namespace cupel::threats
