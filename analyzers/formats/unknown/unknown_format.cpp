// SPDX-License-Identifier: GPL-3.0-or-later
// Everything no other format takes: searched as raw bytes, and said to be so.
#include "analyzers/base/budget.h"
#include "analyzers/model/facts.h"
#include "analyzers/model/neighbours.h"

#include <string>

namespace cupel::formats::unknown {

namespace {

// "archive/data/7" beside "archive/data.pkl": numbers of PyTorch without a form of their own. What they mean stands in
// the pickle, whose judge compares their sizes.
bool isTorchStorage(const Artifact& artifact)
{
    const auto name = artifact.memberName();
    const auto slash = name.rfind('/');
    if (!artifact.beside || slash == std::string_view::npos || slash + 1 == name.size()) {
        return false;
    }
    const auto folder = name.substr(0, slash);
    const bool numbered = name.find_first_not_of("0123456789", slash + 1) == std::string_view::npos;
    if (folder.ends_with(".data") && name.ends_with(".storage")) { // torch.package
        return true;
    }
    return numbered && artifact.beside->find(std::string(folder) + ".pkl");
}

} // namespace

int sniff(ByteView /*head*/, std::uint64_t /*size*/, std::string_view /*fileName*/)
{
    return 1;
}

void parse(const Artifact& artifact, Budget& /*budget*/, Facts& out)
{
    Region region;
    region.bytes = {0, artifact.view().size()};
    out.regions.push_back(region);
    out.scannable = false;
    if (isTorchStorage(artifact)) {
        out.coverage = {artifact.view().size(), artifact.view().size()};
        out.hasLines = false;
        return;
    }
    out.status = ReadStatus::Partial;
    out.coverage = {0, artifact.view().size()};
    out.diagnostics.push_back({"unknown-format", "The format is not known; only its raw bytes were searched", 0,
        DiagnosticLevel::Incomplete});
}

} // namespace cupel::formats::unknown
