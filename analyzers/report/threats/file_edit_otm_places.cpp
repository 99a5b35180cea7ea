// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/report/threats/file_edit_otm_places.h"

namespace cupel::report {

using namespace threats;

namespace {

constexpr std::uint32_t none = FileEdit::none;

std::optional<Box> at(const TeamModel& team, const std::string& id)
{
    const auto found = team.places.find(id);
    return found == team.places.end() ? std::nullopt : std::optional(found->second);
}

} // namespace

OtmPlaces::OtmPlaces(FileEdit& edit, const Ids& ids)
    : m_edit(edit)
    , m_draft(edit.draft)
    , m_ids(ids)
{
    for (const auto& [id, node] : m_ids) {
        if (representationOf(node) != none) {
            m_boxed.insert(id);
        }
    }
    for (const auto& [id, node] : m_ids) {
        m_anchors.emplace(id, anchorOf(id));
    }
}

std::string OtmPlaces::parentOf(const std::string& id) const
{
    const auto found = m_ids.find(id);
    const auto parent = found == m_ids.end() ? none : m_draft.member(found->second, "parent");
    const std::string zone = m_edit.text(parent, "trustZone");
    return zone.empty() ? m_edit.text(parent, "component") : zone;
}

std::uint32_t OtmPlaces::representationOf(std::uint32_t node) const
{
    std::uint32_t out = none;
    m_draft.tree().each(m_draft.member(node, "representations"), [&](std::uint32_t one) {
        out = out == none && m_draft.member(m_draft.member(one, "position"), "x") != none ? one : out;
    });
    return out;
}

// Where places inside `id` begin: the nearest around that has a place; nothing: the paper.
std::string OtmPlaces::anchorOf(std::string id) const
{
    constexpr int deepest = 64;
    for (int depth = 0; depth < deepest; ++depth) {
        id = parentOf(id);
        if (id.empty() || m_boxed.contains(id)) {
            return id;
        }
    }
    return {};
}

// A file without any place gets all of them: what is drawn beside what was moved would lie elsewhere else. Where
// nothing was moved, what has another parent now is said anew, so that it stays where it is.
void OtmPlaces::write()
{
    const bool bare = m_boxed.empty();
    if (bare && m_edit.step.places.empty()) {
        return;
    }
    std::set<std::string> moved;
    for (const auto& one : m_edit.step.places) {
        if (one.after) {
            moved.insert(one.id);
        }
    }
    for (const auto& [id, box] : m_edit.now.places) {
        if (m_ids.contains(id) && (bare || moved.contains(id))) {
            m_boxed.insert(id);
        }
    }
    for (const auto& [id, node] : m_ids) {
        if (m_boxed.contains(id)) {
            place(id, node);
        }
    }
}

void OtmPlaces::place(const std::string& id, std::uint32_t node)
{
    const auto now = at(m_edit.now, id);
    if (!now) {
        return;
    }
    const auto before = at(m_edit.file.team, id);
    const std::string anchor = anchorOf(id);
    const auto around = at(m_edit.now, anchor);
    const auto around0 = at(m_edit.file.team, anchor);
    const auto representation = representationOf(node);
    const Point shift = anchor.empty() || !around ? m_edit.shiftOf(id) : Point{around->x, around->y};
    const auto known = m_anchors.find(id);
    const bool sameAnchor = known != m_anchors.end() && known->second == anchor;
    const bool stays = before && sameAnchor && representation != none
        && now->x - before->x == (around && around0 ? around->x - around0->x : 0)
        && now->y - before->y == (around && around0 ? around->y - around0->y : 0);
    const bool sized = !before || before->width != now->width || before->height != now->height;
    if (!stays || sized) {
        put(id, node, representation, {now->x - shift.x, now->y - shift.y, now->width, now->height}, !stays, sized);
    }
}

void OtmPlaces::put(
    const std::string& id, std::uint32_t node, std::uint32_t representation, const Box& box, bool moved, bool sized)
{
    const bool fresh = representation == none;
    if (fresh) {
        const auto list = m_edit.need(node, "representations", DataKind::List);
        representation = m_draft.append(list, m_edit.from(), m_edit.inFresh(0, {"project"}));
        for (const auto* key : {"name", "description", "owner", "attributes"}) {
            m_draft.removeMember(representation, key);
        }
        m_draft.setText(representation, "representation", diagramOf(id));
        m_draft.setText(representation, "id", id + "-box");
    }
    if (moved || fresh) {
        const auto position = m_edit.need(representation, "position", DataKind::Map);
        m_draft.setNumber(position, "x", box.x);
        m_draft.setNumber(position, "y", box.y);
    }
    if (sized || fresh) {
        const auto size = m_edit.need(representation, "size", DataKind::Map);
        m_draft.setNumber(size, "width", box.width);
        m_draft.setNumber(size, "height", box.height);
    }
}

// The representation that is a drawing; made where there is none.
std::string OtmPlaces::diagramOf(const std::string& part)
{
    const DiagramPart* found = m_edit.part(part);
    std::string out;
    const auto& diagrams = m_edit.file.model.diagrams;
    const std::string wanted = found && found->diagram < diagrams.size() ? diagrams[found->diagram].id : "";
    const auto list = m_edit.need(0, "representations", DataKind::List);
    m_draft.tree().each(list, [&](std::uint32_t one) {
        const std::string id = m_edit.text(one, "id");
        out = m_edit.text(one, "type") == "diagram" && (out.empty() || id == wanted) ? id : out;
    });
    if (out.empty()) {
        out = "cupel-diagram";
        const auto made = m_draft.append(list, m_edit.from(), m_edit.inFresh(0, {"project"}));
        for (const auto* key : {"description", "owner", "attributes"}) {
            m_draft.removeMember(made, key);
        }
        m_draft.setText(made, "name", "Drawing");
        m_draft.setText(made, "id", out);
        m_draft.setText(made, "type", "diagram");
        const auto size = m_draft.setEmpty(made, "size", DataKind::Map);
        m_draft.setNumber(size, "width", 1'000);
        m_draft.setNumber(size, "height", 1'000);
    }
    return out;
}

} // namespace cupel::report
