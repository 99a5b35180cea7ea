// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/derive/fold.h"

#include <algorithm>
#include <map>
#include <set>
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

class Folding {
public:
    Folding(Derived& derived, std::uint32_t most, const std::map<std::string, std::string>& touched)
        : m_derived(derived)
        , m_most(most)
        , m_touched(touched)
    {
    }

    void by(std::string (*key)(const Element&))
    {
        std::map<std::string, std::vector<std::size_t>> groups;
        auto& elements = m_derived.model.elements;
        for (std::size_t i = 0; i < elements.size(); ++i) {
            auto& group = groups[elements[i].kind + '\n' + elements[i].zone + '\n' + key(elements[i])];
            const auto touched = m_touched.find(elements[i].id);
            if (touched == m_touched.end()) {
                group.push_back(i);
            } else if (touched->second != elements[i].name) { // it stands for the others
                group.insert(group.begin(), i);
            }
        }
        std::vector<std::vector<std::size_t>> largest;
        for (auto& [name, members] : groups) {
            if (members.size() > 1) {
                largest.push_back(std::move(members));
            }
        }
        std::stable_sort(
            largest.begin(), largest.end(), [](const auto& a, const auto& b) { return a.size() > b.size(); });
        auto count = elements.size();
        std::set<std::size_t> gone;
        for (const auto& members : largest) {
            if (count <= m_most) {
                break;
            }
            merge(members, gone);
            count -= members.size() - 1;
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
    void merge(const std::vector<std::size_t>& members, std::set<std::size_t>& gone)
    {
        auto& elements = m_derived.model.elements;
        Element& into = elements[members.front()];
        std::string names = into.name;
        std::string folder = folderOf(into);
        for (std::size_t i = 1; i < members.size(); ++i) {
            const Element& other = elements[members[i]];
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
        setAttribute(into, "count", std::to_string(members.size()), Origin::Scanned);
        into.name = std::to_string(members.size()) + ' ' + plural(into.kind) + (folder.empty() ? "" : " in " + folder);
        into.artifact = folder;
        into.digest.clear();
    }

    // Flows of what is gone belong to what it became; what then joins the same two is one.
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
            if (fresh) {
                left.push_back(std::move(flow));
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
    std::map<std::string, std::string> m_moved;
};

} // namespace

void fold(Derived& derived, std::uint32_t most, const std::map<std::string, std::string>& touched)
{
    Folding folding(derived, most, touched);
    for (const auto key :
        {+[](const Element& element) { return folderOf(element); }, +[](const Element&) { return std::string(); }}) {
        if (derived.model.elements.size() > most) {
            folding.by(key);
        }
    }
}

} // namespace cupel::threats
