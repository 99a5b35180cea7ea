// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/base/outside_path.h"
#include "analyzers/base/protobuf.h"
#include "tests/unit/check.h"
#include "tests/unit/proto_bytes.h"

using namespace cupel;
using test::field;
using test::number;

namespace {

struct Read {
    std::vector<ProtoField> fields;
    ProtoTrouble trouble = ProtoTrouble::None;
    std::uint64_t at = 0;
};

Read readAll(const std::string& bytes, std::uint64_t size = 0)
{
    Read out;
    ProtoReader reader(bytes, {0, size == 0 ? bytes.size() : size});
    for (ProtoField one; reader.next(one);) {
        out.fields.push_back(one);
    }
    out.trouble = reader.trouble();
    out.at = reader.at();
    return out;
}

} // namespace

CUPEL_TEST(fields_of_every_type_and_their_places)
{
    const auto bytes = number(1, 300) + field(2, "text") + "\x19" + std::string(8, '\1') + "\x25" + std::string(4, '\2')
        + "\x2b" + number(1, 5) + "\x2c";
    const auto read = readAll(bytes);
    CHECK(read.trouble == ProtoTrouble::None);
    REQUIRE(read.fields.size() == 5);
    CHECK_EQ(read.fields[0].value, 300);
    CHECK_EQ(std::string(slice(bytes, read.fields[1].bytes)), "text");
    CHECK_EQ(read.fields[2].value, 0x0101010101010101U);
    CHECK_EQ(read.fields[3].value, 0x02020202U);
    CHECK(read.fields[4].wire == ProtoWire::Group);
    CHECK_EQ(read.fields[4].bytes.size(), 2);
    CHECK_EQ(lastNumber(bytes, {0, bytes.size()}, 1, 0), 300);
}

CUPEL_TEST(troubles_of_the_wire_format)
{
    CHECK(readAll("\x08").trouble == ProtoTrouble::Truncated);
    CHECK(readAll("\x0a\x05"
                  "ab")
              .trouble
        == ProtoTrouble::Truncated);
    CHECK(readAll(std::string("\x09\x01", 2)).trouble == ProtoTrouble::Truncated);
    CHECK(readAll("\x08" + std::string(10, '\xff') + "\x01").trouble == ProtoTrouble::Varint);
    CHECK(readAll("\x08" + std::string(9, '\xff') + "\x02").trouble == ProtoTrouble::Varint);
    CHECK(readAll("\x08" + std::string(9, '\xff') + "\x01").trouble == ProtoTrouble::None);
    CHECK(readAll(std::string("\x02\x00", 2)).trouble == ProtoTrouble::Tag); // field 0
    CHECK(readAll("\x0e").trouble == ProtoTrouble::Tag); // wire type 6
    CHECK(readAll("\x0c").trouble == ProtoTrouble::Group); // an end alone
    CHECK(readAll("\x0b\x14").trouble == ProtoTrouble::Group); // the end of another one
    CHECK(readAll("\x0b").trouble == ProtoTrouble::Truncated);
    CHECK(readAll(std::string(200, '\x0b')).trouble == ProtoTrouble::Group);
    // Longer than the message around it, but not than the file.
    const auto inner = std::string("\x0a\x20", 2);
    const auto bytes = field(1, inner) + std::string(40, '\x08');
    ProtoReader reader(bytes, {2, 4});
    ProtoField one;
    CHECK(!reader.next(one));
    CHECK(reader.trouble() == ProtoTrouble::Length);
}

CUPEL_TEST(the_head_of_a_file_ends_anywhere)
{
    const auto bytes = number(1, 7) + field(2, std::string(100, 'x'));
    for (std::size_t cut = 1; cut < bytes.size(); ++cut) {
        CHECK(readAll(bytes.substr(0, cut), bytes.size()).trouble == ProtoTrouble::None);
    }
    CHECK(readAll(bytes.substr(0, 10), bytes.size() - 1).trouble == ProtoTrouble::Length);
}

CUPEL_TEST(messages_in_messages_with_a_depth)
{
    constexpr std::array shapes{ProtoShape{1, 1, 1}, ProtoShape{1, 2, 2}};
    std::string bytes = field(2, "");
    for (int i = 0; i < 150; ++i) {
        bytes = field(1, bytes) + field(2, "");
    }
    Budget budget;
    ProtoWalk walk(bytes, shapes, budget);
    walk.push(1, {0, bytes.size()});
    std::size_t deepest = 0;
    std::size_t leaves = 0;
    for (ProtoMessage message; walk.next(message);) {
        deepest = std::max(deepest, message.depth);
        leaves += message.kind == 2 ? 1 : 0;
    }
    CHECK_EQ(deepest, ProtoWalk::mostDepth);
    CHECK(walk.tooDeepAt() != 0);
    CHECK_EQ(leaves, ProtoWalk::mostDepth - 1);
}

CUPEL_TEST(paths_that_leave_the_folder)
{
    for (const std::string_view path : {"/etc/x", "../x", "a/../../x", "./.././x", "a\\..\\x", "C:\\x", "c:x", "\\x",
             "\\\\host\\x", "//host/x", "file:///x", "https://host/x", "s3://b/x", "~/x", ""}) {
        CHECK(escapeOf(path) != PathEscape::None);
    }
    CHECK(escapeOf(std::string_view("a\0/../b", 7)) == PathEscape::Zero);
    for (const std::string_view path : {"w.bin", "./w.bin", "a/b.c", "a..b/..c", "model:0", "a b", "x~/y"}) {
        CHECK(escapeOf(path) == PathEscape::None);
    }
}
