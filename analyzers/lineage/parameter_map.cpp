// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/lineage/parameter_map.h"

#include "analyzers/code/toml_strings.h"
#include "analyzers/formats/notebook/notebook_facts.h"
#include "analyzers/formats/region_text.h"
#include "analyzers/lineage/locators.h"

#include <algorithm>
#include <utility>

namespace cupel::lineage {

namespace {

constexpr std::size_t maxDepth = 32;
constexpr std::size_t maxName = 512;
constexpr std::size_t maxFilled = 64 << 10;
constexpr std::size_t maxSteps = 200'000; // members looked at, with aliases followed

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view blanks = " \t\r\n";
    const auto start = text.find_first_not_of(blanks);
    return start == std::string_view::npos ? std::string_view{}
                                           : text.substr(start, text.find_last_not_of(blanks) - start + 1);
}

std::string dotted(std::string_view a, std::string_view b)
{
    return std::string(a) + (a.empty() || b.empty() ? "" : ".") + std::string(b);
}

void put(ParameterMap& out, std::string name, std::string value)
{
    if (!name.empty() && name.size() <= maxName && out.size() < maxParameters) {
        out.emplace(std::move(name), std::move(value));
    }
}

// Numbers and truth values; strings come from readTomlStrings.
void tomlNumbers(std::string_view text, ParameterMap& out, Budget& budget)
{
    std::string table;
    for (std::size_t at = 0; at < text.size() && budget.spend(64);) {
        const auto end = std::min(text.find('\n', at), text.size());
        const auto line = trimmed(text.substr(at, end - at));
        at = end + 1;
        if (line.starts_with('[')) {
            const auto name = line.substr(std::min(line.find_first_not_of('['), line.size()));
            table = trimmed(name.substr(0, name.find(']')));
            continue;
        }
        const auto equals = line.find('=');
        if (equals == std::string_view::npos || line.front() == '#') {
            continue;
        }
        auto value = trimmed(line.substr(equals + 1));
        value = trimmed(value.substr(0, value.find('#')));
        if (!value.empty() && value.find_first_of("\"'[]{}") == std::string_view::npos) {
            put(out, dotted(table, trimmed(line.substr(0, equals))), std::string(value));
        }
    }
}

ParameterMap fromToml(std::string_view text, Budget& budget)
{
    ParameterMap out;
    std::map<std::string, std::size_t, std::less<>> elements;
    code::readTomlStrings(text, {}, [&](const code::TomlString& string) {
        auto name = dotted(dotted(string.table, string.key), string.inner);
        if (out.size() < maxParameters && name.size() <= maxName) {
            name += string.depth > 0 ? "." + std::to_string(elements[name]++) : "";
            put(out, std::move(name), std::string(string.value.substr(0, maxFilled)));
        }
    });
    tomlNumbers(text, out, budget);
    return out;
}

bool hasParametersTag(std::string_view metadata, Budget& budget)
{
    const auto tree = DataTree::fromJson(metadata, budget);
    const auto tags = tree.texts(tree.member(0, "tags"));
    return std::any_of(tags.begin(), tags.end(),
        [](const std::string& tag) { return tag == "parameters" || tag == "injected-parameters"; });
}

} // namespace

