// SPDX-License-Identifier: GPL-3.0-or-later
// Images, fonts, sound, video, PDF: recognised by their first bytes. There is no text in them that a rule of today
// judges, so they are listed as looked at and not searched.
#include "analyzers/base/image_magic.h"
#include "analyzers/model/facts.h"

#include "analyzers/base/budget.h"

namespace cupel::formats::image {

int sniff(ByteView head, std::uint64_t /*size*/, std::string_view /*fileName*/)
{
    return mediaByMagic(head).empty() ? 0 : 95;
}

void parse(const Artifact& artifact, Budget& /*budget*/, Facts& out)
{
    out.scannable = false;
    out.coverage = {artifact.view().size(), artifact.view().size()};
}

} // namespace cupel::formats::image
