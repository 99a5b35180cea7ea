// SPDX-License-Identifier: GPL-3.0-or-later
// Files of a model's folder that are run because of their names: by Inference Endpoints of Hugging Face, and by
// generate() of transformers.
#include "analyzers/base/bytes.h"
#include "analyzers/rules/model/checks.h"
#include "analyzers/rules/sink.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace cupel::rules::model {

namespace {

struct Called {
    std::string_view file; // end of its path
    std::string_view definition;
    std::string_view who;
};
constexpr std::array called{
    Called{"handler.py", "class EndpointHandler", "A server of Inference Endpoints imports this file and calls it"},
    Called{"custom_generate/generate.py", "def generate(",
        "Generating text with the model imports this file and calls it, where the caller trusts its code"}};

bool isNamed(std::string_view path, std::string_view file)
{
    return path == file
        || (path.size() > file.size() && path.ends_with(file) && path[path.size() - file.size() - 1] == '/');
}

} // namespace

void hubCode(const RuleInput& input, FindingSink& sink)
{
    const auto text = input.facts.text(input.artifact);
    for (const auto& one : called) {
        const auto at = isNamed(input.artifact.path, one.file) ? text.find(one.definition) : ByteView::npos;
        if (at == ByteView::npos) {
            continue;
        }
        Hit hit;
        hit.rule = "CUP-HUB-OWN-CODE";
        hit.bytes = {at, at + one.definition.size()};
        hit.severity = Severity::Medium;
        hit.confidence = Confidence::Certain;
        hit.message = std::string(one.who) + ".";
        hit.arguments["name"] = one.file;
        sink.add(std::move(hit));
    }
}

} // namespace cupel::rules::model
