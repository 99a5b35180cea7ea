// SPDX-License-Identifier: GPL-3.0-or-later
// Changes into an Open Threat Model: definitions of threats at the top, used by components and flows; places relative
// to the parent.
#include "analyzers/report/threats/file_edit_otm_places.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace cupel::report {

using namespace threats;

namespace {

constexpr std::uint32_t none = FileEdit::none;
constexpr const char* outside = "cupel-no-zone";
constexpr const char* whole = "cupel-system";

class OtmEdit {
public:
    explicit OtmEdit(FileEdit& edit)
        : m_edit(edit)
        , m_draft(edit.draft)
    {
        for (const auto* list : {"trustZones", "components", "dataflows"}) {
            m_draft.tree().each(m_draft.member(0, list),
                [&](std::uint32_t one) { m_ids.emplace(std::string(m_draft.tree().text(one, "id")), one); });
        }
        m_draft.tree().each(m_draft.member(0, "threats"),
            [&](std::uint32_t one) { m_threats.emplace(std::string(m_draft.tree().text(one, "id")), one); });
        m_places.emplace(edit, m_ids);
    }

    void run()
    {
        removeAll();
        for (const auto& one : m_edit.step.parts) {
            if (one.before && one.after) {
                change(one.id, *one.before, *one.after);
            }
        }
        for (const auto* type : {"zone", "element", "flow"}) {
            for (const auto& one : m_edit.step.parts) {
                if (!one.before && one.after->type == type) {
                    add(one.id, type);
                }
            }
        }
        adopt();
        m_places->write();
        for (const auto& [id, touch] : m_edit.threats) {
            if (!touch.removed) {
                touchThreat(id, touch);
            }
        }
    }

private:
    [[nodiscard]] std::string text(std::uint32_t map, std::string_view key) const { return m_edit.text(map, key); }

    void removeAll()
    {
        std::vector<std::uint32_t> gone;
        for (const auto& id : m_edit.gone) {
            gone.push_back(m_edit.nodeWas(id));
            m_ids.erase(id);
        }
        m_draft.tree().each(m_draft.member(0, "dataflows"), [&](std::uint32_t flow) {
            if (m_edit.gone.contains(text(flow, "source")) || m_edit.gone.contains(text(flow, "destination"))) {
                gone.push_back(flow);
            }
        });
        std::map<std::string, std::size_t> users;
        for (const Threat& threat : m_edit.file.model.threats) {
            ++users[text(threat.node, "threat")];
        }
        for (const auto& [id, touch] : m_edit.threats) {
            const auto use = touch.removed ? m_edit.nodeWas(id) : none;
            if (use == none) {
                continue;
            }
            gone.push_back(use);
            const auto definition = m_threats.find(text(use, "threat"));
            if (definition != m_threats.end() && --users[definition->first] == 0) { // nobody else has it
                gone.push_back(definition->second);
            }
        }
        m_draft.remove(gone);
    }

    void change(const std::string& id, const PartEdit& before, const PartEdit& after)
    {
        const auto node = m_edit.nodeWas(id);
        const auto fresh = m_edit.nodeIs(id);
        if (node == none || fresh == none) {
            return;
        }
        const auto differs = [](const auto& was, const auto& is) { return was.value_or("") != is.value_or(""); };
        for (const auto& [key, changed] : {std::pair{"name", differs(before.name, after.name)},
                 {"description", differs(before.description, after.description)},
                 {"source", differs(before.source, after.source)},
                 {"destination", differs(before.target, after.target)}, {"parent", differs(before.zone, after.zone)}}) {
            if (changed) {
                m_edit.copy(node, key, fresh);
            }
        }
        std::vector<std::string> keys;
        if (before.scopeReason != after.scopeReason) {
            keys.insert(keys.end(), {"cupel:outOfScope", "cupel:scopeReason"});
        }
        if (before.kind != after.kind) {
            keys.emplace_back("cupel:kind");
        }
        changeAttributes(node, before, after, keys);
        if (!keys.empty()) {
            const auto attributes = m_edit.need(node, "attributes", DataKind::Map);
            for (const auto& key : keys) {
                m_edit.copy(attributes, key, m_edit.inFresh(fresh, {"attributes"}));
            }
        }
    }

    // Those with a place of their own are written here, the others stand among `keys`.
    void changeAttributes(
        std::uint32_t node, const PartEdit& before, const PartEdit& after, std::vector<std::string>& keys)
    {
        std::set<std::string> all;
        for (const auto* side : {&before, &after}) {
            for (const auto& [key, value] : side->attributes) {
                all.insert(key);
            }
        }
        const auto valueOf = [](const PartEdit& edit, const std::string& key) {
            const auto found = edit.attributes.find(key);
            return found == edit.attributes.end() ? std::string() : found->second;
        };
        for (const auto& key : all) {
            const std::string value = valueOf(after, key);
            if (value == valueOf(before, key)) {
                continue;
            }
            if (key == "trust" && after.type == "zone") {
                m_draft.setNumber(m_edit.need(node, "risk", DataKind::Map), "trustRating", numberOf(value));
                keys.emplace_back("cupel:trust");
            } else if (key == "type" && after.type != "flow") {
                m_draft.setText(node, "type", value);
            } else if (key == "tags") {
                setTags(node, value);
            } else {
                keys.push_back(key);
            }
        }
    }

