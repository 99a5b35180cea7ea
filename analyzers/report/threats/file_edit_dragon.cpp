// SPDX-License-Identifier: GPL-3.0-or-later
// Changes into a file of Threat Dragon 2: cells of diagrams, with threats in data.threats.
#include "analyzers/report/threats/file_edit_kit.h"

#include "analyzers/report/threats/own_words.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace cupel::report {

using namespace threats;

namespace {

constexpr std::uint32_t none = FileEdit::none;

class DragonEdit {
public:
    explicit DragonEdit(FileEdit& edit)
        : m_edit(edit)
        , m_draft(edit.draft)
    {
    }

    void run()
    {
        removeAll();
        for (const auto& one : m_edit.step.parts) {
            if (one.before && one.after) {
                change(one.id, *one.before, *one.after);
            }
        }
        for (const auto& one : m_edit.step.places) {
            if (one.before && one.after) {
                move(one.id, *one.before, *one.after);
            }
        }
        moveBends();
        for (const auto& one : m_edit.step.parts) {
            if (!one.before) {
                add(one.id, one.after->type == "zone");
            }
        }
        for (const auto& [id, touch] : m_edit.threats) {
            touchThreat(id, touch);
        }
        count();
    }

private:
    [[nodiscard]] std::uint32_t text(std::uint32_t map, std::initializer_list<std::string_view> path) const
    {
        const auto node = m_edit.in(map, path);
        return m_draft.tree().is(node, DataKind::Scalar) ? node : none;
    }

    template <typename Take> void eachCell(Take take) const
    {
        const DataTree& tree = m_draft.tree();
        tree.each(m_edit.in(0, {"detail", "diagrams"}), [&](std::uint32_t diagram) {
            tree.each(m_draft.member(diagram, "cells"), [&](std::uint32_t cell) { take(cell); });
        });
    }

    // Lines that hung on a part that is gone go with it, also those that are not drawn here.
    void removeAll()
    {
        std::vector<std::uint32_t> gone;
        for (const auto& id : m_edit.gone) {
            gone.push_back(m_edit.nodeWas(id));
        }
        eachCell([&](std::uint32_t cell) {
            for (const auto end : {"source", "target"}) {
                const auto at = text(cell, {end, "cell"});
                if (at != none && m_edit.gone.contains(m_draft.tree().nodes()[at].text)) {
                    gone.push_back(cell);
                }
            }
        });
        for (const auto& [id, touch] : m_edit.threats) {
            if (touch.removed) {
                gone.push_back(m_edit.nodeWas(id));
            }
        }
        m_draft.remove(gone);
    }

    void change(const std::string& id, const PartEdit& before, const PartEdit& after)
    {
        const auto cell = m_edit.nodeWas(id);
        const auto fresh = m_edit.nodeIs(id);
        if (cell == none || fresh == none) {
            return;
        }
        const auto data = m_edit.need(cell, "data", DataKind::Map);
        const auto said = m_edit.inFresh(fresh, {"data"});
        if (before.name != after.name) {
            rename(cell, after.name.value_or(std::string()));
            m_edit.copy(data, "name", said);
        }
        if (before.description != after.description) {
            m_edit.copy(data, "description", said);
        }
        if (before.scopeReason != after.scopeReason) {
            m_edit.copy(data, "outOfScope", said);
            m_edit.copy(data, "reasonOutOfScope", said);
        }
        if (before.kind != after.kind) {
            m_edit.copy(cell, "shape", fresh);
            m_edit.copy(data, "type", said);
            m_edit.copy(data, "cupelKind", said);
        }
        for (const auto& [member, was, is] :
            {std::tuple{"source", &before.source, &after.source}, {"target", &before.target, &after.target}}) {
            if (*was != *is) {
                m_edit.copy(cell, member, fresh);
            }
        }
        changeAttributes(data, said, before, after);
    }

    // Every place of the cell that shows its name.
    void rename(std::uint32_t cell, const std::string& name)
    {
        const auto set = [&](std::uint32_t holder, std::string_view what) {
            const auto map = m_edit.in(holder, {"attrs", what});
            if (text(map, {"text"}) != none) {
                m_draft.setText(map, "text", name);
            }
        };
        set(cell, "text");
        set(cell, "label");
        std::vector<std::uint32_t> labels;
        m_draft.tree().each(m_draft.member(cell, "labels"), [&](std::uint32_t label) { labels.push_back(label); });
        if (!labels.empty()) { // the others are marks on the line
            for (const auto what : {"label", "labelText", "text"}) {
                set(labels.front(), what);
            }
        }
    }

