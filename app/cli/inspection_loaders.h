// SPDX-License-Identifier: GPL-3.0-or-later
// What loaders would do with an artifact, masked, for both forms of `cupel inspect`.
#pragma once

#include "analyzers/model/analysis.h"
#include "analyzers/report/writers/json_stream.h"
#include "analyzers/report/writers/text.h"

#include <string>
#include <string_view>
#include <vector>

namespace cupel::cli {

struct ShownLoader {
    std::string_view loader;
    std::string_view verdict; // "runs", "reads", "refuses"
    std::string why; // one clause
    std::vector<std::string_view> risks;
    std::vector<std::string> untrusted; // types that skops has to be told to trust
};

// For an analysis with its bytes; none: nobody loads it by itself.
[[nodiscard]] std::vector<ShownLoader> shownLoaders(const Analysis& analysis);
// The same; none of pickles, whose part of the output has them.
[[nodiscard]] std::vector<ShownLoader> planLoaders(const Analysis& analysis);
[[nodiscard]] int gravity(const std::vector<ShownLoader>& loaders); // 2: one runs it, 1: one refuses it, 0: all read it
void loadersJson(const std::vector<ShownLoader>& loaders, report::JsonStream& json); // the field "loaders"
void loadersText(const std::vector<ShownLoader>& loaders, std::string_view title, const report::Paint& paint,
    const report::TextSink& sink);

} // namespace cupel::cli