void flatten(const DataTree& tree, std::uint32_t node, const std::string& prefix, ParameterMap& out, Budget& budget)
{
    struct Open {
        std::uint32_t child; // the next one
        std::size_t prefix; // bytes of the name that belong to the map or list
        std::size_t index; // of the child in a list
        bool list;
        bool elements; // of << with a list: each is merged in
        std::uint32_t again; // the first child while << is still to be read: what stands beside it wins; 0: none
        bool merging;
    };
    if (node >= tree.nodes().size()) {
        return;
    }
    const auto& nodes = tree.nodes();
    std::string name = prefix;
    if (nodes[node].kind == DataKind::Scalar) {
        put(out, name, nodes[node].text);
        return;
    }
    const auto enter = [&](std::uint32_t which, bool elements) {
        const bool list = nodes[which].kind == DataKind::List;
        return Open{
            nodes[which].firstChild, name.size(), 0, list, elements && list, list ? 0 : nodes[which].firstChild, false};
    };
    std::vector<Open> open{enter(node, false)};
    for (std::size_t steps = 0; !open.empty() && steps < maxSteps && budget.spend(16); ++steps) {
        auto& here = open.back();
        if (here.child == 0 && here.again == 0) {
            open.pop_back();
            continue;
        }
        if (here.child == 0) {
            here.child = std::exchange(here.again, 0);
            here.merging = true;
        }
        const auto index = here.child;
        const auto& child = nodes[index];
        here.child = child.nextSibling;
        const bool merge = !here.list && child.key == "<<" && child.kind != DataKind::Scalar;
        if (!here.list && merge != here.merging) {
            continue;
        }
        name.resize(here.prefix);
        if (!merge && !here.elements) {
            name = dotted(name, here.list ? std::to_string(here.index++) : child.key);
        }
        if (name.size() > maxName) {
            continue;
        }
        if (child.kind == DataKind::Scalar) {
            put(out, name, child.text);
        } else if (open.size() < maxDepth) {
            open.push_back(enter(index, merge));
        }
    }
}

ParameterMap readParameters(std::string_view path, std::string_view text, Budget& budget)
{
    const auto extension = extensionOf(path);
    ParameterMap out;
    if (extension == "toml") {
        return fromToml(text, budget);
    }
    if (extension == "json") {
        flatten(DataTree::fromJson(text, budget), 0, {}, out, budget);
    } else if (extension == "yaml" || extension == "yml") {
        flatten(DataTree::fromYaml(text, budget), 0, {}, out, budget);
    }
    return out;
}

std::string filledIn(std::string_view text, const ParameterMap& values, const ParameterMap* more)
{
    const auto valueOf = [&](std::string_view name) -> const std::string* {
        for (const auto* map : {&values, more}) {
            if (map != nullptr) {
                if (const auto found = map->find(name); found != map->end()) {
                    return &found->second;
                }
            }
        }
        return nullptr;
    };
    std::string out;
    std::size_t at = 0;
    while (at < text.size() && out.size() < maxFilled) {
        const bool dollar = text[at] == '$' && at + 1 < text.size() && text[at + 1] == '{';
        const bool twice = text.substr(at + (dollar ? 1 : 0)).starts_with("{{");
        if (!dollar && !twice) {
            out.push_back(text[at++]);
            continue;
        }
        const auto close = text.find(twice ? "}}" : "}", at);
        if (close == std::string_view::npos) {
            out += text.substr(at, maxFilled);
            break;
        }
        auto name = trimmed(text.substr(at + 2, close - at - 2));
        const auto colon = name.find(':');
        const auto* known = twice ? nullptr : valueOf(name.substr(0, colon));
        if (known != nullptr) {
            out += *known;
        } else if (!twice && colon != std::string_view::npos && name.find(',') == std::string_view::npos) {
            out += trimmed(name.substr(colon + 1));
        } else {
            out.push_back('*');
        }
        at = close + (twice ? 2 : 1);
    }
    return out;
}

std::vector<std::int32_t> parameterCells(const ParsedFile& file, Budget& budget)
{
    std::vector<std::int32_t> out;
    const auto* notebook = formats::notebookFacts(file.facts);
    if (notebook == nullptr) {
        return out;
    }
    for (std::size_t i = 0; i < notebook->cells.size(); ++i) {
        const auto region = notebook->cells[i].metadata;
        if (region < 0 || static_cast<std::size_t>(region) >= file.facts.regions.size()) {
            continue;
        }
        formats::RegionReader reader(
            file.facts.text(file.artifact), file.facts.regions[static_cast<std::size_t>(region)]);
        formats::TextPiece piece;
        if (reader.next(piece) && hasParametersTag(piece.text, budget)) {
            out.push_back(static_cast<std::int32_t>(i));
        }
    }
    return out;
}

} // namespace cupel::lineage
