// SPDX-License-Identifier: GPL-3.0-or-later
// GGUF of every version and byte order, and each thing in it that made readers fail.
#include "tests/unit/check.h"
#include "tests/unit/model_bytes.h"

using namespace cupel;
using test::Judged;
using test::number;

namespace {

// Writes what it is told to, right or wrong.
struct Maker {
    std::uint32_t version = 3;
    bool big = false;
    std::uint64_t alignment = 32;
    std::string values;
    std::string tensors;
    std::uint64_t valueCount = 0;
    std::uint64_t tensorCount = 0;

    [[nodiscard]] unsigned wide() const { return version == 1 ? 4 : 8; }
    [[nodiscard]] std::string text(const std::string& value) const { return number(value.size(), wide(), big) + value; }
    Maker& add(const std::string& key, std::uint32_t type, const std::string& value)
    {
        values += text(key) + number(type, 4, big) + value;
        ++valueCount;
        return *this;
    }
    Maker& addText(const std::string& key, const std::string& value) { return add(key, 8, text(value)); }
    Maker& addArray(const std::string& key, std::uint32_t type, std::uint64_t count, const std::string& elements)
    {
        return add(key, 9, number(type, 4, big) + number(count, wide(), big) + elements);
    }
    Maker& tensor(
        const std::string& name, const std::vector<std::uint64_t>& extents, std::uint32_t type, std::uint64_t offset)
    {
        tensors += text(name) + number(extents.size(), 4, big);
        for (const auto extent : extents) {
            tensors += number(extent, wide(), big);
        }
        tensors += number(type, 4, big) + number(offset, 8, big);
        ++tensorCount;
        return *this;
    }
    [[nodiscard]] std::string bytes(const std::string& data = {}) const
    {
        auto out = "GGUF" + number(version, 4, big) + number(tensorCount, wide(), big) + number(valueCount, wide(), big)
            + values + tensors;
        if (!data.empty()) {
            out.resize((out.size() + alignment - 1) / alignment * alignment, '\0');
        }
        return out + data;
    }
    [[nodiscard]] Judged judged(const std::string& data = {}) const { return {bytes(data), "a.gguf"}; }
};

std::string zeros(std::size_t size)
{
    return std::string(size, '\0');
}

} // namespace

CUPEL_TEST(every_version_and_order_reads_the_same)
{
    for (const auto& [version, big] : {std::pair{1U, false}, {2U, false}, {3U, false}, {3U, true}}) {
        Maker maker;
        maker.version = version;
        maker.big = big;
        maker.addText("general.architecture", "llama").add("llama.block_count", 4, number(2, 4, big));
        maker.add("a.i16", 3, number(0xFFFE, 2, big)).add("a.f32", 6, number(0x3F000000, 4, big));
        maker.addArray("tokenizer.ggml.tokens", 8, 2, maker.text("<s>") + maker.text("eval("));
        maker.addArray("a.list", 10, 2, number(1, 8, big) + number(2, 8, big));
        maker.tensor("a.weight", {32, 3}, 2, 0).tensor("b", {2}, 0, 64);
        const auto file = maker.judged(zeros(64 + 8));
        CHECK_EQ(file.all(), "");
        CHECK(file.complete());
        CHECK_EQ(file.analysis.facts.format, "gguf");
        CHECK_EQ(file.model().metadata.at(1).value, "2");
        CHECK_EQ(file.model().metadata.at(2).value, "-2");
        CHECK_EQ(file.model().metadata.at(3).value, "0.5");
        CHECK_EQ(file.model().tensorCount, 2);
        CHECK_EQ(file.model().tensors.at(0).dtype, "Q4_0");
        CHECK_EQ(file.model().tensors.at(0).shape.at(0), 3);
        CHECK_EQ(file.model().tensors.at(0).bytes.size(), 54);
        CHECK_EQ(file.model().parameterCount, 98);
        CHECK_EQ(file.analysis.facts.coverage.understood, file.analysis.facts.coverage.total);
    }
}

