// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/outputs/findings.h"

#include "analyzers/base/utf8.h"

#include <algorithm>
#include <set>
#include <span>

namespace cupel::rules::outputs {

namespace {

constexpr std::size_t mostPlaces = 40; // shown as evidence of a loud finding
constexpr std::size_t mostQuiet = 10;
constexpr std::size_t mostFixed = 400; // of a finding whose fix reaches every place
constexpr std::size_t mostKept = 4'000; // of one kind in one finding; the rest is counted, or mended by a further one
constexpr std::size_t mostMended = 200'000; // of one kind in all its findings
constexpr std::size_t mostNames = 5; // in a message
constexpr std::size_t longestLabel = 24; // of a host: longer ones may carry data

// A word and the day or the second it was made, as clouds name what they host: it carries nothing of the reader's.
bool isWordWithMoment(std::string_view label)
{
    constexpr std::string_view digits = "0123456789";
    const auto last = label.find_last_not_of(digits);
    const auto word = label.substr(0, last == std::string_view::npos ? 0 : last + 1);
    const auto moment = label.substr(word.size());
    const bool dated = (moment.size() == 8 || moment.size() == 12 || moment.size() == 14)
        && (moment.starts_with("19") || moment.starts_with("20"));
    return dated && word.size() <= longestLabel && word.find_first_of(digits) == std::string_view::npos;
}

std::string shownHost(std::string_view host)
{
    std::string out;
    while (!host.empty()) {
        const auto label = host.substr(0, host.find('.'));
        out += out.empty() ? "" : ".";
        const bool cut = label.size() > longestLabel && !isWordWithMoment(label);
        out += cut ? toDisplay(label.substr(0, 8), 24) + "\u2026" : toDisplay(label, 60);
        host.remove_prefix(std::min(host.size(), label.size() + 1));
        if (out.size() > 100) {
            return out + "\u2026";
        }
    }
    return out;
}

// Each once, in order, at most a handful.
std::string joined(const std::vector<std::string>& names)
{
    std::string out;
    for (std::size_t i = 0; i < names.size() && i < mostNames; ++i) {
        out += (i == 0 ? "" : ", ") + names[i];
    }
    return names.size() > mostNames ? out + " and " + std::to_string(names.size() - mostNames) + " more" : out;
}

void addOnce(std::vector<std::string>& names, std::string name)
{
    if (!name.empty() && names.size() < 100 && std::find(names.begin(), names.end(), name) == names.end()) {
        names.push_back(std::move(name));
    }
}

// Title, what was seen, from where, how often.
std::string sentence(
    std::string_view rule, const std::string& what, const std::string& hosts, std::uint64_t count, bool hidden)
{
    const auto* info = findRule(rule);
    auto text = info ? info->title : std::string();
    text += what.empty() ? "" : ": " + what;
    text += hosts.empty() ? "" : (what.empty() ? ": " : ", ") + std::string("host ") + hosts;
    text += count > 1 ? " (" + std::to_string(count) + " places)" : "";
    text += text.ends_with("\u2026") ? "" : "."; // an ellipsis ends the sentence
    if (hidden) {
        text += " It is written so that it is not seen for what it is.";
    }
    return text;
}

} // namespace

// Findings about a whole notebook: their first place is another one after cells were moved or run again. What they tell
// does not depend on it: which tools, which hosts.
static bool isOfTheWhole(std::string_view rule)
{
    return rule == "CUP-OUT-META-HOURS" || rule == "CUP-OUT-META-TOOLS" || rule == "CUP-OUT-REMOTE-IMAGE";
}

static std::string identityOf(std::vector<std::string> what, std::vector<std::string> hosts)
{
    std::sort(what.begin(), what.end());
    std::sort(hosts.begin(), hosts.end());
    std::string out = "of the notebook";
    for (const auto* names : {&what, &hosts}) {
        for (const auto& name : *names) {
            out += '\n' + name;
        }
    }
    return out;
}

// Every place of a value is shown as its first one.
static std::string_view shownFor(const Seen& seen)
{
    return seen.masked.empty() ? maskDots : std::string_view(seen.masked);
}

void Findings::add(Seen seen)
{
    const bool loud = seen.severity >= Severity::Medium && !seen.whole;
    // Places that go in different ways are findings of their own: one edit mends the whole of each. So are those where
    // it may go by itself and those where somebody has to ask for it.
    Key key{seen.rule, loud, loud ? seen.region : -1, (seen.whole ? seen.masked : "") + (seen.safeFix ? "" : "!"),
        seen.fix};
    auto& group = m_groups[std::move(key)];
    if (group.known.contains(seen.bytes)) {
        return; // pieces of a text overlap
    }
    if (group.known.size() >= (seen.fix.empty() ? mostKept : mostMended)) {
        if (seen.personal) {
            m_sink.markSensitive(seen.bytes, shownFor(seen));
        }
        ++group.dropped;
        return;
    }
    group.known.insert(seen.bytes);
    if (group.places.size() >= mostKept) {
        emit(group, false);
        group.places.clear();
    }
    group.places.push_back(std::move(seen));
}

void Findings::learnUser(std::string_view name, ByteRange bytes)
{
    constexpr std::size_t mostUsers = 8;
    const auto known = m_users.find(name);
    if (known != m_users.end()) {
        known->second.push_back(bytes);
    } else if (m_users.size() < mostUsers) {
        m_users.emplace(name, std::vector<ByteRange>{bytes});
    }
}

// Evidence shows some places, a fix reaches all that go in the same way: an entry of the metadata as a whole, the same
// number in an output by itself.
static Fix fixOf(const Seen& worst, std::span<const Seen> places)
{
    Fix fix{std::string(worst.fix), worst.safeFix, {}};
    for (const auto& place : places) {
        for (const auto& range : place.cut) {
            fix.edits.push_back({range, {}});
        }
        if (place.cut.empty() && worst.cut.empty()) {
            fix.edits.push_back({place.bytes, {}});
        }
    }
    return fix;
}

// One row for each program: the most that any of the places does there, and at how many.
static void addViewers(Hit& hit, std::span<const Seen> places)
{
    for (std::size_t viewer = 0; viewer < viewerCount; ++viewer) {
        std::string_view most;
        std::size_t count = 0;
        std::size_t all = 0;
        for (const auto& place : places) {
            if (!place.shown) {
                continue;
            }
            ++all;
            const auto word = verdicts(place.shown->first, place.shown->second)[viewer];
            if (all == 1 || harm(word) > harm(most)) {
                most = word;
                count = 0;
            }
            count += word == most ? 1 : 0;
        }
        if (all > 0) {
            auto text = std::string(viewerNames()[viewer]) + ": " + std::string(most);
            text += count < all ? " (" + std::to_string(count) + " of " + std::to_string(all) + " places)" : "";
            hit.evidence.push_back({"viewer", {}, -1, 0, std::move(text)});
        }
    }
}

void Findings::emit(Group& group, bool last)
{
    auto& places = group.places;
    std::stable_sort(places.begin(), places.end(), [](const Seen& a, const Seen& b) { return a.bytes < b.bytes; });
    const auto& worst = *std::max_element(
        places.begin(), places.end(), [](const Seen& a, const Seen& b) { return a.severity < b.severity; });
    Hit hit;
    hit.rule = worst.rule;
    hit.bytes = worst.bytes;
    hit.region = worst.region;
    hit.regionLine = worst.line;
    hit.severity = worst.severity;
    hit.confidence = worst.confidence;
    hit.sensitive = worst.personal;
    hit.masked = worst.masked;
    // A few places are all shown; of many a quiet kind shows one of each output or cell. Of more than are shown the
    // rest is counted: a fix reaches it all the same.
    const bool each = worst.whole || worst.severity >= Severity::Medium || places.size() <= mostQuiet;
    const auto mostShown = !worst.fix.empty() || worst.whole ? mostFixed : each ? mostPlaces : mostQuiet;
    std::set<std::int32_t> regions{worst.region};
    std::vector<std::string> what;
    std::vector<std::string> hosts;
    bool hidden = false;
    for (const auto& place : places) {
        addOnce(what, toDisplay(place.what, 60));
        addOnce(hosts, shownHost(place.host));
        hidden = hidden || place.hidden;
        if (place.personal && place.bytes != worst.bytes) {
            m_sink.markSensitive(place.bytes, shownFor(place));
        }
        const bool other = place.bytes != worst.bytes && (each || regions.insert(place.region).second);
        if (other && hit.evidence.size() < mostShown) {
            hit.evidence.push_back({"place", place.bytes, place.region, place.line, {}});
        } else if (place.bytes != worst.bytes) {
            hit.further.push_back({place.bytes, place.region});
        }
        if (!place.content.empty()) {
            hit.further.push_back({place.content, place.region});
        }
    }
    if (isOfTheWhole(worst.rule) && worst.severity < Severity::Medium) {
        // Programs write the hours of work under several names, and more of them with each run.
        hit.identity = identityOf(worst.rule == "CUP-OUT-META-HOURS" ? std::vector<std::string>() : what, hosts);
    }
    const auto count = places.size() + (last ? group.dropped : 0);
    hit.message = sentence(worst.rule, joined(what), joined(hosts), count, hidden);
    hit.arguments = {{"count", std::to_string(count)}, {"what", joined(what)}, {"hosts", joined(hosts)}};
    addViewers(hit, places);
    if (!worst.fix.empty()) {
        hit.fix = fixOf(worst, places);
    }
    m_sink.add(std::move(hit));
}

void Findings::finish()
{
    for (auto& [key, group] : m_groups) {
        emit(group, true);
    }
}

} // namespace cupel::rules::outputs
