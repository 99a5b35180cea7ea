// SPDX-License-Identifier: GPL-3.0-or-later
// skops looks at the type of every node before it makes any object: each loader trusts some by itself
// (resources/rules/pickle/skops_trusted.tsv, as skops 0.16 has them), the rest has to be named by who loads.
#include "analyzers/base/budget.h"
#include "analyzers/base/json_outline.h"
#include "analyzers/base/utf8.h"
#include "analyzers/rules/pickle/model_loaders.h"
#include "analyzers/rules/pickle/names.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

namespace cupel::rules::pickle {

namespace {

using namespace std::string_view_literals;
using Kind = LoaderAnswer::Kind;

#include "skops_trusted.inc" // skopsTrusted: loader, tab, type, sorted

constexpr std::size_t longestName = 240;
constexpr std::size_t mostTypes = 5'000;
constexpr std::size_t mostNamed = 8; // in one clause

// Loaders whose type nobody is asked about: they import nothing, or refer to an object that was.
constexpr std::array unasked{"CachedNode"sv, "JsonNode"sv, "SliceNode"sv};
// That trust nothing by themselves.
constexpr std::array distrustful{"ConstructorFromReduceNode"sv, "DTypeNode"sv, "MethodNode"sv, "OperatorFuncNode"sv,
    "PartialNode"sv, "QuantileForestNode"sv, "TreeNode"sv, "_DictWithDeprecatedKeysNode"sv};

template <typename List> bool has(const List& list, std::string_view what)
{
    return std::find(list.begin(), list.end(), what) != list.end();
}

bool isTrusted(std::string_view loader, const std::string& type)
{
    return std::binary_search(
        std::begin(skopsTrusted), std::end(skopsTrusted), std::string(loader) + '\t' + type, std::less<>());
}

bool isLoader(std::string_view name)
{
    const auto wanted = std::string(name) + '\t';
    const auto* found = std::lower_bound(std::begin(skopsTrusted), std::end(skopsTrusted), wanted, std::less<>());
    return has(unasked, name) || has(distrustful, name)
        || (found != std::end(skopsTrusted) && found->starts_with(wanted));
}

struct Text {
    std::string value;
    ByteRange place;
};

// Where a name stands that is made of two.
ByteRange around(const Text& a, const Text& b)
{
    return {std::min(a.place.start, b.place.start), std::max(a.place.end, b.place.end)};
}

// What the audit of skops sees in a schema.
class Audit {
public:
    explicit Audit(ByteView text)
        : m_text(text)
    {
        JsonOutline::Options options;
        options.start = std::min(text.find('{'), text.size());
        options.detailDepth = 1'000;
        m_outline = JsonOutline::parse(text, m_budget, options);
        const auto& nodes = m_outline.nodes();
        whole = !m_outline.empty() && !m_outline.stoppedEarly();
        const auto protocol = whole ? m_outline.member(text, 0, "protocol") : std::nullopt;
        m_oldFunctions = !protocol || mayBeZero(slice(text, nodes[*protocol].value));
        for (std::uint32_t at = 0; at < nodes.size() && m_budget.spend(16); ++at) {
            if (nodes[at].type == JsonType::Object) {
                node(at);
            }
        }
    }

    std::map<std::string, ByteRange> untrusted;
    std::optional<std::pair<std::string, Text>> refused; // why, the name in it
    bool whole = false; // all of it was read

private:
    // -0 and 0.0 are 0 for Python, and so is false.
    static bool mayBeZero(ByteView number)
    {
        return number.empty() || number.front() < '1' || number.front() > '9'
            || number.find_first_not_of("0123456789") != ByteView::npos;
    }

    [[nodiscard]] std::optional<Text> text(std::uint32_t node, std::string_view key) const
    {
        const auto member = m_outline.member(m_text, node, key);
        if (!member || m_outline.nodes()[*member].type != JsonType::String) {
            return std::nullopt;
        }
        return Text{toDisplay(m_outline.string(m_text, *member), longestName), m_outline.nodes()[*member].value};
    }

    void refuse(const std::string& why, const Text& name)
    {
        if (!refused) {
            refused.emplace(why, name);
        }
    }

    void distrust(const std::string& type, ByteRange place)
    {
        if (untrusted.size() < mostTypes) {
            untrusted.emplace(type, place);
        }
    }

    void node(std::uint32_t at)
    {
        whole = whole && !m_outline.nodes()[at].opaque;
        const auto loader = text(at, "__loader__");
        if (!loader) {
            return;
        }
        const auto module = text(at, "__module__");
        const auto className = text(at, "__class__");
        if (!isLoader(loader->value)) {
            refuse("it has no loader ", *loader);
        } else if (!module || !className) {
            refuse("a node has no class: ", *loader);
        } else if (!has(unasked, loader->value)) {
            typed(at, loader->value, *module, *className);
        }
    }