CUPEL_TEST(templates_are_regions_of_their_own)
{
    Maker maker;
    maker.addText("tokenizer.chat_template", "{{ a }}").addText("tokenizer.chat_template.tool", "{{ b }}");
    maker.addArray("tokenizer.chat_templates", 8, 1, maker.text("{{ c }}"));
    const auto file = maker.judged();
    int count = 0;
    for (const auto& region : file.analysis.facts.regions) {
        count += region.kind == RegionKind::Template ? 1 : 0;
    }
    CHECK_EQ(count, 3);
    CHECK_EQ(Maker().addText("general.note", "{{ ''.__class__ }}").judged().all(), "TEMPLATE-CODE:high");
    CHECK_EQ(Maker().addText("general.note", "{{ .System }} and {{ if }}").judged().all(), "");
}

CUPEL_TEST(values_that_cannot_be)
{
    const auto rule = [](const Maker& maker) { return maker.judged().all(); };
    CHECK_EQ(rule(Maker().addText("a", "x").addText("a", "y")), "GGUF-DUPLICATE:medium");
    CHECK_EQ(rule(Maker().addText("", "x")), "GGUF-KEY:medium");
    CHECK_EQ(rule(Maker().addText("a b", "x")), "GGUF-KEY:medium");
    CHECK_EQ(rule(Maker().addText(std::string(65'536, 'k'), "x")), "GGUF-KEY:medium");
    CHECK_EQ(rule(Maker().addText("a", "\xff\xfe")), "GGUF-STRING:medium");
    CHECK_EQ(rule(Maker().add("a", 13, "xx")), "GGUF-TYPE:medium");
    CHECK_EQ(rule(Maker().add("a", 7, "\x09")), "GGUF-NUMBER:medium");
    CHECK_EQ(rule(Maker().add("x.block_count", 4, number(0xFFFFFFFF, 4))), "GGUF-NUMBER:medium");
    CHECK_EQ(rule(Maker().add("split.count", 2, number(60'000, 2))), "GGUF-NUMBER:medium");
    CHECK_EQ(rule(Maker().add("general.alignment", 4, number(0, 4))), "GGUF-ALIGNMENT:medium");
    CHECK_EQ(rule(Maker().add("general.alignment", 4, number(3, 4))), "GGUF-ALIGNMENT:medium");
    CHECK_EQ(rule(Maker().add("general.alignment", 4, number(4, 4))), "GGUF-ALIGNMENT:medium");
    CHECK_EQ(rule(Maker().addArray("a", 4, 1ULL << 62, "")), "GGUF-COUNT:medium");
    CHECK_EQ(rule(Maker().addArray("a", 9, 1, "x")), "GGUF-TYPE:medium");
    CHECK_EQ(rule(Maker().addArray("a", 99, 1, "x")), "GGUF-TYPE:medium");
    CHECK_EQ(rule(Maker().add("a", 8, number(1ULL << 63, 8))), "GGUF-TRUNCATED:medium");
}

CUPEL_TEST(counts_and_versions_that_cannot_be)
{
    Maker many;
    many.addText("a", "x");
    many.tensorCount = 1ULL << 61;
    CHECK(many.judged().finding("CUP-GGUF-COUNT") != nullptr);
    CHECK(!many.judged().complete());
    many.tensorCount = 0;
    many.valueCount = ~std::uint64_t{0};
    CHECK(many.judged().finding("CUP-GGUF-COUNT") != nullptr);
    Maker none;
    none.version = 0;
    CHECK_EQ(none.judged().all(), "GGUF-VERSION:medium");
    none.version = 4;
    CHECK_EQ(none.judged().all(), "GGUF-VERSION:medium");
    CHECK_EQ(Judged(std::string("GGUF\3\0\0\0\0", 9), "a.gguf").all(), "GGUF-TRUNCATED:medium");
}

CUPEL_TEST(tensors_that_cannot_be)
{
    const auto rule = [](const Maker& maker, std::size_t size) { return maker.judged(zeros(size)).all(); };
    CHECK_EQ(rule(Maker().tensor("a", {2}, 0, 0).tensor("a", {2}, 0, 32), 40), "GGUF-DUPLICATE:medium");
    CHECK_EQ(rule(Maker().tensor("", {2}, 0, 0), 8), "GGUF-NAME:medium");
    CHECK_EQ(rule(Maker().tensor(std::string(64, 'n'), {2}, 0, 0), 8), "GGUF-NAME:medium");
    CHECK_EQ(rule(Maker().tensor("a", {2, 1, 1, 1, 1}, 0, 0), 8), "GGUF-SHAPE:medium");
    CHECK_EQ(rule(Maker().tensor("a", {1ULL << 32, 1ULL << 32}, 0, 0), 8), "GGUF-SHAPE:medium");
    CHECK_EQ(rule(Maker().tensor("a", {1ULL << 63}, 24, 0), 8), "GGUF-SHAPE:medium");
    CHECK_EQ(rule(Maker().tensor("a", {33}, 2, 0), 18), "GGUF-SHAPE:medium");
    CHECK_EQ(rule(Maker().tensor("a", {2}, 4, 0), 8), "GGUF-TYPE:medium");
    CHECK_EQ(rule(Maker().tensor("a", {2}, 43, 0), 8), "GGUF-TYPE:medium");
    CHECK_EQ(rule(Maker().tensor("a", {2}, 0, 64), 8), "GGUF-OFFSET:medium");
    CHECK_EQ(rule(Maker().tensor("a", {2}, 0, 8), 16), "GGUF-OFFSET:medium");
    CHECK_EQ(rule(Maker().tensor("a", {2}, 0, 0).tensor("b", {2}, 0, 64), 72), "GGUF-OFFSET:medium");
    CHECK_EQ(rule(Maker().tensor("a", {9}, 0, 0), 8), "GGUF-OFFSET:medium");
    CHECK_EQ(rule(Maker().tensor("a", {2}, 0, 0), 99), ""); // padding
    CHECK_EQ(rule(Maker().tensor("a", {2}, 0, 0), 9'999), "GGUF-TRAILING:low"); // more than a page of it
    CHECK_EQ(Maker().tensor("a", {2}, 0, 0).judged(zeros(40) + "x").all(), "GGUF-TRAILING:medium");
    // Sizes of types that came later are not known: what lies behind them cannot be held against the file.
    CHECK_EQ(rule(Maker().tensor("a", {64}, 40, 0).tensor("b", {2}, 0, 64), 72), "");
}

CUPEL_TEST(filler_is_zeros)
{
    Maker maker;
    maker.tensor("a", {2}, 0, 0).tensor("b", {2}, 0, 32);
    auto bytes = maker.bytes(zeros(40));
    CHECK_EQ(Judged(bytes, "a.gguf").all(), "");
    const auto data = bytes.size() - 40;
    for (const auto at : {data - 1, data + 8, data + 31}) { // behind the header, behind the first tensor
        auto changed = bytes;
        changed[at] = 'x';
        const Judged file(changed, "a.gguf");
        CHECK_EQ(file.all(), "GGUF-PADDING:medium");
        REQUIRE(file.model().leftover.size() == 1);
        CHECK(file.model().leftover[0].contains(at));
    }
    // What follows the last tensor begins at its border.
    const Judged longer(maker.bytes(zeros(40) + zeros(24) + "behind"), "a.gguf");
    CHECK_EQ(longer.all(), "GGUF-TRAILING:medium");
    CHECK(longer.model().leftover.at(0) == ByteRange({data + 64, data + 70}));
    CHECK_EQ(longer.analysis.facts.coverage.understood, data + 64);
}

CUPEL_TEST(a_model_that_is_a_program)
{
    CHECK_EQ(Judged("MZqFpD='\n" + zeros(100), "a.llamafile").all(), "MODEL-LLAMAFILE:medium");
}