    static double numberOf(std::string_view text)
    {
        int value = 0;
        for (const char c : text) {
            value = c >= '0' && c <= '9' && value <= 100 ? value * 10 + (c - '0') : value;
        }
        return std::min(value, 100);
    }

    void setTags(std::uint32_t node, std::string_view tags)
    {
        const auto list = m_draft.setEmpty(node, "tags", DataKind::List);
        while (!tags.empty()) {
            const auto end = std::min(tags.find(','), tags.size());
            auto tag = tags.substr(0, end);
            tag.remove_prefix(std::min(tag.find_first_not_of(' '), tag.size()));
            if (!tag.empty()) {
                m_draft.appendText(list, tag);
            }
            tags.remove_prefix(std::min(end + 1, tags.size()));
        }
    }

    void add(const std::string& id, std::string_view type)
    {
        const auto fresh = m_edit.nodeIs(id);
        const char* list = type == "zone" ? "trustZones" : type == "element" ? "components" : "dataflows";
        if (fresh == none) {
            return;
        }
        const auto node = m_draft.append(m_edit.need(0, list, DataKind::List), m_edit.from(), fresh);
        m_draft.removeMember(node, "representations"); // placed like all others
        if (type != "zone") {
            m_draft.setEmpty(node, "threats", DataKind::List);
        }
        m_edit.was.insert_or_assign(id, node);
        m_ids.insert_or_assign(id, node);
    }

    // What stood in a zone that is gone, and the zone that stands for none.
    void adopt()
    {
        std::vector<std::uint32_t> all;
        for (const auto* list : {"trustZones", "components"}) {
            m_draft.tree().each(m_draft.member(0, list), [&](std::uint32_t one) { all.push_back(one); });
        }
        bool stands = false;
        for (const auto one : all) {
            const auto parent = m_draft.member(one, "parent");
            const std::string zone = text(parent, "trustZone");
            const std::string component = text(parent, "component");
            const std::string id = text(one, "id");
            if (m_edit.gone.contains(zone) || m_edit.gone.contains(component)) {
                const auto fresh = m_edit.nodeIs(id);
                if (fresh != none) {
                    m_edit.copy(one, "parent", fresh);
                } else {
                    m_draft.setText(m_draft.setEmpty(one, "parent", DataKind::Map), "trustZone", outside);
                }
            }
            if (text(m_draft.member(one, "parent"), "trustZone") == outside) {
                needOutside();
                stands = true;
            }
        }
        const auto empty = m_ids.find(outside);
        if (!stands && empty != m_ids.end() && text(empty->second, "type") == outside) {
            const std::vector<std::uint32_t> gone{empty->second};
            m_ids.erase(empty);
            m_draft.remove(gone);
        }
    }

    void needOutside()
    {
        if (m_ids.contains(outside)) {
            return;
        }
        const auto zone =
            m_draft.append(m_edit.need(0, "trustZones", DataKind::List), m_edit.from(), m_edit.inFresh(0, {"project"}));
        for (const auto* key : {"description", "owner", "attributes"}) { // of a project; the rest is named anew
            m_draft.removeMember(zone, key);
        }
        m_draft.setText(zone, "id", outside);
        m_draft.setText(zone, "name", "In no zone");
        m_draft.setText(zone, "type", outside);
        m_draft.setNumber(m_draft.setEmpty(zone, "risk", DataKind::Map), "trustRating", 0);
        m_ids.emplace(outside, zone);
    }

    // The component that threats of zones and of the whole hang on.
    std::uint32_t systemComponent()
    {
        if (const auto found = m_ids.find(whole); found != m_ids.end()) {
            return found->second;
        }
        std::uint32_t fresh = none;
        m_edit.from().each(m_edit.inFresh(0, {"components"}),
            [&](std::uint32_t one) { fresh = m_edit.from().text(one, "id") == whole ? one : fresh; });
        const auto made = m_draft.append(m_edit.need(0, "components", DataKind::List), m_edit.from(), fresh);
        m_draft.setEmpty(made, "threats", DataKind::List);
        needOutside();
        m_ids.emplace(whole, made);
        return made;
    }

