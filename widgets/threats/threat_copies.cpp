// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/threats/threat_copies.h"

#include "analyzers/threats/work/part_copy.h"
#include "analyzers/threats/work/team_import.h"
#include "widgets/canvas/canvas_editor.h"
#include "widgets/canvas/graph_canvas.h"
#include "widgets/threats/threat_work.h"

#include <QtWidgets/QMenu>

#include <algorithm>
#include <utility>

namespace cupel::widgets {

namespace {

constexpr double apart = 24; // from what it is a copy of

} // namespace

ThreatCopies::ThreatCopies(ThreatState& state, GraphCanvas& canvas, ThreatWork& work)
    : QObject(&canvas)
    , m_state(state)
    , m_canvas(canvas)
    , m_work(work)
{
    const auto* editor = work.editor();
    connect(editor, &CanvasEditor::copyRequested, this, &ThreatCopies::copy);
    connect(editor, &CanvasEditor::cutRequested, this, &ThreatCopies::cut);
    connect(editor, &CanvasEditor::pasteRequested, this, &ThreatCopies::paste);
    connect(editor, &CanvasEditor::duplicateRequested, this, &ThreatCopies::duplicate);
    connect(&state, &ThreatState::changed, this, &ThreatCopies::update);
}

void ThreatCopies::fillMenu(QMenu* menu)
{
    menu->addAction(tr("Copy (Ctrl+C)"), this, &ThreatCopies::copy);
    menu->addAction(tr("Cut (Ctrl+X)"), this, &ThreatCopies::cut);
    menu->addAction(tr("Paste (Ctrl+V)"), this, &ThreatCopies::paste);
    menu->addAction(tr("Duplicate (Ctrl+Shift+D)"), this, &ThreatCopies::duplicate);
}

threats::ThreatModel ThreatCopies::chosenParts()
{
    threats::ThreatModel out;
    if (!m_state.reading()) {
        return out;
    }
    out = threats::partsOf(m_state.reading()->overlaid.model, m_work.places(), m_work.chosen());
    const auto count = out.elements.size() + out.zones.size() + out.flows.size();
    if (count == 0) {
        Q_EMIT told(tr("Choose elements or a zone first: a flow goes with its two ends."));
    } else if (count > threats::mostCopied) {
        Q_EMIT told(tr("That is too much to be copied at once."));
        return {};
    }
    return out;
}

void ThreatCopies::copy()
{
    const auto parts = chosenParts();
    if (parts.elements.empty() && parts.zones.empty()) {
        return;
    }
    m_times = 0;
    Q_EMIT copied(parts);
    Q_EMIT told(
        tr("Copied: %n element(s) and what belongs to them.", nullptr, static_cast<int>(parts.elements.size())));
}

void ThreatCopies::cut()
{
    const auto parts = chosenParts();
    if (parts.elements.empty() && parts.zones.empty()) {
        return;
    }
    m_times = 0;
    Q_EMIT copied(parts);
    std::vector<std::string> ids;
    for (const auto& zone : parts.zones) {
        ids.push_back(zone.id);
    }
    for (const auto& element : parts.elements) {
        ids.push_back(element.id);
    }
    m_work.removeParts(ids, true);
}

void ThreatCopies::duplicate()
{
    const auto parts = chosenParts();
    if (parts.elements.empty() && parts.zones.empty()) {
        return;
    }
    const auto& one = parts.zones.empty() ? parts.elements.front().id : parts.zones.front().id;
    const bool single = parts.zones.empty() ? parts.elements.size() == 1 : parts.zones.size() == 1;
    put(threats::teamOfFile(parts),
        single ? tr("Duplicate %1").arg(m_state.nameOf(one))
               : tr("Duplicate %n element(s)", nullptr, static_cast<int>(parts.elements.size())),
        1);
}

void ThreatCopies::paste()
{
    Q_EMIT pasteWanted();
}

void ThreatCopies::put(const threats::TeamModel& parts)
{
    const auto elements = std::count_if(
        parts.parts.begin(), parts.parts.end(), [](const auto& one) { return one.second.type == "element"; });
    put(parts, tr("Paste %n element(s)", nullptr, static_cast<int>(elements)), ++m_times);
}

// Beside what it is a copy of where that is in sight, else in the middle of what is.
void ThreatCopies::put(const threats::TeamModel& parts, const QString& step, int times)
{
    const auto& reading = m_state.reading();
    if (!reading) {
        Q_EMIT told(tr("There is no threat model here yet."));
        return;
    }
    const auto outline = threats::outlineOf(parts);
    const QRectF seen = m_canvas.visibleArea().translated(reading->origin);
    const QRectF area(outline.x, outline.y, outline.width, outline.height);
    QPointF corner = area.topLeft();
    if (!seen.contains(area.center())) {
        corner = seen.center() - QPointF(outline.width, outline.height) / 2 - QPointF(apart, apart);
    }
    corner += QPointF(apart, apart) * times;
    const std::string prefix = m_state.newId();
    auto fresh = threats::withPrefix(parts, prefix);
    m_fresh.clear();
    for (const auto& [id, edit] : fresh.parts) {
        if (edit.type != "flow") {
            m_fresh.push_back(id);
        }
    }
    m_canvas.setFocus(Qt::OtherFocusReason);
    m_state.edit(step, [parts, drawn = m_work.places(), prefix, corner](threats::TeamModel& team) {
        threats::pasteParts(team, parts, drawn, prefix, {corner.x(), corner.y()});
    });
}

void ThreatCopies::update()
{
    const auto& reading = m_state.reading();
    const bool there = reading && std::any_of(m_fresh.begin(), m_fresh.end(), [&](const std::string& id) {
        return reading->nodeOf(id) != GraphScene::none || reading->frameOf(id) != GraphScene::none;
    });
    if (there) { // the drawing is changed first
        QMetaObject::invokeMethod(this, &ThreatCopies::choose, Qt::QueuedConnection);
    }
}

// What was put in is moved next.
void ThreatCopies::choose()
{
    const auto fresh = std::exchange(m_fresh, {});
    const auto& reading = m_state.reading();
    std::vector<std::uint32_t> nodes;
    std::string zone;
    for (const auto& id : fresh) {
        if (const auto node = reading ? reading->nodeOf(id) : GraphScene::none; node != GraphScene::none) {
            nodes.push_back(node);
        } else if (reading && reading->frameOf(id) != GraphScene::none) {
            zone = zone.empty() ? id : zone;
        }
    }
    if (!zone.empty()) { // with what stands in it
        m_state.selectPart(zone);
    } else if (!nodes.empty()) {
        m_canvas.setCurrent(nodes.front());
        m_canvas.setSelection(nodes);
    }
}

} // namespace cupel::widgets
