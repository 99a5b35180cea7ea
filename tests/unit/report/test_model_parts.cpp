// SPDX-License-Identifier: GPL-3.0-or-later
// Which parts of a model a report tells in full, where there are more than it has room for.
#include "analyzers/engine/scan.h"
#include "analyzers/report/build.h"
#include "analyzers/report/model_brief.h"
#include "analyzers/report/writers/markdown.h"
#include "tests/unit/check.h"

using namespace cupel;

// What PyTorch loads first comes first; what belongs to messages about code is what is left out.
CUPEL_TEST(the_pickle_that_is_loaded_first_is_told_first)
{
    ScanOptions keep;
    keep.keepBytes = true;
    const auto whole = engine::scanAll({CUPEL_SOURCE_DIR "/tests/data/frameworks/torch-2.9.1/traced.pt"}, keep);
    report::Options options;
    for (const auto& [path, analysis] : whole.analyses) {
        if (auto brief = report::modelBrief(*analysis, report::BriefDetail::All)) {
            options.models.emplace(path, std::move(brief));
        }
    }
    const auto text = report::writeMarkdown(report::build(whole, options));
    const auto data = text.find("(`traced/data.pkl`)");
    const auto constants = text.find("(`traced/constants.pkl`)");
    const auto debug = text.find(".debug_pkl`)");
    CHECK(data != std::string::npos && data < constants && constants < debug);
    CHECK(text.find("2 further parts are models and not told in full") != std::string::npos);
    CHECK(text.find("| traced/data/0 | tensor data |") != std::string::npos);
}