    void touchThreat(const std::string& id, const ThreatTouch& touch)
    {
        const auto found = std::find_if(m_edit.wanted.threats.begin(), m_edit.wanted.threats.end(),
            [&id](const Threat& threat) { return threat.id == id; });
        if (found == m_edit.wanted.threats.end()) {
            return;
        }
        std::uint32_t definition = none; // both as they are written anew
        m_edit.from().each(m_edit.inFresh(0, {"threats"}),
            [&](std::uint32_t one) { definition = m_edit.from().text(one, "id") == id ? one : definition; });
        auto use = m_edit.nodeIs(found->target + '/' + id);
        use = use == none ? m_edit.nodeIs('/' + id) : use;
        if (definition == none || use == none) {
            return;
        }
        if (touch.added) {
            m_draft.append(m_edit.need(0, "threats", DataKind::List), m_edit.from(), definition);
            const auto part = m_ids.find(found->target);
            const bool zone = part != m_ids.end() && m_draft.member(part->second, "risk") != none;
            const auto holder = part == m_ids.end() || zone ? systemComponent() : part->second;
            m_draft.append(m_edit.need(holder, "threats", DataKind::List), m_edit.from(), use);
        } else {
            change(id, touch, definition, use);
        }
        if (touch.added || touch.controls) {
            addControls(*found);
        }
    }

    void change(const std::string& id, const ThreatTouch& touch, std::uint32_t definition, std::uint32_t use)
    {
        const auto used = m_edit.nodeWas(id);
        const auto defined = used == none ? m_threats.end() : m_threats.find(text(used, "threat"));
        if (defined == m_threats.end()) {
            return; // it is used, but nowhere said: what is lost is told
        }
        const auto node = defined->second;
        if (touch.decision) {
            m_edit.copy(used, "state", use);
        }
        for (const auto& [key, changed] : {std::pair{"name", touch.title}, {"description", touch.description},
                 {"cwes", touch.references}, {"risk", touch.rating}}) {
            if (changed) {
                m_edit.copy(node, key, definition);
            }
        }
        if (touch.stride) {
            setCategories(node, definition);
        }
        if (touch.controls) {
            setMitigations(used, use);
        }
        if (!touch.own()) {
            return;
        }
        const auto own = m_edit.need(node, "attributes", DataKind::Map);
        const auto said = m_edit.inFresh(definition, {"attributes"});
        for (const auto* key : {"stride", "category", "mitigation", "reason", "author", "until", "assignee",
                 "references", "likelihood", "impact", "severity", "decision", "applicability"}) {
            m_edit.copy(own, "cupel:" + std::string(key), said);
        }
    }

    void setCategories(std::uint32_t node, std::uint32_t definition)
    {
        static constexpr std::array<std::pair<char, const char*>, 6> words{
            {{'S', "Spoofing"}, {'T', "Tampering"}, {'R', "Repudiation"}, {'I', "Information disclosure"},
                {'D', "Denial of service"}, {'E', "Elevation of privilege"}}};
        const auto list = m_draft.setEmpty(node, "categories", DataKind::List);
        const auto letters = m_edit.from().text(m_edit.inFresh(definition, {"attributes"}), "cupel:stride");
        for (const auto& [letter, word] : words) {
            if (letters.find(letter) != std::string_view::npos) {
                m_draft.appendText(list, word);
            }
        }
    }

    // Those that stay keep their state.
    void setMitigations(std::uint32_t used, std::uint32_t use)
    {
        const auto list = m_edit.need(used, "mitigations", DataKind::List);
        std::set<std::string> wanted;
        std::set<std::string> there;
        const auto said = m_edit.inFresh(use, {"mitigations"});
        m_edit.from().each(said, [&](std::uint32_t one) { wanted.emplace(m_edit.from().text(one, "mitigation")); });
        std::vector<std::uint32_t> gone;
        m_draft.tree().each(list, [&](std::uint32_t one) {
            const std::string id = text(one, "mitigation");
            if (wanted.contains(id)) {
                there.insert(id);
            } else {
                gone.push_back(one);
            }
        });
        m_draft.remove(gone);
        m_edit.from().each(said, [&](std::uint32_t one) {
            if (!there.contains(std::string(m_edit.from().text(one, "mitigation")))) {
                m_draft.append(list, m_edit.from(), one);
            }
        });
    }

    void addControls(const Threat& threat)
    {
        const auto list = m_edit.need(0, "mitigations", DataKind::List);
        std::set<std::string> known;
        m_draft.tree().each(list, [&](std::uint32_t one) { known.insert(text(one, "id")); });
        m_edit.from().each(m_edit.inFresh(0, {"mitigations"}), [&](std::uint32_t one) {
            const std::string id(m_edit.from().text(one, "id"));
            const bool wanted = std::find(threat.controls.begin(), threat.controls.end(), id) != threat.controls.end();
            if (wanted && known.insert(id).second) {
                m_draft.append(list, m_edit.from(), one);
            }
        });
    }

    FileEdit& m_edit;
    DataDraft& m_draft;
    std::map<std::string, std::uint32_t> m_ids; // of zones, components, flows
    std::map<std::string, std::uint32_t> m_threats; // definitions
    std::optional<OtmPlaces> m_places;
};

} // namespace

void editOpenThreatModel(FileEdit& edit)
{
    OtmEdit(edit).run();
}

} // namespace cupel::report
