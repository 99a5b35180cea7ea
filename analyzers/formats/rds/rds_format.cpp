// SPDX-License-Identifier: GPL-3.0-or-later
// Values that R has serialised (.rds) and sets of variables (.rda, .RData), plain or as the member of a compressed
// file. Walked through without evaluating; promises with code in them run when somebody touches the value.
#include "analyzers/formats/rds/rds_walk.h"

namespace cupel::formats::rds {

namespace {

constexpr std::size_t magicSize = 5; // "RDX3\n"

// Where the serialised value begins behind the magic of a set of variables.
std::uint64_t valueAt(ByteView bytes)
{
    const bool set = bytes.size() >= magicSize && bytes.starts_with("RD")
        && (bytes[2] == 'X' || bytes[2] == 'A' || bytes[2] == 'B') && (bytes[3] == '2' || bytes[3] == '3')
        && bytes[4] == '\n';
    return set ? magicSize : 0;
}

bool isVersion(std::int64_t version)
{
    return version == 2 || version == 3;
}

bool header(Wire& wire, Source& source)
{
    std::int64_t version = 0;
    std::int64_t writer = 0;
    std::int64_t least = 0;
    const auto start = wire.at();
    if (!source.integer(version)) {
        return false;
    }
    if (wire.bytes()[start - 2] == 'B' && !isVersion(version)) {
        source.setBigEndian(true);
        wire.seek(start);
        if (!source.integer(version)) {
            return false;
        }
    }
    if (!isVersion(version)) {
        return wire.broken("there is no version " + std::to_string(version));
    }
    const auto place = wire.at();
    if (!source.integer(writer) || !source.integer(least)) {
        return false;
    }
    wire.model().kind = "R serialization " + std::to_string(version);
    wire.model().producer = "R " + std::to_string((writer >> 16) & 0xFF) + "." + std::to_string((writer >> 8) & 0xFF)
        + "." + std::to_string(writer & 0xFF);
    wire.model().metadata.push_back({"written by", wire.model().producer, {place, wire.at()}});
    if (version == 2) {
        return true;
    }
    std::int64_t size = 0;
    ByteRange encoding;
    if (!source.integer(size)) {
        return false;
    }
    // R keeps 63 bytes for the name of the encoding.
    return size < 0 || size > 63 ? wire.broken("the name of its encoding has no length that can be")
                                 : source.string(static_cast<std::uint64_t>(size), encoding);
}

bool value(Wire& wire)
{
    Source source(wire);
    const auto bytes = wire.bytes();
    const auto at = valueAt(bytes);
    wire.seek(at);
    if (!wire.skip(2)) {
        return false;
    }
    if (bytes[at + 1] != '\n' || (bytes[at] != 'X' && bytes[at] != 'A' && bytes[at] != 'B')) {
        return wire.broken("nobody knows how its numbers are written");
    }
    source.setForm(bytes[at] == 'A' ? Source::Form::Ascii
            : bytes[at] == 'B'      ? Source::Form::Native
                                    : Source::Form::Xdr);
    source.setBigEndian(bytes[at] == 'X');
    if (!header(wire, source) || !Walk(wire, source).run()) {
        return false;
    }
    // The last line of the form with words ends with a line break.
    while (bytes[at] == 'A' && wire.left() > 0 && bytes[wire.at()] == '\n') {
        wire.seek(wire.at() + 1);
    }
    return true;
}

} // namespace

int sniff(ByteView head, std::uint64_t /*size*/, std::string_view fileName)
{
    if (valueAt(head) != 0) {
        return 95;
    }
    if (head.size() < 10 || head[1] != '\n') {
        return 0;
    }
    const bool named = fileName.ends_with(".rds") || fileName.ends_with(".RDS") || fileName.ends_with(".Rds");
    const auto byte = [head](std::size_t at) { return static_cast<unsigned char>(head[at]); };
    // Versions of R are three small bytes behind a zero.
    const bool big = byte(2) == 0 && byte(3) == 0 && byte(4) == 0 && isVersion(byte(5)) && byte(6) == 0;
    const bool little = isVersion(byte(2)) && byte(3) == 0 && byte(4) == 0 && byte(5) == 0 && byte(9) == 0;
    if ((head[0] == 'X' && big) || (head[0] == 'B' && (little || big))) {
        return 92;
    }
    if (head[0] == 'A' && (head[2] == '2' || head[2] == '3') && head[3] == '\n') {
        // Two numbers above 65,536 on the next lines.
        const auto digits = [head](std::size_t at) { return head.find_first_not_of("0123456789", at); };
        const auto first = digits(4);
        return first != ByteView::npos && first >= 9 && head[first] == '\n' ? 90 : 0;
    }
    return named && (head[0] == 'X' || head[0] == 'A' || head[0] == 'B') ? 60 : 0;
}

void parse(const Artifact& artifact, Budget& budget, Facts& out)
{
    Wire wire(artifact, budget, out, "R serialization", "r-broken");
    wire.finish(value(wire));
}

} // namespace cupel::formats::rds
