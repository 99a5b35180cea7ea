// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/report/threats/file_edit.h"

#include "analyzers/report/threats/document_json.h"
#include "analyzers/report/threats/document_yaml.h"
#include "analyzers/report/threats/file_edit_kit.h"
#include "analyzers/report/threats/threat_writers.h"
#include "analyzers/threats/diagram_layout.h"

#include <algorithm>
#include <utility>

namespace cupel::report {

using namespace threats;

std::uint32_t FileEdit::nodeWas(const std::string& id) const
{
    const auto found = was.find(id);
    return found == was.end() ? none : found->second;
}

std::uint32_t FileEdit::nodeIs(const std::string& id) const
{
    const auto found = is.find(id);
    return found == is.end() ? none : found->second;
}

std::uint32_t FileEdit::in(std::uint32_t node, std::initializer_list<std::string_view> path) const
{
    for (const auto key : path) {
        node = draft.member(node, key);
    }
    return node;
}

std::uint32_t FileEdit::inFresh(std::uint32_t node, std::initializer_list<std::string_view> path) const
{
    for (const auto key : path) {
        node = from().member(node, key);
    }
    return node;
}

std::string FileEdit::text(std::uint32_t map, std::string_view key) const
{
    const auto node = draft.member(map, key);
    return draft.tree().is(node, DataKind::Scalar) ? draft.tree().nodes()[node].text : std::string();
}

void FileEdit::copy(std::uint32_t map, std::string_view key, std::uint32_t freshMap)
{
    const auto value = from().member(freshMap, key);
    if (value == none) {
        draft.removeMember(map, key);
    } else {
        draft.set(map, key, from(), value);
    }
}

std::uint32_t FileEdit::need(std::uint32_t map, std::string_view key, DataKind kind)
{
    const auto found = draft.member(map, key);
    return draft.tree().is(found, kind) ? found : draft.setEmpty(map, key, kind);
}

const DiagramPart* FileEdit::part(const std::string& id) const
{
    const auto find = [&id](const auto& parts) -> const DiagramPart* {
        const auto found = std::find_if(parts.begin(), parts.end(), [&id](const auto& one) { return one.id == id; });
        return found == parts.end() ? nullptr : &*found;
    };
    const DiagramPart* out = find(wanted.elements);
    out = out ? out : find(wanted.flows);
    return out ? out : find(wanted.zones);
}

Point FileEdit::shiftOf(const std::string& id) const
{
    const DiagramPart* found = part(id);
    return found && found->diagram < file.shifts.size() ? file.shifts[found->diagram] : Point{};
}

namespace {

std::map<std::string, ThreatTouch> touchesOf(const TeamStep& step)
{
    std::map<std::string, ThreatTouch> out;
    for (const auto& one : step.own) {
        ThreatTouch& touch = out[one.id];
        touch.added = !one.before;
        touch.removed = !one.after;
        const OwnThreat before = one.before.value_or(OwnThreat());
        const OwnThreat after = one.after.value_or(OwnThreat());
        touch.title = before.title != after.title;
        touch.description = before.description != after.description;
        touch.mitigation = before.mitigation != after.mitigation;
        touch.stride = before.stride != after.stride;
        touch.rating = before.likelihood != after.likelihood || before.impact != after.impact;
        touch.references = before.references != after.references;
    }
    for (const auto& one : step.threats) {
        out[one.id].decision = true;
    }
    for (const auto& one : step.assignees) {
        out[one.id].assignee = true;
    }
    for (const auto& one : step.controls) {
        out[(one.after ? one.after : one.before)->threat].controls = true;
    }
    return out;
}

template <typename Part> std::map<std::string_view, const Part*> byId(const std::vector<Part>& parts)
{
    std::map<std::string_view, const Part*> out;
    for (const auto& part : parts) {
        out.emplace(part.id, &part);
    }
    return out;
}

// Controls stand with their threats, under the ids that the file has for them.
void giveControls(ThreatModel& model, const Overlaid& overlaid)
{
    std::map<std::string_view, const Control*> titled;
    for (const Control& control : model.controls) {
        titled.emplace(control.title.empty() ? control.id : control.title, &control);
    }
    for (Threat& threat : model.threats) {
        threat.controls.clear();
        const auto uses = overlaid.controls.find(threat.id);
        for (const ControlUse& use : uses == overlaid.controls.end() ? std::vector<ControlUse>() : uses->second) {
            const auto known = titled.find(use.title);
            threat.controls.push_back(!use.control.empty() ? use.control
                    : known != titled.end()                ? known->second->id
                                                           : use.title);
        }
    }
}

// The whole that the file should say now. What a team's model does not hold comes from the file.
class Wish {
public:
    Wish(const FileModel& file, const TeamModel& now)
        : m_file(file)
        , m_overlaid(modelOfTeam(now, {}))
    {
    }

