// SPDX-License-Identifier: GPL-3.0-or-later
// Programs of ExecuTorch (.pte): the header is read and checked, the flatbuffer behind it is not; that is said.
// executorch/schema: file identifier "ET12", extended header "eh00" at 8.
#include "analyzers/base/budget.h"
#include "analyzers/formats/members.h"

#include <algorithm>
#include <memory>

namespace cupel::formats::executorch {

namespace {

using namespace std::string_view_literals;

constexpr std::uint64_t identifierAt = 4;
constexpr std::uint64_t headerAt = 8;
constexpr std::uint64_t smallestHeader = 24; // magic, length, size of the program, start of the segments

std::uint64_t number(ByteView bytes, std::uint64_t at, unsigned width)
{
    std::uint64_t value = 0;
    for (unsigned i = 0; i < width && at + i < bytes.size(); ++i) {
        value |= std::uint64_t{static_cast<unsigned char>(bytes[at + i])} << (8 * i);
    }
    return value;
}

} // namespace

int sniff(ByteView head, std::uint64_t /*size*/, std::string_view /*fileName*/)
{
    return head.size() > headerAt && head.substr(identifierAt, 4) == "ET12"sv ? 90 : 0;
}

void parse(const Artifact& artifact, Budget& /*budget*/, Facts& out)
{
    const auto bytes = artifact.view();
    out.hasLines = false;
    out.coverage.total = bytes.size();
    auto model = std::make_shared<ModelContent>();
    model->kind = "ExecuTorch program";
    auto read = headerAt;
    const auto root = number(bytes, 0, 4);
    if (root < headerAt || root >= bytes.size()) {
        model->addFlaw("executorch-header", {0, 4}, "the program starts outside of the file");
    }
    if (slice(bytes, {headerAt, headerAt + 4}) == "eh00"sv) {
        const auto length = number(bytes, headerAt + 4, 4);
        const auto program = number(bytes, headerAt + 8, 8);
        const auto segments = number(bytes, headerAt + 16, 8);
        const ByteRange place{headerAt, std::min<std::uint64_t>(headerAt + smallestHeader, bytes.size())};
        if (length < smallestHeader || length > bytes.size() - headerAt) {
            model->addFlaw("executorch-header", place, "its length is impossible");
        } else if (program > bytes.size() || segments > bytes.size() || (segments != 0 && segments < program)) {
            model->addFlaw("executorch-header", place, "parts of the file lie outside of it");
        }
        model->metadata.push_back({"program size", std::to_string(program), {headerAt + 8, headerAt + 16}});
        model->metadata.push_back({"segments start", std::to_string(segments), {headerAt + 16, headerAt + 24}});
        read = place.end;
        for (auto& field : model->metadata) {
            field.bytes.end = std::min<std::uint64_t>(field.bytes.end, bytes.size());
        }
    }
    out.coverage.understood = std::min<std::uint64_t>(read, bytes.size());
    out.model = std::move(model);
    Region region;
    region.bytes = {0, bytes.size()};
    out.regions.push_back(std::move(region));
    noteIncomplete(out, "executorch-program", "Only the header of the program was understood", headerAt);
}

} // namespace cupel::formats::executorch
