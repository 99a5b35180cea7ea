// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/threats/threat_work.h"

#include "widgets/canvas/canvas_editor.h"
#include "widgets/canvas/graph_canvas.h"

#include <QtGui/QKeyEvent>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMenu>

#include <algorithm>
#include <utility>

namespace cupel::widgets {

using threats::PartEdit;
using threats::TeamModel;

namespace {

constexpr int longestName = 120;
constexpr int newTrust = 50;

// A line edit that Esc leaves as it was.
class NameField : public QLineEdit {
public:
    using QLineEdit::QLineEdit;
    bool given_up = false;

protected:
    bool event(QEvent* event) override
    {
        if (event->type() == QEvent::ShortcutOverride) { // letters are letters here
            event->accept();
            return true;
        }
        return QLineEdit::event(event);
    }
    void keyPressEvent(QKeyEvent* event) override
    {
        if (event->key() == Qt::Key_Escape) {
            given_up = true;
            Q_EMIT editingFinished();
            return;
        }
        QLineEdit::keyPressEvent(event);
        event->accept(); // nothing else has a use for it while something is being named
    }
};

template <typename Parts> auto partOf(const Parts& parts, const std::string& id)
{
    const auto found = std::find_if(parts.begin(), parts.end(), [&id](const auto& one) { return one.id == id; });
    return found == parts.end() ? nullptr : &*found;
}

} // namespace

ThreatWork::ThreatWork(ThreatState& state, GraphCanvas& canvas)
    : QObject(&canvas)
    , m_state(state)
    , m_canvas(canvas)
    , m_editor(canvas.makeEditable())
{
    connect(m_editor, &CanvasEditor::placed, this, &ThreatWork::place);
    connect(m_editor, &CanvasEditor::linked, this, &ThreatWork::link);
    connect(m_editor, &CanvasEditor::areaDrawn, this, &ThreatWork::drawZone);
    connect(m_editor, &CanvasEditor::nodesMoved, this, &ThreatWork::moveNodes);
    connect(m_editor, &CanvasEditor::frameChanged, this, &ThreatWork::changeFrame);
    connect(m_editor, &CanvasEditor::renameRequested, this, &ThreatWork::rename);
    connect(m_editor, &CanvasEditor::removeRequested, this, &ThreatWork::remove);
    connect(m_editor, &CanvasEditor::paletteRequested, this, &ThreatWork::paletteRequested);
    connect(m_editor, &CanvasEditor::toolChanged, this, &ThreatWork::tellTool);
    connect(&state, &ThreatState::changed, this, &ThreatWork::update);
    connect(&canvas, &GraphCanvas::viewChanged, this, [this] { closeField(true); });
}

void ThreatWork::tellTool()
{
    switch (m_editor->tool()) {
    case CanvasEditor::Tool::Place:
        Q_EMIT told(tr("Click where it belongs, or press Enter for the middle. Esc gives up."));
        break;
    case CanvasEditor::Tool::Link:
        Q_EMIT told(tr("Choose where the flow leads: click it, or go there with arrows or Page Down and press Enter."));
        break;
    case CanvasEditor::Tool::Area:
        Q_EMIT told(tr("Drag from corner to corner of the zone, or press Enter for one in the middle. Esc gives up."));
        break;
    case CanvasEditor::Tool::Select:
        Q_EMIT told({});
        break;
    }
}

void ThreatWork::addElement(const std::string& kind)
{
    m_kind = kind;
    m_canvas.setFocus(Qt::OtherFocusReason);
    m_editor->setTool(CanvasEditor::Tool::Select);
    m_editor->setTool(CanvasEditor::Tool::Place);
}

void ThreatWork::startZone()
{
    m_canvas.setFocus(Qt::OtherFocusReason);
    if (const QRectF area = m_editor->areaOfSelection(); !area.isNull()) {
        drawZone(area);
    } else {
        m_editor->setTool(CanvasEditor::Tool::Area);
    }
}

void ThreatWork::startFlow()
{
    m_canvas.setFocus(Qt::OtherFocusReason);
    m_editor->startLink();
}

void ThreatWork::fillPalette(QMenu* menu)
{
    for (const auto& kind : paletteKinds()) {
        QString name = kindWord(kind);
        name.replace(0, 1, name.left(1).toUpper());
        menu->addAction(name, this, [this, kind] { addElement(kind); });
    }
}

threats::Box ThreatWork::boxOf(const QRectF& sceneBox) const
{
    const QPointF origin = m_state.reading() ? m_state.reading()->origin : QPointF();
    const QRectF box = sceneBox.translated(origin);
    return {box.x(), box.y(), box.width(), box.height()};
}

threats::DrawnPlaces ThreatWork::places() const
{
    threats::DrawnPlaces out;
    const auto& reading = m_state.reading();
    const auto& nodes = m_canvas.scene()->nodes();
    for (std::size_t i = 0; reading && i < nodes.size() && i < reading->elements.size(); ++i) {
        const auto& element = reading->overlaid.model.elements[reading->elements[i]];
        out.elements.push_back({element.id, boxOf(nodes[i].box), element.box, element.zone});
    }
    const auto& frames = m_canvas.scene()->frames();
    for (std::size_t i = 0; reading && i < frames.size() && i < reading->zones.size(); ++i) { // outer ones first
        const auto& zone = reading->overlaid.model.zones[reading->zones[i]];
        out.zones.push_back({zone.id, boxOf(frames[i].box), zone.box, zone.parent});
    }
    return out;
}

void ThreatWork::place(const QPointF& place)
{
    if (m_kind.empty()) {
        return;
    }
    QRectF scene(place, QSizeF(threats::elementBox.width, threats::elementBox.height));
    scene.translate(-scene.width() / 2, -scene.height() / 2);
    const auto box = boxOf(scene);
    const auto zone = threats::zoneAt(places(), {box.x + box.width / 2, box.y + box.height / 2});
    const std::string id = m_state.newId();
    const QString kind = kindWord(m_kind);
    QString name = kind;
    name.replace(0, 1, name.left(1).toUpper());
    m_fresh = id;
    m_state.edit(tr("Add %1").arg(kind),
        [id, kind = std::exchange(m_kind, {}), name = name.toStdString(), zone, box](
            TeamModel& team) { threats::addElement(team, id, kind, name, zone, box); });
    m_state.selectPart(id);
}

void ThreatWork::link(std::uint32_t from, std::uint32_t to)
{
    const auto& reading = m_state.reading();
    if (!reading || from >= reading->elements.size() || to >= reading->elements.size() || from == to) {
        return;
    }
    const auto& elements = reading->overlaid.model.elements;
    const std::string source = elements[reading->elements[from]].id;
    const std::string target = elements[reading->elements[to]].id;
    const std::string id = m_state.newId();
    m_state.edit(tr("Draw a flow from %1 to %2").arg(m_state.nameOf(source), m_state.nameOf(target)),
        [=](TeamModel& team) { threats::addFlow(team, id, source, target); });
    m_state.selectPart(id);
}

void ThreatWork::drawZone(const QRectF& area)
{
    if (!m_state.reading()) {
        return;
    }
    const auto box = boxOf(area);
    const std::string id = m_state.newId();
    m_fresh = id;
    m_state.edit(tr("Draw a zone"), [=, drawn = places(), name = tr("New zone").toStdString()](TeamModel& team) {
        threats::addZone(team, id, name, newTrust, box);
        const std::string around = threats::zoneAt(drawn, {box.x + box.width / 2, box.y + box.height / 2});
        if (!around.empty()) {
            team.parts[id].zone = around;
        }
        threats::takeIntoZone(team, drawn, id, box); // they stay where the zone was drawn around them
    });
    m_state.selectPart(id);
}

void ThreatWork::moveNodes(const QPointF& by)
{
    const auto ids = chosen();
    if (!m_state.reading() || m_canvas.selection().empty()) {
        return;
    }
    const QString step = ids.size() == 1 ? tr("Move %1").arg(m_state.nameOf(ids.front()))
                                         : tr("Move %n element(s)", nullptr, static_cast<int>(ids.size()));
    m_state.edit(
        step, [ids, by, drawn = places()](TeamModel& team) { threats::moveParts(team, drawn, ids, {by.x(), by.y()}); });
}

void ThreatWork::changeFrame(std::uint32_t frame, const QRectF& box)
{
    const auto& reading = m_state.reading();
    const auto& frames = m_canvas.scene()->frames();
    if (!reading || frame >= frames.size() || frame >= reading->zones.size()) {
        return;
    }
    const std::string zone = reading->overlaid.model.zones[reading->zones[frame]].id;
    const QString name = m_state.nameOf(zone);
    const bool moved = frames[frame].box.size() == box.size();
    m_state.edit(moved ? tr("Move %1").arg(name) : tr("Resize %1").arg(name),
        [zone, drawn = places(), wanted = boxOf(box)](
            TeamModel& team) { threats::changeZone(team, drawn, zone, wanted); });
}

std::vector<std::string> ThreatWork::chosen() const
{
    std::vector<std::string> out;
    const auto& reading = m_state.reading();
    if (!reading) {
        return out;
    }
    for (const auto node : m_canvas.selection()) {
        if (node < reading->elements.size()) {
            out.push_back(reading->overlaid.model.elements[reading->elements[node]].id);
        }
    }
    if (out.empty() && !m_state.part().empty()) {
        out.push_back(m_state.part());
    }
    return out;
}

void ThreatWork::remove()
{
    removeParts(chosen(), false);
}

void ThreatWork::removeParts(const std::vector<std::string>& ids, bool cut)
{
    const auto reading = m_state.reading();
    if (!reading || ids.empty()) {
        Q_EMIT told(tr("Choose an element, a flow or a zone first."));
        return;
    }
    const auto& drawn = reading->overlaid.drawn;
    const bool own = std::all_of(ids.begin(), ids.end(), [&](const std::string& id) { return drawn.contains(id); });
    const QString what =
        ids.size() == 1 ? m_state.nameOf(ids.front()) : tr("%n element(s)", nullptr, static_cast<int>(ids.size()));
    m_state.selectPart({});
    m_state.edit((cut          ? tr("Cut %1")
                         : own ? tr("Delete %1")
                               : tr("Hide %1"))
                     .arg(what),
        [ids, reading](TeamModel& team) { threats::removeParts(team, reading->overlaid.model, ids); });
    if (!own) {
        Q_EMIT told(tr("The scan makes it: it is hidden, and can be brought back from the list of elements."));
    }
}

void ThreatWork::align(threats::Alignment how)
{
    const auto& reading = m_state.reading();
    const auto nodes = m_canvas.selection();
    if (!reading || nodes.size() < 2) {
        Q_EMIT told(tr("Choose two elements or more first: with Shift and a click, or drag a frame with Shift."));
        return;
    }
    std::vector<threats::Box> boxes;
    for (const auto node : nodes) {
        boxes.push_back(boxOf(m_canvas.scene()->nodes()[node].box));
    }
    boxes = threats::aligned(std::move(boxes), how);
    const auto ids = chosen();
    std::vector<std::pair<std::string, threats::Box>> wanted;
    for (std::size_t i = 0; i < ids.size() && i < boxes.size(); ++i) {
        wanted.emplace_back(ids[i], boxes[i]);
    }
    m_state.edit(tr("Align %n element(s)", nullptr, static_cast<int>(nodes.size())),
        [wanted, drawn = places()](TeamModel& team) { threats::putParts(team, drawn, wanted); });
}

void ThreatWork::rename()
{
    const auto& reading = m_state.reading();
    const auto ids = chosen();
    if (!reading || ids.size() != 1) {
        return;
    }
    const auto& model = reading->overlaid.model;
    m_named = ids.front();
    if (const auto node = reading->nodeOf(m_named); node != GraphScene::none) {
        m_canvas.reveal(node);
        openField(m_canvas.scene()->nodes()[node].box, QString::fromStdString(partOf(model.elements, m_named)->name));
    } else if (const auto edge = reading->edgeOf(m_named); edge != GraphScene::none) {
        const auto& line = m_canvas.scene()->edges()[edge];
        const QPointF* corner = m_canvas.scene()->corners(line);
        const QPointF middle = line.corners == 0 ? m_canvas.visibleArea().center()
                                                 : (corner[(line.corners - 1) / 2] + corner[line.corners / 2]) / 2;
        openField(QRectF(middle - QPointF(80, 12), QSizeF(160, 24)),
            QString::fromStdString(partOf(model.flows, m_named)->name));
    } else if (const auto frame = reading->frameOf(m_named); frame != GraphScene::none) {
        const QRectF box = m_canvas.scene()->frames()[frame].box;
        openField(QRectF(box.topLeft() + QPointF(8, 4), QSizeF(std::min(box.width() - 16, 240.0), 28)),
            QString::fromStdString(partOf(model.zones, m_named)->name));
    }
}

void ThreatWork::openField(const QRectF& box, const QString& text)
{
    const std::string named = m_named;
    closeField(true);
    m_named = named;
    auto* field = new NameField(m_canvas.viewport());
    m_field = field;
    field->setMaxLength(longestName);
    field->setAccessibleName(tr("Name"));
    field->setText(text);
    QRect place = m_canvas.toViewport(box).toAlignedRect();
    const int high = field->sizeHint().height();
    const int wide = std::max(place.width(), field->fontMetrics().averageCharWidth() * 22);
    place = QRect(place.center().x() - wide / 2, place.center().y() - high / 2, wide, high);
    const QRect all = m_canvas.viewport()->rect();
    place.moveLeft(std::clamp(place.left(), 0, std::max(0, all.right() - wide)));
    place.moveTop(std::clamp(place.top(), 0, std::max(0, all.bottom() - high)));
    field->setGeometry(place);
    field->selectAll();
    field->show();
    field->setFocus(Qt::OtherFocusReason);
    connect(field, &QLineEdit::editingFinished, this, [this, field] {
        if (m_field == field) {
            const bool focused = field->hasFocus();
            closeField(!field->given_up);
            if (focused) {
                m_canvas.setFocus(Qt::OtherFocusReason);
            }
        }
    });
}

void ThreatWork::closeField(bool keep)
{
    if (!m_field) {
        return;
    }
    QLineEdit* field = std::exchange(m_field, nullptr);
    const std::string name = field->text().simplified().toStdString();
    const bool changed = field->isModified() && !name.empty();
    field->hide();
    field->deleteLater();
    if (keep && changed) {
        m_state.edit(tr("Rename %1").arg(m_state.nameOf(m_named)),
            [id = m_named, name](TeamModel& team) { threats::setText(team, id, &PartEdit::name, name); });
    }
}

void ThreatWork::update()
{
    const auto& reading = m_state.reading();
    if (m_fresh.empty() || !reading) {
        return;
    }
    const bool there = reading->nodeOf(m_fresh) != GraphScene::none || reading->frameOf(m_fresh) != GraphScene::none;
    if (there) { // what was just put there wants a name
        m_fresh.clear();
        QMetaObject::invokeMethod(this, &ThreatWork::rename, Qt::QueuedConnection); // the drawing is changed first
    }
}

} // namespace cupel::widgets