    ThreatModel make(Budget& budget)
    {
        ThreatModel out = m_overlaid.model;
        const ThreatModel& was = m_file.model;
        out.title = was.title;
        out.owner = was.owner;
        out.description = was.description;
        out.reviewer = was.reviewer;
        out.contributors = was.contributors;
        out.assumptions = was.assumptions;
        out.diagrams = was.diagrams;
        out.controls = was.controls;
        const auto zones = byId(was.zones);
        const auto elements = byId(was.elements);
        const auto flows = byId(was.flows);
        const auto threats = byId(was.threats);
        for (Zone& zone : out.zones) {
            const auto found = zones.find(zone.id);
            settle(zone, found == zones.end() ? sheetAt(zone.box) : found->second->diagram, zone.box);
        }
        for (Element& element : out.elements) {
            const auto found = elements.find(element.id);
            if (found != elements.end()) {
                element.parent = found->second->parent;
                element.artifact = found->second->artifact;
            }
            settle(element, found == elements.end() ? sheetOf(element.zone, element.box) : found->second->diagram,
                element.box);
        }
        for (Flow& flow : out.flows) {
            if (const auto found = flows.find(flow.id); found != flows.end()) {
                flow.bidirectional = found->second->bidirectional;
                flow.bends = found->second->bends;
                flow.diagram = found->second->diagram;
            } else {
                flow.diagram = m_sheets.contains(flow.source) ? m_sheets.at(flow.source) : 0;
            }
        }
        for (Threat& threat : out.threats) {
            const auto found = threats.find(threat.id);
            if (found != threats.end() && threat.category.empty()
                && strideOf(found->second->category) == threat.stride) {
                threat.category = found->second->category;
            }
        }
        giveControls(out, m_overlaid);
        static_cast<void>(layOutDiagrams(out, budget));
        return out;
    }

private:
    template <typename Part> void settle(Part& part, std::uint32_t diagram, std::optional<Box>& box)
    {
        part.diagram = diagram;
        m_sheets.emplace(part.id, diagram);
        if (box && diagram < m_file.shifts.size()) {
            box->x -= m_file.shifts[diagram].x;
            box->y -= m_file.shifts[diagram].y;
        }
    }

    // The diagram that is drawn there: each stands right of the one before.
    [[nodiscard]] std::uint32_t sheetAt(const std::optional<Box>& box) const
    {
        std::uint32_t out = 0;
        for (std::uint32_t i = 0; box && i < m_file.shifts.size(); ++i) {
            const bool further = m_file.shifts[i].x > 0 && m_file.shifts[i].x >= m_file.shifts[out].x;
            out = further && box->x + box->width / 2 >= m_file.shifts[i].x ? i : out;
        }
        return out;
    }

    [[nodiscard]] std::uint32_t sheetOf(const std::string& zone, const std::optional<Box>& box) const
    {
        const auto found = m_sheets.find(zone);
        return found == m_sheets.end() ? sheetAt(box) : found->second;
    }

