// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/unread.h"

#include "app/cli/terminal.h"

namespace cupel::cli {

std::optional<Exit> unread(const Analysis& file)
{
    if (file.facts.status != ReadStatus::Unreadable) {
        return std::nullopt;
    }
    for (const auto& diagnostic : file.facts.diagnostics) {
        complain("'" + file.artifact.path + "': " + diagnostic.message);
        if (diagnostic.code == toString(ErrorCode::NotFound)) {
            return Exit::NothingScannable;
        }
    }
    return Exit::Incomplete;
}

} // namespace cupel::cli