    void typed(std::uint32_t at, std::string_view loader, const Text& module, const Text& className)
    {
        const auto content = m_outline.member(m_text, at, "content");
        const auto type = module.value + '.' + className.value;
        // Nothing is made of a node that ends the loading, and nothing at all of one that skops never comes to: no
        // reader of the file is asked about its type.
        if (loader == "OperatorFuncNode" && module.value != "operator") {
            refuse("an operator is taken from another module: ", module);
            return;
        }
        if (loader == "MethodNode" && content && !method(*content, type, className)) {
            return;
        }
        const bool inside = loader == "FunctionNode" && m_oldFunctions && content && oldFunction(*content);
        if (!inside && !isTrusted(loader, type)) {
            distrust(type, around(module, className));
        }
        if (loader == "RandomGeneratorNode" && content) {
            generator(*content, className);
        }
    }

    // Up to protocol 0 the function stands inside. False: there is none.
    bool oldFunction(std::uint32_t content)
    {
        const auto path = text(content, "module_path");
        const auto name = text(content, "function");
        if (path && name && !isTrusted("FunctionNode", path->value + '.' + name->value)) {
            distrust(path->value + '.' + name->value, around(*path, *name));
        }
        return path && name;
    }

    // The method is named after the object it is of, whatever that is. False: skops takes no other.
    bool method(std::uint32_t content, const std::string& type, const Text& className)
    {
        const auto owner = m_outline.member(m_text, content, "obj");
        const auto module = owner ? text(*owner, "__module__") : std::nullopt;
        const auto name = owner ? text(*owner, "__class__") : std::nullopt;
        const auto function = text(content, "func");
        if (!module || !name || module->value + '.' + name->value != type) {
            refuse("a method is of another object than it says: ", className);
            return false;
        }
        if (function) {
            distrust(type + '.' + function->value, around(*module, *function));
        }
        return true;
    }

    // Its generator of bits is a text in its state: {"bit_generator": {"content": "\"PCG64\""}}.
    void generator(std::uint32_t content, const Text& className)
    {
        auto at = m_outline.member(m_text, content, "bit_generator");
        at = at ? m_outline.member(m_text, *at, "content") : at;
        at = at ? m_outline.member(m_text, *at, "bit_generator") : at;
        const auto name = at ? text(*at, "content") : std::nullopt;
        if (!name || name->value.size() < 2 || !name->value.starts_with('"')) {
            if (!m_oldFunctions) {
                refuse("a generator of random numbers does not name its bits: ", className);
            }
            return;
        }
        const auto type = "numpy.random." + name->value.substr(1, name->value.size() - 2);
        if (!isTrusted("RandomGeneratorNode", type)) {
            distrust(type, name->place);
        }
    }

    ByteView m_text;
    Budget m_budget;
    JsonOutline m_outline;
    bool m_oldFunctions = false;
};

std::string listed(const std::map<std::string, ByteRange>& types, std::vector<ByteRange>& sources)
{
    std::string out;
    std::size_t named = 0;
    for (const auto& [type, place] : types) {
        if (named++ == mostNamed) {
            out += " and " + std::to_string(types.size() - mostNamed) + " more";
            break;
        }
        out += (out.empty() ? "" : ", ") + type;
        sources.push_back(place);
    }
    return out;
}

LoaderAnswer byDefault(const Audit& audit)
{
    LoaderAnswer answer{"skops.io.load(trusted=None), the default", Kind::Refuses, {}, {},
        {"CVE-2025-54412, CVE-2025-54413: before skops 0.12 a node could make what its type does not say",
            "CVE-2025-54886: before skops 0.13 Card.get_model took what is no zip for a file of joblib"}};
    answer.untrusted.assign(audit.untrusted.begin(), audit.untrusted.end());
    if (!audit.untrusted.empty()) {
        answer.why = "it does not trust " + listed(audit.untrusted, answer.sources);
    } else if (audit.refused) {
        answer.why = audit.refused->first + audit.refused->second.value;
        answer.sources.push_back(audit.refused->second.place);
    } else {
        answer.kind = Kind::Reads;
        answer.why = audit.whole ? "all types are on its list" : "all types that could be read are on its list";
    }
    return answer;
}

// Whoever passes on what get_untrusted_types lists allows all of it.
LoaderAnswer byConsent(const Audit& audit)
{
    LoaderAnswer answer{"skops.io.load(trusted=get_untrusted_types(...))", Kind::Refuses, {}, {},
        {"CVE-2024-37065: before skops 0.10 trusted=True did the same without a list"}};
    std::map<std::string, ByteRange> strange;
    std::copy_if(audit.untrusted.begin(), audit.untrusted.end(), std::inserter(strange, strange.end()),
        [](const auto& one) { return judgePath(one.first).kind != Verdict::Kind::Benign; });
    // A node that would be refused may stand where skops never looks: that is no promise against one that runs.
    if (audit.refused && strange.empty()) {
        answer.why = audit.refused->first + audit.refused->second.value;
        answer.sources.push_back(audit.refused->second.place);
        return answer;
    }
    answer.kind = strange.empty() ? Kind::Reads : Kind::Runs;
    answer.why = strange.empty() ? "all types are on its list, or known classes"
                                 : listed(strange, answer.sources) + " among what it asks for";
    return answer;
}

} // namespace

std::vector<LoaderAnswer> skopsAnswers(const Artifact& artifact, const Facts& facts)
{
    const Audit audit(facts.text(artifact));
    return {byDefault(audit), byConsent(audit)};
}

} // namespace cupel::rules::pickle
