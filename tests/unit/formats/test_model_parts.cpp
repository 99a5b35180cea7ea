// SPDX-License-Identifier: GPL-3.0-or-later
// Values that name the same bytes again and again are read so often, and no more.
#include "analyzers/formats/model_parts.h"
#include "tests/unit/check.h"

using namespace cupel;
using formats::ModelParts;

CUPEL_TEST(a_value_is_paid_for_once)
{
    const std::string file(4 << 20, 'x');
    Facts facts;
    ModelContent model;
    ModelParts parts(file, facts, model);
    for (std::uint64_t i = 0; i < ModelParts::mostReadings; ++i) {
        parts.field("key", {0, file.size()});
    }
    CHECK(facts.diagnostics.empty());
    CHECK_EQ(facts.regions.size(), ModelParts::mostReadings);
    CHECK_EQ(model.metadata.size(), ModelParts::mostReadings);
    parts.field("key", {0, file.size()});
    REQUIRE(facts.diagnostics.size() == 1);
    CHECK_EQ(facts.diagnostics[0].code, "texts-overlap");
    CHECK_EQ(facts.regions.size(), ModelParts::mostReadings);
    CHECK(!parts.region(RegionKind::Metadata, {0, file.size()}, "key"));
}
