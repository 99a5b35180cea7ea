// SPDX-License-Identifier: GPL-3.0-or-later
// What else lies in the container of a member: the members of one container refer to each other. Made once by the
// container's format and shared by its members; never changes. A file on disk has some where it means nothing without
// them (engine/companions).
#pragma once

#include "analyzers/base/bytes.h"
#include "analyzers/base/shared_bytes.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cupel {

struct Neighbours {
    struct Member {
        std::string name; // path inside the container, as it is written there
        std::uint64_t size = 0; // unpacked, as the container says
        ByteRange stored; // its bytes in the container; empty: they are packed there, or there is none
        SharedBytes bytes = {}; // of a file that explains this one; else none
    };
    std::vector<Member> members; // sorted by name; empty: the container does not tell
    bool wrongChecksum = false; // of the member that is told: the container says that it is not what was put there
    bool disguisesTold = false; // the container says which of its members are not what their names promise

    [[nodiscard]] const Member* find(std::string_view name) const
    {
        const auto at = std::lower_bound(members.begin(), members.end(), name,
            [](const Member& member, std::string_view wanted) { return member.name < wanted; });
        return at != members.end() && at->name == name ? &*at : nullptr;
    }
};

} // namespace cupel
