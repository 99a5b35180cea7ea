// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/derive/model_builder.h"

#include <algorithm>
#include <array>

namespace cupel::threats {

namespace {

// By what an element is made from: the same on every machine and in every scan.
std::string idOf(std::string_view kind, std::string_view what)
{
    return std::string(kind) + '-' + textMark(what);
}

} // namespace

std::string shortName(std::string_view name)
{
    constexpr std::size_t longest = 100; // characters
    constexpr std::size_t most = 1'000; // bytes looked at
    std::string out;
    bool gap = false;
    std::size_t characters = 0;
    for (std::size_t i = 0; i < std::min(name.size(), most); ++i) {
        const auto byte = static_cast<unsigned char>(name[i]);
        if (byte <= ' ') {
            gap = !out.empty();
            continue;
        }
        characters += (byte & 0xC0U) != 0x80U ? 1 : 0;
        if (characters + (gap ? 1 : 0) > longest) {
            return out + "\u2026";
        }
        characters += gap ? 1 : 0;
        out += gap ? " " : "";
        out += name[i];
        gap = false;
    }
    return name.size() > most ? out + "\u2026" : out;
}

std::string flowId(const std::string& source, const std::string& target)
{
    return idOf("flow", source + '>' + target);
}

std::string_view fileName(std::string_view path)
{
    const auto slash = path.rfind('/');
    return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::string_view zoneFor(std::string_view kind)
{
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 16> zones{{{"ci-cd", "ci"},
        {"container-image", "ci"}, {"package-index", "internet"}, {"training-job", "training"},
        {"evaluation", "training"}, {"model-registry", "registry"}, {"model-file", "registry"}, {"adapter", "registry"},
        {"vector-store", "serving"}, {"inference-endpoint", "serving"}, {"llm-app", "serving"}, {"agent", "serving"},
        {"mcp-server", "serving"}, {"agent-tool", "serving"}, {"person", "consumer"}, {"monitoring", "serving"}}};
    const auto found = std::find_if(zones.begin(), zones.end(), [kind](const auto& row) { return row.first == kind; });
    return found == zones.end() ? std::string_view("developer") : found->second;
}

// A pattern such as "*" names nothing: then the folder does.
std::string ModelBuilder::nameFor(std::string name, const std::string& what)
{
    const auto says = [](std::string_view text) {
        return std::any_of(text.begin(), text.end(), [](char c) {
            return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80) != 0;
        });
    };
    if (says(name)) {
        return shortName(name);
    }
    return says(what) ? "files of " + what : "any file";
}

std::uint32_t ModelBuilder::add(std::string_view kind, const std::string& what, std::string name, std::string_view zone)
{
    Element element;
    element.id = idOf(kind, what);
    if (const auto found = byId.find(element.id); found != byId.end()) {
        return found->second;
    }
    element.kind = kind;
    element.name = nameFor(std::move(name), what);
    element.zone = zone;
    const auto index = static_cast<std::uint32_t>(out.model.elements.size());
    byId.emplace(element.id, index);
    out.model.elements.push_back(std::move(element));
    return index;
}

void ModelBuilder::say(std::uint32_t element, std::string_view key, std::string_view value, std::string_view evidence)
{
    Element& at = out.model.elements[element];
    setAttribute(at, key, value, Origin::Scanned);
    auto& list = std::find_if(at.attributes.begin(), at.attributes.end(), [key](const Attribute& one) {
        return one.key == key;
    })->evidence;
    if (!evidence.empty() && std::find(list.begin(), list.end(), evidence) == list.end()) {
        list.emplace_back(evidence);
    }
}

Flow& ModelBuilder::flow(
    std::uint32_t from, std::uint32_t to, std::string_view name, std::string_view carries, std::string_view evidence)
{
    const auto key = std::pair(from, to);
    const auto [entry, fresh] = flowBetween.emplace(key, out.model.flows.size());
    if (fresh) {
        Flow flow;
        flow.source = out.model.elements[from].id;
        flow.target = out.model.elements[to].id;
        flow.id = flowId(flow.source, flow.target);
        flow.name = name;
        setAttribute(flow, "carries", carries, Origin::Scanned);
        out.model.flows.push_back(std::move(flow));
    }
    auto& list = out.model.flows[entry->second].attributes.front().evidence;
    constexpr std::size_t most = 8;
    if (list.size() < most && std::find(list.begin(), list.end(), evidence) == list.end()) {
        list.emplace_back(evidence);
    }
    return out.model.flows[entry->second];
}

void ModelBuilder::encrypted(Flow& flow)
{
    setAttribute(flow, "protocol", "https", Origin::Scanned);
    setAttribute(flow, "encrypted", "true", Origin::Scanned);
}

} // namespace cupel::threats
