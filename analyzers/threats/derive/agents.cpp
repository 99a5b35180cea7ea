// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/derive/agents.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <vector>

namespace cupel::threats {

namespace {

using namespace std::string_view_literals;

template <typename List> bool isOneOf(std::string_view text, const List& list)
{
    return std::find(list.begin(), list.end(), text) != list.end();
}

bool isAgent(const Element& element)
{
    static constexpr std::array kinds{"agent"sv, "llm-app"sv, "agent-tool"sv};
    return isOneOf(element.kind, kinds);
}

// Data and not the code that handles it: a password in the code of an agent is not something that it reads.
bool holdsData(const Element& element)
{
    static constexpr std::array kinds{"dataset"sv, "data-source"sv, "vector-store"sv, "store"sv, "feature-store"sv,
        "secret-store"sv, "agent-memory"sv};
    return isOneOf(element.kind, kinds);
}

// What it reads comes out of it as it went in; what is trained or written to a file is another thing.
bool handsOn(const Element& element)
{
    static constexpr std::array kinds{"notebook"sv, "data-prep"sv, "vector-store"sv};
    return isOneOf(element.kind, kinds);
}

// No provider of a model: everything goes there, and nobody chose it from outside.
bool takesData(const Element& element)
{
    return element.kind == "data-source" || element.kind == "actor" || element.kind == "store";
}

bool isStrange(const Element& element)
{
    const auto origin = attribute(element, "origin");
    return origin == "public" || origin == "external";
}

// The findings that make it sensitive; false: it is not.
bool isSensitive(const Element& element, std::vector<std::string>& why)
{
    bool out = false;
    for (const Attribute& one : element.attributes) {
        const bool says = ((one.key == "pii" || one.key == "holds_secrets") && one.value == "true")
            || (one.key == "classification" && (one.value == "confidential" || one.value == "restricted"));
        if (says) {
            out = true;
            why.insert(why.end(), one.evidence.begin(), one.evidence.end());
        }
    }
    return out;
}

constexpr std::uint8_t mostNamed = 8; // sources of one claim

class Reading {
public:
    explicit Reading(ModelBuilder& builder)
        : m_builder(builder)
        , m_out(builder.out.model.elements.size())
    {
        for (const Flow& flow : builder.out.model.flows) {
            m_out[builder.byId.at(flow.source)].push_back(builder.byId.at(flow.target));
        }
    }

    // Everything that `from` reaches over what hands it on is told once. What has been told of as many sources as are
    // named has told them to all that comes behind it: each flow is followed a few times, however many sources there
    // are.
    void follow(std::uint32_t from, std::string_view key, const std::vector<std::string>& why)
    {
        const std::uint8_t enough = why.empty() ? 1 : mostNamed;
        auto& told = m_told[std::string(key)];
        told.resize(m_out.size());
        std::vector<std::uint32_t> open{from};
        std::set<std::uint32_t> seen{from};
        while (!open.empty()) {
            const auto at = open.back();
            open.pop_back();
            for (const auto next : m_out[at]) {
                const Element& element = m_builder.out.model.elements[next];
                const bool passes = handsOn(element);
                if ((!passes && !isAgent(element)) || told[next] >= enough || !seen.insert(next).second) {
                    continue;
                }
                ++told[next];
                if (isAgent(element)) {
                    tell(next, key, why);
                }
                if (passes) {
                    open.push_back(next);
                }
            }
        }
    }

    void tell(std::uint32_t element, std::string_view key, const std::vector<std::string>& why)
    {
        m_builder.say(element, key, "true");
        for (std::size_t i = 0; i < std::min<std::size_t>(mostNamed, why.size()); ++i) {
            m_builder.say(element, key, "true", why[i]);
        }
    }

    void sends(std::uint32_t from, std::uint32_t to)
    {
        const auto& elements = m_builder.out.model.elements;
        if (isAgent(elements[from]) && takesData(elements[to]) && isStrange(elements[to])) {
            tell(from, "can_send_out", {});
        }
    }

private:
    ModelBuilder& m_builder;
    std::vector<std::vector<std::uint32_t>> m_out;
    std::map<std::string, std::vector<std::uint8_t>> m_told; // by key: of how many sources an element was told
};

} // namespace

void describeAgents(ModelBuilder& builder)
{
    const auto& elements = builder.out.model.elements;
    if (std::none_of(elements.begin(), elements.end(), isAgent)) {
        return;
    }
    Reading reading(builder);
    for (std::uint32_t i = 0; i < elements.size(); ++i) {
        if (!holdsData(elements[i])) {
            continue;
        }
        std::vector<std::string> why;
        if (isSensitive(elements[i], why)) {
            reading.follow(i, "reads_sensitive", why);
        }
        if (elements[i].kind == "data-source" && isStrange(elements[i])) {
            reading.follow(i, "reads_untrusted", {});
        }
    }
    for (const Flow& flow : builder.out.model.flows) {
        reading.sends(builder.byId.at(flow.source), builder.byId.at(flow.target));
    }
}

} // namespace cupel::threats
