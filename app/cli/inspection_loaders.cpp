// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/inspection_loaders.h"

#include "analyzers/report/writers/text_unicode.h"
#include "analyzers/rules/pickle/loaders.h"

#include <algorithm>

namespace cupel::cli {

namespace {

using report::printable;

constexpr std::size_t mostTypes = 100; // for people

std::string shown(const std::string& text, const std::vector<ByteRange>& sources, const Analysis& analysis)
{
    formats::ShownText out{text, {}};
    for (const auto source : sources) {
        out.quotes.push_back({source, 0, static_cast<std::uint32_t>(text.size())});
    }
    return formats::withoutSensitive(out, analysis.sensitive);
}

} // namespace

std::vector<ShownLoader> shownLoaders(const Analysis& analysis)
{
    std::vector<ShownLoader> out;
    for (const auto& answer : rules::pickle::loaderAnswers(analysis.artifact, analysis.facts)) {
        auto& one = out.emplace_back();
        one.loader = answer.loader;
        one.verdict = toString(answer.kind);
        one.why = shown(answer.why, answer.sources, analysis);
        one.risks = answer.risks;
        for (const auto& [type, place] : answer.untrusted) {
            one.untrusted.push_back(shown(type, {place}, analysis));
        }
    }
    return out;
}

std::vector<ShownLoader> planLoaders(const Analysis& analysis)
{
    return formats::pickleFacts(analysis.facts) ? std::vector<ShownLoader>() : shownLoaders(analysis);
}

int gravity(const std::vector<ShownLoader>& loaders)
{
    using Kind = rules::pickle::LoaderAnswer::Kind;
    int worst = 0;
    for (const auto& one : loaders) {
        worst = std::max(worst,
            one.verdict == toString(Kind::Runs)          ? 2
                : one.verdict == toString(Kind::Refuses) ? 1
                                                         : 0);
    }
    return worst;
}

void loadersJson(const std::vector<ShownLoader>& loaders, report::JsonStream& json)
{
    json.arrayField("loaders");
    for (const auto& one : loaders) {
        json.beginObject();
        json.field("loader", one.loader);
        json.field("verdict", one.verdict);
        json.field("why", one.why);
        json.arrayField("risks");
        for (const auto risk : one.risks) {
            json.string(risk);
        }
        json.endArray();
        if (!one.untrusted.empty()) {
            json.arrayField("untrusted");
            for (const auto& type : one.untrusted) {
                json.string(type);
            }
            json.endArray();
        }
        json.endObject();
    }
    json.endArray();
}

void loadersText(const std::vector<ShownLoader>& loaders, std::string_view title, const report::Paint& paint,
    const report::TextSink& sink)
{
    if (loaders.empty()) {
        return;
    }
    sink("\n  " + paint.bold(std::string(title)) + "\n");
    for (const auto& one : loaders) {
        sink("    " + std::string(one.loader) + "\n      " + paint.bold(std::string(one.verdict)) + ": "
            + printable(one.why) + "\n");
        for (const auto risk : one.risks) {
            sink("      " + paint.dim(std::string(risk)) + "\n");
        }
        if (!one.untrusted.empty()) {
            sink("      get_untrusted_types:\n");
        }
        const auto listed = std::min(one.untrusted.size(), mostTypes);
        for (std::size_t i = 0; i < listed; ++i) {
            sink("        " + printable(one.untrusted[i]) + "\n");
        }
        if (listed < one.untrusted.size()) {
            sink("        \u2026 " + std::to_string(one.untrusted.size() - listed) + " more\n");
        }
    }
}

} // namespace cupel::cli
