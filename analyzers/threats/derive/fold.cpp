// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/derive/fold.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace cupel::threats {

namespace {

std::string folderOf(const Element& element)
{
    const std::string path = element.artifact.empty() ? std::string(attribute(element, "uri")) : element.artifact;
    const auto slash = path.rfind('/');
    return slash == std::string::npos ? std::string() : path.substr(0, slash);
}

// The folders that both paths begin with.
std::string shared(const std::string& one, const std::string& other)
{
    std::size_t end = 0;
    for (std::size_t i = 0; i <= one.size() && i <= other.size(); ++i) {
        const bool oneEnds = i == one.size() || one[i] == '/';
        const bool otherEnds = i == other.size() || other[i] == '/';
        end = oneEnds && otherEnds ? i : end;
        if (i == one.size() || i == other.size() || one[i] != other[i]) {
            break;
        }
    }
    return one.substr(0, end);
}

std::string plural(std::string_view kind)
{
    std::string out(kind);
    std::replace(out.begin(), out.end(), '-', ' ');
    if (out.ends_with('y')) {
        out.replace(out.size() - 1, 1, "ie");
    }
    out += out.ends_with('x') ? "es" : "s";
    return out;
}

// Worst first: what one of them has counts for all.
void mergeAttributes(Element& into, const Element& other)
{
    for (const Attribute& attribute : other.attributes) {
        const auto found = std::find_if(into.attributes.begin(), into.attributes.end(),
            [&](const Attribute& one) { return one.key == attribute.key; });
        if (found == into.attributes.end()) {
            into.attributes.push_back(attribute);
        } else if (found->value != attribute.value) {
            const bool yes =
                attribute.value == "true" || attribute.value == "public" || attribute.value == "restricted";
            found->value = yes ? attribute.value : found->value;
            found->evidence.insert(found->evidence.end(), attribute.evidence.begin(), attribute.evidence.end());
        }
    }
}

// "30 datasets in data" stands for thirty.
std::size_t countIn(std::string_view name)
{
    std::size_t out = 0;
    std::from_chars(name.data(), name.data() + name.size(), out);
    return out;
}

enum class Level : std::uint8_t { Folder, Zone };

class Folding {
public:
    Folding(Derived& derived, std::uint32_t most, const std::map<std::string, std::string>& touched)
        : m_derived(derived)
        , m_most(most)
        , m_touched(touched)
    {
        std::map<std::string, std::size_t> sizes;
        std::map<std::string_view, const Element*> elements;
        for (const Element& element : m_derived.model.elements) {
            elements.emplace(element.id, &element);
            ++sizes[keyOf(element, Level::Folder)];
        }
        for (const auto& [id, element] : elements) {
            const auto said = m_touched.find(element->id);
            if (said == m_touched.end()) {
                continue;
            }
            if (said->second == element->name) {
                m_alone.insert(element->id);
            } else {
                m_stands.emplace(element->id, levelOf(*element, said->second, sizes));
            }
        }
        // The ends of a flow that somebody touched must not become one: it would lead nowhere.
        for (const Flow& flow : m_derived.model.flows) {
            const auto source = elements.find(flow.source);
            const auto target = elements.find(flow.target);
            const bool alike = m_touched.contains(flow.id) && source != elements.end() && target != elements.end()
                && keyOf(*source->second, Level::Zone) == keyOf(*target->second, Level::Zone);
            for (const std::string* end : {&flow.source, &flow.target}) {
                if (alike && !m_stands.contains(*end)) {
                    m_alone.insert(*end);
                }
            }
        }
    }

    void by(Level level)
    {
        auto& elements = m_derived.model.elements;
        auto count = elements.size();
        std::set<std::size_t> gone;
        for (const Group& group : groups(level)) {
            if (!group.kept && count <= m_most) {
                break;
            }
            merge(group.members, gone);
            count -= group.members.size() - 1;
        }
        std::vector<Element> left;
        for (std::size_t i = 0; i < elements.size(); ++i) {
            if (!gone.contains(i)) {
                left.push_back(std::move(elements[i]));
            }
        }
        elements = std::move(left);
        rewire();
    }

private:
    struct Group {
        std::vector<std::size_t> members; // the first stands for the others
        bool kept = false; // somebody touched what stands for them
    };

    static std::string keyOf(const Element& element, Level level)
    {
        return element.kind + '\n' + element.zone + '\n' + (level == Level::Folder ? folderOf(element) : std::string());
    }

    // What somebody saw when they touched it: a name tells the folder of those it stood for, and how many they were.
    static Level levelOf(
        const Element& element, const std::string& name, const std::map<std::string, std::size_t>& sizes)
    {
        const std::string folder = folderOf(element);
        const bool here = folder.empty() ? name.find(" in ") == name.npos : name.ends_with(" in " + folder);
        return here && countIn(name) <= sizes.at(keyOf(element, Level::Folder)) ? Level::Folder : Level::Zone;
    }

