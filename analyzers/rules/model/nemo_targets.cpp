// SPDX-License-Identifier: GPL-3.0-or-later
// Configurations in archives of NeMo: what restore_from() builds is named by `target` and `_target_`. A name may be
// unknown, or be put together from other values. What Python's own library has under `_target_`, rules/pickle/targets
// tells for every configuration. https://nvd.nist.gov/vuln/detail/CVE-2025-23304
#include "analyzers/base/data_tree.h"
#include "analyzers/base/utf8.h"
#include "analyzers/formats/hub/hub_names.h"
#include "analyzers/rules/model/checks.h"
#include "analyzers/rules/sink.h"

#include <algorithm>
#include <string>

namespace cupel::rules::model {

namespace {

constexpr std::size_t longestName = 300;
constexpr unsigned mostSteps = 8; // of values that refer to values
constexpr std::size_t mostTold = 50;

bool isInNemo(const Artifact& artifact)
{
    const auto name = artifact.fileName();
    return artifact.path.find(".nemo!") != std::string::npos && (name.ends_with(".yaml") || name.ends_with(".yml"));
}

class Reader {
public:
    Reader(const DataTree& tree, FindingSink& sink)
        : m_tree(tree)
        , m_sink(sink)
    {
    }

    void run()
    {
        for (const auto& node : m_tree.nodes()) {
            const bool target = node.key == "target";
            if (node.kind == DataKind::Scalar && (target || node.key == "_target_") && m_told < mostTold) {
                judge(node, target);
            }
        }
    }

private:
    // "${a.b}": the value of a.b from the top. Empty: it cannot be said.
    [[nodiscard]] std::string resolved(std::string text) const
    {
        for (unsigned step = 0; text.find("${") != std::string::npos; ++step) {
            const auto start = text.find("${");
            const auto end = text.find('}', start);
            if (step == mostSteps || end == std::string::npos || text.size() > longestName) {
                return {};
            }
            std::uint32_t node = 0;
            std::string_view path = std::string_view(text).substr(start + 2, end - start - 2);
            while (!path.empty() && node != DataTree::none) {
                const auto dot = std::min(path.find('.'), path.size());
                node = m_tree.member(node, path.substr(0, dot));
                path.remove_prefix(std::min(dot + 1, path.size()));
            }
            if (node == DataTree::none || node == 0 || !m_tree.is(node, DataKind::Scalar)) {
                return {};
            }
            text.replace(start, end + 1 - start, m_tree.nodes()[node].text);
        }
        return text;
    }

    void judge(const DataNode& node, bool target)
    {
        const bool made = node.text.find("${") != std::string::npos;
        const auto name = resolved(node.text);
        if (name.size() > longestName || !formats::hub::looksLikeClass(name.empty() ? "." : name)) {
            return; // nothing that is imported; what is only decided later is told with the others
        }
        const bool harmful = formats::hub::isDangerousClass(name);
        const bool ofHydra = name.starts_with("hydra.") || name.starts_with("omegaconf."); // told with the others
        if (formats::hub::isKnownClass(name) || ofHydra || (harmful && !target && !made)) {
            return;
        }
        ++m_told;
        const auto shown = toDisplay(name, 120);
        Hit hit;
        hit.rule = harmful ? "CUP-HUB-DANGEROUS-CLASS" : "CUP-HUB-CLASS";
        hit.bytes = node.bytes;
        hit.severity = harmful ? Severity::High : Severity::Medium;
        hit.confidence = Confidence::Likely;
        hit.message = harmful ? "Restoring the model imports and calls " + shown
                + (made ? ", a name that is put together from other values." : ".")
                              : "Restoring the model imports and calls a class outside of the libraries that models "
                                "use: \u201c"
                + shown + "\u201d.";
        hit.arguments["name"] = shown;
        hit.quotes.emplace_back(node.bytes, shown);
        m_sink.add(std::move(hit));
    }

    const DataTree& m_tree;
    FindingSink& m_sink;
    std::size_t m_told = 0;
};

} // namespace

void nemoTargets(const RuleInput& input, FindingSink& sink)
{
    if (!isInNemo(input.artifact)) {
        return;
    }
    const auto tree = DataTree::fromYaml(input.facts.text(input.artifact), input.budget);
    if (!tree.empty()) {
        Reader(tree, sink).run();
    }
}

} // namespace cupel::rules::model