    void changeAttributes(std::uint32_t data, std::uint32_t said, const PartEdit& before, const PartEdit& after)
    {
        std::set<std::string> keys;
        for (const auto* side : {&before, &after}) {
            for (const auto& [key, value] : side->attributes) {
                keys.insert(key);
            }
        }
        for (const auto& key : keys) {
            const auto was = before.attributes.find(key);
            const auto is = after.attributes.find(key);
            const bool same = (was == before.attributes.end()) == (is == after.attributes.end())
                && (was == before.attributes.end() || was->second == is->second);
            if (!same) {
                m_edit.copy(data,
                    key == "type"                                ? std::string("cupelType")
                        : key == "trust" && after.type == "zone" ? std::string("cupelTrust")
                                                                 : key,
                    said);
            }
        }
    }

    void coordinates(std::uint32_t map, double x, double y)
    {
        m_draft.setNumber(map, "x", x);
        m_draft.setNumber(map, "y", y);
    }

    void move(const std::string& id, const Box& before, const Box& after)
    {
        const auto cell = m_edit.nodeWas(id);
        if (cell == none) {
            return;
        }
        const bool first = text(cell, {"position", "x"}) == none;
        if (first || before.x != after.x || before.y != after.y) {
            const Point shift = m_edit.shiftOf(id);
            coordinates(m_edit.need(cell, "position", DataKind::Map), after.x - shift.x, after.y - shift.y);
        }
        if (first || before.width != after.width || before.height != after.height) {
            const auto size = m_edit.need(cell, "size", DataKind::Map);
            m_draft.setNumber(size, "width", after.width);
            m_draft.setNumber(size, "height", after.height);
        }
    }

    // A line both ends of which went the same way goes with them.
    void moveBends()
    {
        std::map<std::string_view, Point> by;
        for (const auto& one : m_edit.step.places) {
            if (one.before && one.after) {
                by.emplace(one.id, Point{one.after->x - one.before->x, one.after->y - one.before->y});
            }
        }
        for (const Flow& flow : m_edit.file.model.flows) {
            const auto from = by.find(flow.source);
            const auto to = by.find(flow.target);
            if (from == by.end() || to == by.end() || !(from->second == to->second) || m_edit.gone.contains(flow.id)) {
                continue;
            }
            std::vector<std::uint32_t> bends;
            m_draft.tree().each(m_draft.member(m_edit.nodeWas(flow.id), "vertices"),
                [&](std::uint32_t bend) { bends.push_back(bend); });
            for (std::size_t i = 0; i < bends.size() && i < flow.bends.size() && bends.size() == flow.bends.size();
                ++i) {
                coordinates(bends[i], flow.bends[i].x + from->second.x, flow.bends[i].y + from->second.y);
            }
        }
    }

    void add(const std::string& id, bool zone)
    {
        const DiagramPart* part = m_edit.part(id);
        const auto fresh = m_edit.nodeIs(id);
        std::vector<std::uint32_t> diagrams;
        m_draft.tree().each(
            m_edit.in(0, {"detail", "diagrams"}), [&](std::uint32_t diagram) { diagrams.push_back(diagram); });
        if (!part || fresh == none || diagrams.empty()) {
            return;
        }
        const auto diagram = diagrams[std::min<std::size_t>(part->diagram, diagrams.size() - 1)];
        const auto cell = m_draft.append(m_edit.need(diagram, "cells", DataKind::List), m_edit.from(), fresh);
        if (zone) {
            m_draft.setNumber(cell, "zIndex", -1); // below what stands in it
        }
        m_edit.was.insert_or_assign(id, cell);
        const auto data = m_draft.member(cell, "data"); // its threats are added one by one
        m_draft.setEmpty(data, "threats", DataKind::List);
    }

