// SPDX-License-Identifier: GPL-3.0-or-later
// schema.json of a skops archive: a tree of nodes, each with the class it stands for and the loader that makes it. A
// loader that is given a class of another kind makes what the check of trusted types never saw (CVE-2025-54412,
// -54413). Loaders as skops 0.14 has them, with those of older protocols.
#include "analyzers/base/json_outline.h"
#include "analyzers/base/utf8.h"
#include "analyzers/formats/model_parts.h"
#include "analyzers/formats/transcode.h"

#include <algorithm>
#include <array>
#include <memory>

namespace cupel::formats::skops {

namespace {

constexpr std::size_t longestName = 120;

// What a loader may be given: a module (and what is below it), a class; empty: any.
struct Loader {
    std::string_view name;
    std::string_view module = {};
    std::string_view className = {};
};
constexpr std::array loaders{
    Loader{"BytearrayNode", "builtins", "bytearray"},
    Loader{"BytesNode", "builtins", "bytes"},
    Loader{"CachedNode"},
    Loader{"ConstructorFromReduceNode"},
    Loader{"DTypeNode", "numpy"},
    Loader{"DefaultDictNode", "collections", "defaultdict"},
    Loader{"DictNode"},
    Loader{"FunctionNode"},
    Loader{"JsonNode"},
    Loader{"ListNode"},
    Loader{"LossNode", "sklearn"},
    Loader{"MaskedArrayNode", "numpy"},
    Loader{"MethodNode"},
    Loader{"NdArrayNode", "numpy"},
    Loader{"ObjectNode"},
    Loader{"OperatorFuncNode", "operator"},
    Loader{"PartialNode", "functools", "partial"},
    Loader{"QuantileForestNode", "quantile_forest"},
    Loader{"RandomGeneratorNode", "numpy.random"},
    Loader{"RandomStateNode", "numpy.random"},
    Loader{"SGDNode", "sklearn"},
    Loader{"SciKerasNode", "scikeras"},
    Loader{"SetNode"},
    Loader{"SliceNode", "builtins", "slice"},
    Loader{"SparseMatrixNode", "scipy.sparse"},
    Loader{"TreeNode", "sklearn.tree", "Tree"},
    Loader{"TupleNode"},
    Loader{"TypeNode"},
    Loader{"_DictWithDeprecatedKeysNode", "sklearn"},
};

const Loader* loaderOf(std::string_view name)
{
    const auto* found =
        std::find_if(loaders.begin(), loaders.end(), [name](const Loader& one) { return one.name == name; });
    return found == loaders.end() ? nullptr : found;
}

bool isBelow(std::string_view module, std::string_view top)
{
    return module.starts_with(top) && (module.size() == top.size() || module[top.size()] == '.');
}

class Reader {
public:
    Reader(ModelParts& parts, const JsonOutline& outline)
        : m_parts(parts)
        , m_text(parts.file())
        , m_outline(outline)
    {
    }

    // Every object that names a loader; which of them is a part of which only matters to methods.
    void run(Budget& budget)
    {
        const auto& nodes = m_outline.nodes();
        for (std::uint32_t at = 0; at < nodes.size(); ++at) {
            if (!budget.spend(16)) {
                noteOnce(m_parts.facts(), "stopped", "Reading stopped early", nodes[at].value.start);
                return;
            }
            if (nodes[at].type == JsonType::Object) {
                object(at);
            }
        }
    }

private:
    struct Text {
        std::string value;
        ByteRange place;
    };

    [[nodiscard]] std::optional<Text> text(std::uint32_t node, std::string_view key) const
    {
        const auto member = m_outline.member(m_text, node, key);
        if (!member || m_outline.nodes()[*member].type != JsonType::String) {
            return std::nullopt;
        }
        auto place = m_outline.nodes()[*member].value;
        if (place.size() >= 2) {
            place = {place.start + 1, place.end - 1};
        }
        return Text{m_outline.string(m_text, *member), place};
    }

    // `beside`: where more of what is quoted stands.
    void tell(std::string_view code, const std::string& what, const Text& at, ByteRange beside = {})
    {
        std::vector<ByteRange> sources{at.place};
        if (!beside.empty()) {
            sources.push_back(beside);
        }
        m_parts.model().addFlaw(code, at.place, '"' + toDisplay(what, longestName) + '"', std::move(sources));
    }

    void object(std::uint32_t at)
    {
        if (m_outline.nodes()[at].opaque) {
            noteOnce(m_parts.facts(), "too-deep", "Nodes are nested too deeply; the inner ones were not looked at",
                m_outline.nodes()[at].value.start);
            return;
        }
        const auto loader = text(at, "__loader__");
        if (!loader) {
            return;
        }
        const auto module = text(at, "__module__");
        const auto className = text(at, "__class__");
        if (!module || !className) {
            tell("skops-broken-node", loader->value, *loader);
            return;
        }
        const auto* known = loaderOf(loader->value);
        if (!known) {
            tell("skops-unknown-loader", loader->value, *loader);
        }
        judge(at, loader->value, known, *module, *className);
        if (const auto file = text(at, "file")) {
            m_parts.pointTo("member", file->place);
        }
    }

