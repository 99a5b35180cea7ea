// SPDX-License-Identifier: GPL-3.0-or-later
// Plain text of any kind: configuration, requirements, logs, CSV.
#include "analyzers/base/budget.h"
#include "analyzers/formats/mlflow_model.h"
#include "analyzers/formats/orbax_metadata.h"
#include "analyzers/formats/transcode.h"

#include <algorithm>

namespace cupel::formats::text {

namespace {

bool isControl(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != '\x1b' && c != '\b')
        || byte == 0x7F;
}

} // namespace

int sniff(ByteView head, std::uint64_t size, std::string_view /*fileName*/)
{
    if (size == 0) {
        return 20;
    }
    if (const auto encoding = detectEncoding(head); encoding.kind != Encoding::Kind::Utf8) {
        return 40;
    }
    // Text holds no zero byte and hardly any control character; files in old code pages are text too.
    if (head.find('\0') != ByteView::npos) {
        return 0;
    }
    const auto sample = head.substr(0, 4'096);
    const auto controls = std::count_if(sample.begin(), sample.end(), isControl);
    return static_cast<std::uint64_t>(controls) * 100 <= sample.size() ? 20 : 0;
}

void parse(const Artifact& artifact, Budget& budget, Facts& out)
{
    Region region;
    region.bytes.start = openText(artifact, out);
    region.bytes.end = out.text(artifact).size();
    region.part = Part::Source;
    out.regions.push_back(region);
    out.coverage = {artifact.view().size(), artifact.view().size()};
    readMlflowModel(artifact, budget, out);
    readOrbaxMetadata(artifact, budget, out);
}

} // namespace cupel::formats::text
