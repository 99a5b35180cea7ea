// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/secrets/literal_matcher.h"

#include "analyzers/rules/secrets/secret_row.h"

namespace cupel::rules::secrets {

bool findLiterals(ByteView text, std::vector<LiteralHit>& hits, std::size_t maxHits)
{
    constexpr LiteralSet::Literals literalAt = [](std::uint32_t index) {
        return LiteralText{literals()[index].text, literals()[index].anyCase};
    };
    // Never destroyed: threads may outlive the statics.
    static const LiteralSet* const shared = new LiteralSet(literals().size(), literalAt, literalDatabase());
    return shared->find(text, hits, maxHits);
}

} // namespace cupel::rules::secrets
