// SPDX-License-Identifier: GPL-3.0-or-later
// Everything no other format takes: searched as raw bytes, and said to be so.
#include "analyzers/base/budget.h"
#include "analyzers/model/facts.h"

namespace cupel::formats::unknown {

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
    out.status = ReadStatus::Partial;
    out.coverage = {0, artifact.view().size()};
    out.diagnostics.push_back({"unknown-format", "The format is not known; only its raw bytes were searched", 0,
        DiagnosticLevel::Incomplete});
}

} // namespace cupel::formats::unknown
