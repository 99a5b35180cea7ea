// SPDX-License-Identifier: GPL-3.0-or-later
// NumPy arrays, one after another to the end of the file. Arrays of objects hold a pickle: it becomes a member.
#include "analyzers/base/budget.h"
#include "analyzers/formats/npy/npy_header.h"
#include "analyzers/model/facts.h"

#include <algorithm>
#include <memory>

namespace cupel::formats::npy {

namespace {

using namespace std::string_view_literals;

constexpr auto magic = "\x93NUMPY"sv;

void note(Facts& out, std::string code, std::string message, std::uint64_t at)
{
    out.status = ReadStatus::Partial;
    out.diagnostics.push_back({std::move(code), std::move(message), at, DiagnosticLevel::Incomplete});
}

// Where it ends only a pickle machine knows: the member has all the rest.
bool giveObjects(const Artifact& artifact, const Header& header, Budget& budget, Facts& out)
{
    const auto bytes = artifact.view().substr(header.dataStart);
    if (artifact.depth >= budget.limits().containerDepth || bytes.size() > budget.limits().memberBytes
        || !budget.inflate(bytes.size())) {
        note(out, "member-too-large", "The objects of the array are more than the limit and were not looked at",
            header.dataStart);
        return false;
    }
    ChildArtifact child{"objects-" + std::to_string(header.dataStart) + ".pkl", std::make_shared<std::string>(bytes)};
    if (out.takeChild) {
        out.takeChild(child);
        child.bytes.reset();
    }
    out.children.push_back(std::move(child));
    return true;
}

} // namespace

int sniff(ByteView head, std::uint64_t /*size*/, std::string_view /*fileName*/)
{
    return head.starts_with(magic) ? 95 : 0;
}

void parse(const Artifact& artifact, Budget& budget, Facts& out)
{
    const auto bytes = artifact.view();
    out.coverage.total = bytes.size();
    std::uint64_t at = 0;
    while (at < bytes.size() && budget.spend(1'024)) {
        if (bytes.substr(at, magic.size()) != magic) {
            note(out, "trailing-bytes", std::to_string(bytes.size() - at) + " bytes follow the array", at);
            out.flaws.push_back({"npy-trailing", {at, bytes.size()}, std::to_string(bytes.size() - at), -1, 1});
            break;
        }
        const auto header = readHeader(bytes, at);
        if (!header) {
            note(out, "npy-header", "The header of an array cannot be read: " + header.error().detail, at);
            out.flaws.push_back(
                {"npy-header", {at, std::min<std::uint64_t>(at + 8, bytes.size())}, header.error().detail, -1, 1});
            break;
        }
        const auto& array = header.value();
        if (array.objects) {
            at = giveObjects(artifact, array, budget, out) ? bytes.size() : array.dataStart;
            out.coverage.understood = at;
            return;
        }
        if (array.dataSize > bytes.size() - array.dataStart) {
            note(out, "npy-truncated", "The array has fewer bytes than its shape says", array.dataStart);
            out.flaws.push_back({"npy-header", {at, std::min<std::uint64_t>(at + 8, bytes.size())},
                "its shape asks for more bytes than there are", -1, 1});
            at = bytes.size();
            break;
        }
        at = array.dataStart + array.dataSize;
    }
    out.coverage.understood = std::min<std::uint64_t>(at, bytes.size());
}

} // namespace cupel::formats::npy