    // The cell that threats of the whole hang on.
    [[nodiscard]] std::uint32_t systemCell()
    {
        const auto find = [this](const DataTree& tree, std::uint32_t diagrams) {
            std::uint32_t out = none;
            tree.each(diagrams, [&](std::uint32_t diagram) {
                tree.each(tree.member(diagram, "cells"), [&](std::uint32_t cell) {
                    out = tree.text(tree.member(cell, "data"), "cupelKind") == "system" ? cell : out;
                });
            });
            return out;
        };
        auto cell = find(m_draft.tree(), m_edit.in(0, {"detail", "diagrams"}));
        if (cell == none) {
            const auto fresh = find(m_edit.from(), m_edit.inFresh(0, {"detail", "diagrams"}));
            std::uint32_t diagram = none;
            m_draft.tree().each(m_edit.in(0, {"detail", "diagrams"}),
                [&](std::uint32_t one) { diagram = diagram == none ? one : diagram; });
            cell = m_draft.append(m_edit.need(diagram, "cells", DataKind::List), m_edit.from(), fresh);
            m_draft.setEmpty(m_draft.member(cell, "data"), "threats", DataKind::List);
        }
        return cell;
    }

    void touchThreat(const std::string& id, const ThreatTouch& touch)
    {
        const auto found = std::find_if(m_edit.wanted.threats.begin(), m_edit.wanted.threats.end(),
            [&id](const Threat& threat) { return threat.id == id; });
        if (touch.removed || found == m_edit.wanted.threats.end()) {
            retell(id);
            return;
        }
        const auto cell = found->target.empty() ? systemCell() : m_edit.nodeWas(found->target);
        const auto fresh = m_edit.nodeIs(id);
        if (cell == none || fresh == none) {
            return;
        }
        const auto data = m_edit.need(cell, "data", DataKind::Map);
        if (touch.added) {
            const auto added = m_draft.append(m_edit.need(data, "threats", DataKind::List), m_edit.from(), fresh);
            m_draft.setNumber(added, "number", top() + ++m_added);
        } else if (const auto threat = m_edit.nodeWas(id); threat != none) {
            change(threat, fresh, touch);
        }
        tellOpen(found->target, cell);
    }

    void change(std::uint32_t threat, std::uint32_t fresh, const ThreatTouch& touch)
    {
        for (const auto& [key, wanted] : {std::pair{"title", touch.title}, {"description", touch.description},
                 {"mitigation", touch.mitigation || touch.controls}, {"type", touch.stride}, {"severity", touch.rating},
                 {"status", touch.decision}}) {
            if (wanted) {
                m_edit.copy(threat, key, fresh);
            }
        }
        if (!touch.own()) {
            return;
        }
        const auto own = m_edit.need(threat, "cupel", DataKind::Map);
        const auto said = m_edit.inFresh(fresh, {"cupel"});
        for (const auto key : {"stride", "category", "reason", "author", "until", "assignee", "references", "controls",
                 "likelihood", "impact", "severity", "decision", "applicability"}) {
            m_edit.copy(own, key, said);
        }
        if (touch.mitigation || touch.controls) {
            m_edit.copy(own, "mitigation", said);
            m_edit.copy(own, "mitigationMark", said);
        }
    }

    void tellOpen(const std::string& target, std::uint32_t cell)
    {
        const bool open =
            std::any_of(m_edit.wanted.threats.begin(), m_edit.wanted.threats.end(), [&](const Threat& one) {
                return one.target == target && one.applicability != Applicability::NotApplicable
                    && (one.decision == Decision::Open || one.decision == Decision::InProgress);
            });
        m_draft.setFlag(m_edit.need(cell, "data", DataKind::Map), "hasOpenThreats", open);
    }

    void retell(const std::string& threat) // of the part that it was about
    {
        for (const auto& one : m_edit.step.own) {
            if (one.id == threat && one.before) {
                const auto cell = m_edit.nodeWas(one.before->target);
                if (cell != none && !m_edit.gone.contains(one.before->target)) {
                    tellOpen(one.before->target, cell);
                }
            }
        }
    }

    [[nodiscard]] double top() const
    {
        const auto node = m_edit.in(0, {"detail", "threatTop"});
        double out = 0;
        if (m_draft.tree().is(node, DataKind::Scalar)) {
            for (const char c : m_draft.tree().nodes()[node].text.substr(0, 9)) {
                out = c >= '0' && c <= '9' ? out * 10 + (c - '0') : out;
            }
        }
        return out;
    }

    void count()
    {
        if (m_added > 0) {
            m_draft.setNumber(m_edit.need(0, "detail", DataKind::Map), "threatTop", top() + m_added);
        }
    }

    FileEdit& m_edit;
    DataDraft& m_draft;
    int m_added = 0;
};

} // namespace

void editDragon(FileEdit& edit)
{
    DragonEdit(edit).run();
}

} // namespace cupel::report