    void judge(
        std::uint32_t at, std::string_view loader, const Loader* known, const Text& module, const Text& className)
    {
        const auto path = module.value + '.' + className.value;
        const bool fits = !known
            || ((known->module.empty() || isBelow(module.value, known->module))
                && (known->className.empty() || className.value == known->className));
        if (!fits) {
            tell("skops-confused", std::string(loader) + ", " + path, className, module.place);
        }
        if (loader == "OperatorFuncNode" && fits) {
            operatorFunction(className);
            return;
        }
        // Those import nothing: what they give is made of the content, or of an object that stands elsewhere.
        if (loader == "JsonNode" || loader == "CachedNode" || (fits && known && !known->className.empty())) {
            return;
        }
        m_parts.useOperator(className.value, module.value, className.place);
        if (const auto content = m_outline.member(m_text, at, "content")) {
            if (loader == "MethodNode") {
                method(*content, module.value, className);
            } else if (loader == "FunctionNode") {
                function(*content);
            }
        }
    }

    void operatorFunction(const Text& className)
    {
        if (className.value == "attrgetter" || className.value == "methodcaller") {
            tell("skops-operator", "operator." + className.value, className);
        } else if (className.value != "itemgetter") {
            tell("skops-confused", "OperatorFuncNode, operator." + className.value, className);
        }
    }

    // The audit saw one class; the method is taken from another, or is one that leads out of the object.
    void method(std::uint32_t content, std::string_view module, const Text& className)
    {
        const auto owner = m_outline.member(m_text, content, "obj");
        const auto ownModule = owner ? text(*owner, "__module__") : std::nullopt;
        const auto ownClass = owner ? text(*owner, "__class__") : std::nullopt;
        if (!ownModule || !ownClass) {
            tell("skops-broken-node", "MethodNode", className);
        } else if (ownModule->value != module || ownClass->value != className.value) {
            tell("skops-confused", "MethodNode, " + ownModule->value + '.' + ownClass->value, *ownClass,
                ownModule->place);
        }
        const auto name = text(content, "func");
        if (name && name->value.starts_with("__")) {
            tell("skops-confused", "MethodNode, " + name->value, *name);
        }
    }

    // Up to protocol 0 the function stands inside.
    void function(std::uint32_t content)
    {
        const auto module = text(content, "module_path");
        const auto name = text(content, "function");
        if (module && name) {
            m_parts.useOperator(name->value, module->value, name->place);
        }
    }

    ModelParts& m_parts;
    ByteView m_text;
    const JsonOutline& m_outline;
};

int sniffText(ByteView head, std::string_view fileName)
{
    const auto start = head.find_first_not_of(" \t\r\n\xef\xbb\xbf");
    if (start == ByteView::npos || head[start] != '{' || head.find("__") == ByteView::npos) {
        return 0;
    }
    JsonOutline::Options options;
    options.start = start;
    options.detailDepth = 2;
    options.maxNodes = 20'000;
    Budget budget;
    const auto outline = JsonOutline::parse(head, budget, options);
    if (outline.empty()) {
        return 0;
    }
    const auto has = [&](std::string_view key) {
        const auto member = outline.member(head, 0, key);
        return member && outline.nodes()[*member].type == JsonType::String;
    };
    if (has("__loader__") && has("__module__")) {
        return 80;
    }
    // The names may stand behind the content.
    return fileName == "schema.json" && head.find("__loader__") != ByteView::npos ? 70 : 0;
}

} // namespace

// skops hands its bytes to json.loads, which takes UTF-16 and UTF-32 as well.
int sniff(ByteView head, std::uint64_t /*size*/, std::string_view fileName)
{
    return sniffText(HeadText(head).view(), fileName);
}

void parse(const Artifact& artifact, Budget& budget, Facts& out)
{
    const auto start = openText(artifact, out);
    const auto text = out.text(artifact);
    auto model = std::make_shared<ModelContent>();
    model->kind = "skops";
    out.model = model;
    out.coverage = {artifact.view().size(), artifact.view().size()};
    ModelParts parts(text, out, *model);
    parts.region(RegionKind::PlainText, {start, text.size()}, "schema");
    JsonOutline::Options options;
    options.start = start;
    options.detailDepth = 1'000;
    const auto outline = JsonOutline::parse(text, budget, options);
    if (outline.stoppedEarly()) {
        noteOnce(out, "stopped", "Reading stopped early", outline.stoppedAt());
    }
    if (outline.empty()) {
        return;
    }
    for (const auto& trouble : outline.troubles()) {
        if (trouble.kind != JsonTrouble::Kind::NotANumber) {
            const auto at = std::min<std::uint64_t>(trouble.offset, text.size());
            model->addFlaw("skops-broken-json", {at, std::min<std::uint64_t>(at + 1, text.size())});
            noteOnce(out, "json-broken", "The JSON is broken; parts may have been missed", at);
        }
    }
    if (const auto version = outline.member(text, 0, "_skops_version")) {
        model->producer = "skops " + toDisplay(outline.string(text, *version), 40);
    }
    if (const auto protocol = outline.member(text, 0, "protocol")) {
        parts.field("protocol", outline.nodes()[*protocol].value);
    }
    Reader(parts, outline).run(budget);
    if (model->operators.size() >= ModelContent::mostOperators) {
        noteOnce(out, "too-many-types", "There are more types than the limit; the rest was not judged", 0);
    }
}

} // namespace cupel::formats::skops
