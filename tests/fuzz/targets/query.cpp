// SPDX-License-Identifier: GPL-3.0-or-later
// The filter field: any text parses, spans and problems lie inside it, matching never fails.
#include "tests/fuzz/fuzz.h"
#include "widgets/models/finding_query.h"

using namespace cupel;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto text = QString::fromUtf8(
        reinterpret_cast<const char*>(data), static_cast<qsizetype>(std::min<std::size_t>(size, 4'096)));
    const auto query = widgets::FindingQuery::parse(text);
    int end = 0;
    for (const auto& span : query.spans()) {
        fuzz::must(span.start >= end && span.length >= 0 && span.start + span.length <= text.size(),
            "spans are in order and inside");
        end = span.start + span.length;
    }
    const auto& problem = query.problem();
    fuzz::must(problem.start >= 0 && problem.length >= 0 && problem.start + problem.length <= text.size(),
        "the problem has a place");
    fuzz::must(query.isEmpty() || !query.isValid() || !query.echo().isEmpty(), "a valid query can be said in words");
    Finding finding;
    finding.rule = "CUP-SEC-EXAMPLE";
    finding.title = "An example of a title";
    finding.location.artifact = "folder/file.ipynb";
    finding.location.cell = 4;
    (void)query.matches(finding);
    return 0;
}