    const FileModel& m_file;
    Overlaid m_overlaid;
    std::map<std::string, std::uint32_t> m_sheets; // diagram by part
};

template <typename Parts> void noteNodes(const Parts& parts, std::map<std::string, std::uint32_t>& out)
{
    for (const auto& part : parts) {
        out.emplace(part.id, part.node);
    }
}

std::map<std::string, std::uint32_t> nodesOf(const ThreatModel& model)
{
    std::map<std::string, std::uint32_t> out;
    noteNodes(model.elements, out);
    noteNodes(model.flows, out);
    noteNodes(model.zones, out);
    noteNodes(model.threats, out);
    return out;
}

bool isJson(ByteView text)
{
    const auto start = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    return start != ByteView::npos && (text[start] == '{' || text[start] == '[');
}

Result<std::string> written(ByteView original, const DataTree& tree, bool& comments)
{
    std::string out;
    const TextSink sink = [&out](std::string_view text) { out += text; };
    bool whole = true;
    if (isJson(original)) {
        const bool lines = std::count(original.begin(), original.end(), '\n') > 1;
        JsonStream json(sink, lines ? JsonStream::Layout::Indented : JsonStream::Layout::OneLine);
        whole = writeDocument(tree, json);
        if (original.ends_with('\n')) {
            json.newline();
        }
    } else {
        whole = writeYaml(tree, headOfYaml(original), sink);
        comments = hasYamlComments(original);
    }
    if (!whole) {
        return Error{ErrorCode::Unsupported, 0, "aliases make too much of the file"};
    }
    return out;
}

// What the new file says, beside what it should.
void compare(const FileEdit& edit, EditedFile& out, Imported again)
{
    const TeamModel& now = edit.now;
    const TeamModel then = teamOf(std::move(again.model), edit.file.shifts);
    Overlaid wanted = modelOfTeam(now, {});
    Overlaid said = modelOfTeam(then, {});
    std::set<std::string_view> zones;
    for (const Zone& zone : wanted.model.zones) {
        zones.insert(zone.id);
    }
    for (Element& element : wanted.model.elements) { // a zone that is not there any more is none
        element.zone = zones.contains(element.zone) ? element.zone : std::string();
    }
    for (auto* model : {&wanted.model, &said.model}) {
        for (Threat& threat : model->threats) { // a severity is both in one
            threat.severity.reset();
        }
    }
    out.lost = differences(wanted.model, said.model);
    const auto usesOf = [](const Overlaid& overlaid) {
        std::set<std::string> uses; // threats made here get another id there
        for (const Threat& threat : overlaid.model.threats) {
            const auto found = overlaid.controls.find(threat.id);
            for (const ControlUse& use : found == overlaid.controls.end() ? std::vector<ControlUse>() : found->second) {
                uses.insert(threat.target + '\n' + threat.title + '\n' + use.control + '\n' + use.title + '\n'
                    + std::string(toString(use.status)) + '\n' + use.note);
            }
        }
        return uses;
    };
    const auto uses = usesOf(wanted);
    const auto others = usesOf(said);
    out.controls = static_cast<std::size_t>(
        std::count_if(uses.begin(), uses.end(), [&others](const std::string& use) { return !others.contains(use); }));
    out.answers = now.answers.size();
}

} // namespace

Result<EditedFile> editFile(ByteView original, const FileModel& file, const TeamModel& now, Budget& budget)
{
    EditedFile out;
    TeamStep step = difference(file.team, now);
    if (step.empty()) {
        out.bytes = std::string(original);
        return out;
    }
    ThreatModel wanted = Wish(file, now).make(budget);
    std::string text;
    const TextSink sink = [&text](std::string_view piece) { text += piece; };
    const bool dragon = file.model.document->format == FileFormat::ThreatDragon2;
    dragon ? writeThreatDragon(wanted, sink) : writeOpenThreatModel(wanted, sink);
    auto fresh = importModel(text, budget);
    if (!fresh || !fresh.value().model.document || budget.stopped()) {
        return Error{ErrorCode::Unsupported, 0, "stopped"};
    }
    FileEdit edit{file, now, std::move(step), {}, std::move(wanted), std::move(fresh).value(),
        DataDraft(*file.model.document->tree), nodesOf(file.model), {}, {}};
    edit.threats = touchesOf(edit.step);
    edit.is = nodesOf(edit.fresh.model);
    for (const auto& one : edit.step.parts) {
        if (!one.after) {
            edit.gone.insert(one.id);
        }
    }
    dragon ? editDragon(edit) : editOpenThreatModel(edit);
    auto bytes = written(original, edit.draft.tree(), out.comments);
    if (!bytes) {
        return bytes.error();
    }
    out.bytes = std::move(bytes).value();
    auto again = importModel(out.bytes, budget);
    if (!again || !canEdit(again.value()) || budget.stopped()) {
        return Error{ErrorCode::Unsupported, 0, "the new file could not be read again"};
    }
    compare(edit, out, std::move(again).value());
    return out;
}

} // namespace cupel::report
