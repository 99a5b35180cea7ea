// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/threats/blank_drawing.h"

#include "widgets/canvas/canvas_editor.h"
#include "widgets/canvas/graph_canvas.h"
#include "widgets/common/style.h"

#include <QtCore/QEvent>
#include <QtWidgets/QPushButton>

#include <algorithm>

namespace cupel::widgets {

namespace {

constexpr int widest = 560;
constexpr int room = 24; // at its sides

// "2 threats, 1 control"; empty: nothing.
QString heldWords(const threats::ThreatModel& model)
{
    QStringList out;
    const auto n = [](std::size_t count) { return static_cast<int>(count); };
    if (!model.threats.empty()) {
        out += BlankDrawing::tr("%n threat(s)", nullptr, n(model.threats.size()));
    }
    if (!model.controls.empty()) {
        out += BlankDrawing::tr("%n control(s)", nullptr, n(model.controls.size()));
    }
    if (!model.assumptions.empty()) {
        out += BlankDrawing::tr("%n assumption(s)", nullptr, n(model.assumptions.size()));
    }
    return out.join(QStringLiteral(", "));
}

} // namespace

BlankDrawing::BlankDrawing(ThreatState& state, GraphCanvas& canvas, CanvasEditor& editor)
    : EmptyState(QStringLiteral("shield-alert"), &canvas)
    , m_state(state)
    , m_canvas(canvas)
    , m_editor(editor)
{
    setMaximumWidth(widest);
    canvas.installEventFilter(this);
    connect(&state, &ThreatState::changed, this, &BlankDrawing::update);
    connect(&state, &ThreatState::fileChanged, this, &BlankDrawing::update);
    connect(&editor, &CanvasEditor::toolChanged, this, &BlankDrawing::update);
    connect(this, &StateCard::activated, &editor, &CanvasEditor::paletteRequested);
    update();
}

bool BlankDrawing::isWanted() const
{
    const auto& reading = m_state.reading();
    return reading && reading->overlaid.model.elements.empty() && reading->overlaid.model.zones.empty()
        && m_editor.tool() == CanvasEditor::Tool::Select;
}

void BlankDrawing::update()
{
    if (!isWanted()) {
        const bool focused = button()->hasFocus();
        hide();
        if (focused) {
            m_canvas.setFocus(Qt::OtherFocusReason);
        }
        return;
    }
    const auto& overlaid = m_state.reading()->overlaid;
    const auto& file = m_state.file();
    const QString how = tr("Add the first element (E) or draw a zone (Z).");
    if (file) {
        const QString held = heldWords(overlaid.model);
        QString text = held.isEmpty()
            ? tr("It says what the model is about, and holds no element, flow, zone or threat.")
            : tr("It holds %1, and no element, flow or zone.").arg(held);
        setState(tr("Nothing is drawn in %1").arg(file->name),
            text + u' ' + how + u' ' + tr("The file stays as it is until you save."), tr("Add an element"));
    } else if (!overlaid.hidden.empty()) {
        setState(tr("Everything is hidden"),
            tr("%n part(s) that the scan made are hidden. The list of elements shows them again.", nullptr,
                static_cast<int>(overlaid.hidden.size())),
            tr("Add an element"));
    } else {
        setState(tr("Nothing is drawn"), how, tr("Add an element"));
    }
    show();
    place();
}

// A little above the middle, as other cards stand.
void BlankDrawing::place()
{
    const int width = std::min(widest, m_canvas.width() - 2 * room);
    const int height = std::max(heightForWidth(width), minimumSizeHint().height());
    setGeometry((m_canvas.width() - width) / 2, std::max(room, (m_canvas.height() - height) / 3), width, height);
}

bool BlankDrawing::eventFilter(QObject* object, QEvent* event)
{
    if (event->type() == QEvent::Resize || event->type() == QEvent::StyleChange
        || event->type() == QEvent::FontChange) {
        place();
    }
    return EmptyState::eventFilter(object, event);
}

} // namespace cupel::widgets
