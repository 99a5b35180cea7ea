// SPDX-License-Identifier: GPL-3.0-or-later
// Models of CatBoost, as CatBoost 1.2.10 writes them, and changed ones.
#include "tests/unit/check.h"
#include "tests/unit/model_bytes.h"

using namespace cupel;
using test::Judged;

namespace {

std::string seed(const std::string& name)
{
    return test::readFile(CUPEL_SOURCE_DIR "/tests/data/formats/catboost/" + name).value_or("");
}

std::string value(const ModelContent& model, std::string_view key)
{
    for (const auto& field : model.metadata) {
        if (field.key == key) {
            return field.value;
        }
    }
    return {};
}

} // namespace

CUPEL_TEST(models_of_catboost_are_read_to_their_end)
{
    for (const auto* name : {"plain.cbm", "lossguide.cbm", "multi.cbm", "ctr.cbm"}) {
        const Judged file(seed(name), name);
        CHECK_EQ(file.all(), "");
        CHECK(file.complete());
        CHECK_EQ(std::string(file.analysis.facts.format), "catboost");
        CHECK_EQ(file.model().producer, "CatBoost 1.2.10");
    }
    const Judged plain(seed("plain.cbm"), "plain.cbm");
    CHECK_EQ(value(plain.model(), "trees"), "3");
    CHECK_EQ(value(plain.model(), "format version"), "FlabuffersModel_v1");
    CHECK_EQ(plain.model().tensors.at(0).name, "tree_splits");
    const Judged statistics(seed("ctr.cbm"), "ctr.cbm");
    CHECK_EQ(value(statistics.model(), "part 0"), "static_provider_v1");
    CHECK_EQ(value(statistics.model(), "tables of statistics"), "2");
}

CUPEL_TEST(contradictions_of_catboost_are_told)
{
    const auto plain = seed("plain.cbm");
    // A size beyond the file, and tables that are not there.
    auto large = plain;
    large.replace(4, 4, "\xff\xff\xff\x7f");
    CHECK(Judged(large, "a.cbm").finding("CUP-CATBOOST-BROKEN") != nullptr);
    CHECK(Judged("CBM1" + test::number(16, 4) + std::string(16, '\0'), "a.cbm").finding("CUP-CATBOOST-BROKEN")
        != nullptr);
    CHECK(!Judged("CBM1" + test::number(16, 4) + std::string(16, '\0'), "a.cbm").complete());
    // More splits than there are.
    auto deep = plain;
    const Judged first(plain, "a.cbm");
    for (const auto& tensor : first.model().tensors) {
        if (tensor.name == "tree_sizes") {
            deep.replace(tensor.bytes.start, 4, test::number(9, 4));
        }
    }
    CHECK(Judged(deep, "a.cbm").finding("CUP-CATBOOST-BROKEN") != nullptr);
    const auto cut = seed("ctr.cbm");
    CHECK(Judged(cut.substr(0, cut.size() - 100), "a.cbm").finding("CUP-CATBOOST-BROKEN") != nullptr);
}

CUPEL_TEST(bytes_of_catboost_that_belong_to_nothing_are_told)
{
    const auto plain = seed("plain.cbm");
    const Judged behind(plain + "hidden words", "a.cbm");
    CHECK_EQ(behind.all(), "MODEL-HIDDEN:medium");
    CHECK(!behind.complete());
    // Between the tables and their end.
    auto inside = plain + std::string(12, 'x');
    inside.replace(4, 4, test::number(inside.size() - 8, 4));
    CHECK_EQ(Judged(inside, "a.cbm").all(), "MODEL-HIDDEN:medium");
    CHECK(Judged(seed("ctr.cbm") + "hidden words", "a.cbm").finding("CUP-MODEL-HIDDEN") != nullptr);
}

CUPEL_TEST(damage_of_catboost_never_stops_the_reader)
{
    const auto whole = seed("ctr.cbm");
    for (std::size_t at = 0; at < whole.size(); at += 7) {
        auto damaged = whole;
        damaged[at] = static_cast<char>(damaged[at] ^ 0xAA);
        CHECK(!Judged(damaged, "x.cbm").analysis.facts.format.empty());
        CHECK(!Judged(whole.substr(0, at), "x.cbm").analysis.facts.format.empty());
    }
}
