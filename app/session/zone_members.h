// SPDX-License-Identifier: GPL-3.0-or-later
// A zone always shows its members inside: those without a place of their own get one in it, and it grows around what
// does not fit. Pure; any thread.
#pragma once

#include <QtCore/QRectF>

#include <cstdint>
#include <vector>

namespace cupel::app {

struct ZoneMembers {
    QRectF box; // of the zone, as somebody drew it
    std::vector<std::uint32_t> members; // boxes by index
};

// Puts what is not `placed` into its zone, in rows, and marks it as placed. Of members that are more than anybody
// draws some lie on others.
void settleMembers(const ZoneMembers& zone, std::vector<QRectF>& boxes, std::vector<bool>& placed);
// What a member takes of a zone that grows around it: room at its sides and for the name of the zone.
[[nodiscard]] QRectF roomOf(const QRectF& member);

} // namespace cupel::app