    // The largest first, but for those that have to be.
    [[nodiscard]] std::vector<Group> groups(Level level) const
    {
        std::map<std::string, Group> found;
        const auto& elements = m_derived.model.elements;
        for (std::size_t i = 0; i < elements.size(); ++i) {
            const auto stands = m_stands.find(elements[i].id);
            Group& group = found[keyOf(elements[i], level)];
            if (stands == m_stands.end() && !m_alone.contains(elements[i].id)) {
                group.members.push_back(i);
            } else if (stands != m_stands.end() && stands->second == level && !group.kept) {
                group.members.insert(group.members.begin(), i);
                group.kept = true;
            }
        }
        std::vector<Group> out;
        for (auto& [key, group] : found) {
            if (group.members.size() > 1) {
                out.push_back(std::move(group));
            }
        }
        std::stable_sort(out.begin(), out.end(), [](const Group& one, const Group& other) {
            return std::tuple(!one.kept, other.members.size()) < std::tuple(!other.kept, one.members.size());
        });
        return out;
    }

    void merge(const std::vector<std::size_t>& members, std::set<std::size_t>& gone)
    {
        auto& elements = m_derived.model.elements;
        Element& into = elements[members.front()];
        std::string names = into.name;
        std::string folder = folderOf(into);
        std::size_t count = sizeOf(into);
        for (std::size_t i = 1; i < members.size(); ++i) {
            const Element& other = elements[members[i]];
            count += sizeOf(other);
            mergeAttributes(into, other);
            constexpr std::size_t longest = 2'000;
            names += names.size() < longest ? ", " + other.name : "";
            m_moved.emplace(other.id, into.id);
            m_derived.inside.insert_or_assign(other.id, into.id);
            folder = shared(folder, folderOf(other));
            auto& evidence = m_derived.evidence;
            mergeFindings(other.id, into.id);
            if (!evidence.readWhole.contains(other.id)) {
                evidence.readWhole.erase(into.id);
            }
            gone.insert(members[i]);
        }
        setAttribute(into, "members", names, Origin::Scanned);
        setAttribute(into, "count", std::to_string(count), Origin::Scanned);
        into.name = std::to_string(count) + ' ' + plural(into.kind) + (folder.empty() ? "" : " in " + folder);
        into.artifact = folder;
        into.digest.clear();
    }

    // Of what it stands for already.
    static std::size_t sizeOf(const Element& element)
    {
        return std::max<std::size_t>(countIn(attribute(element, "count")), 1);
    }

    // Flows of what is gone belong to what it became; what then joins the same two is one. Those that somebody touched
    // stay what they are, beside each other if need be.
    void rewire()
    {
        std::map<std::pair<std::string, std::string>, std::size_t> known;
        std::vector<Flow> left;
        for (Flow& flow : m_derived.model.flows) {
            for (std::string* end : {&flow.source, &flow.target}) {
                if (const auto moved = m_moved.find(*end); moved != m_moved.end()) {
                    *end = moved->second;
                }
            }
            if (flow.source == flow.target) { // inside of what was folded: its findings speak of that
                mergeFindings(flow.id, flow.source);
                continue;
            }
            const auto [same, fresh] = known.emplace(std::pair(flow.source, flow.target), left.size());
            const bool touched = m_touched.contains(flow.id);
            if (fresh || (touched && m_touched.contains(left[same->second].id))) {
                left.push_back(std::move(flow));
            } else if (touched) {
                mergeFindings(left[same->second].id, flow.id);
                left[same->second] = std::move(flow);
            } else {
                mergeFindings(flow.id, left[same->second].id);
            }
        }
        m_derived.model.flows = std::move(left);
        m_moved.clear();
    }

    void mergeFindings(const std::string& from, const std::string& into)
    {
        auto& all = m_derived.evidence.findings;
        const auto more = all.extract(from);
        if (more.empty()) {
            return;
        }
        auto& findings = all[into];
        const std::set<const Finding*> known(findings.begin(), findings.end());
        for (const Finding* finding : more.mapped()) {
            auto tie = m_derived.evidence.tied.extract(std::pair(from, finding));
            if (known.contains(finding)) {
                continue;
            }
            findings.push_back(finding);
            if (!tie.empty()) {
                tie.key().first = into;
                m_derived.evidence.tied.insert(std::move(tie));
            }
        }
    }

    Derived& m_derived;
    std::uint32_t m_most;
    const std::map<std::string, std::string>& m_touched;
    std::set<std::string> m_alone; // elements that are folded into nothing
    std::map<std::string, Level> m_stands; // those that go on standing for what is alike there
    std::map<std::string, std::string> m_moved;
};

} // namespace

void fold(Derived& derived, std::uint32_t most, const std::map<std::string, std::string>& touched)
{
    Folding folding(derived, most, touched);
    for (const Level level : {Level::Folder, Level::Zone}) {
        folding.by(level);
    }
}

} // namespace cupel::threats
