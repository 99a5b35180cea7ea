// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/secrets/literal_matcher.h"

#include "analyzers/rules/secrets/secret_row.h"

namespace cupel::rules::secrets {

bool findLiterals(ByteView text, std::vector<LiteralHit>& hits, std::size_t maxHits)
{
    static const LiteralSet* const shared = [] { // never destroyed: threads may outlive the statics
        std::vector<LiteralText> list;
        list.reserve(literals().size());
        for (const auto& literal : literals()) {
            list.push_back({literal.text, literal.anyCase});
        }
        return new LiteralSet(std::move(list), literalDatabase());
    }();
    return shared->find(text, hits, maxHits);
}

} // namespace cupel::rules::secrets
