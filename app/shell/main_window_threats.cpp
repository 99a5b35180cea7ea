// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow: what it asks of Threats mode.
#include "app/shell/main_window.h"

#include "app/session/session.h"
#include "app/session/threats.h"
#include "app/shell/actions.h"
#include "app/shell/status_bar.h"
#include "widgets/canvas/graph_canvas.h"
#include "widgets/threats/threat_inspector.h"
#include "widgets/threats/threat_navigator.h"
#include "widgets/threats/threat_panels.h"
#include "widgets/threats/threat_view.h"

#include <QtGui/QKeyEvent>
#include <QtWidgets/QLineEdit>

#include <array>

namespace cupel::app {

using widgets::ThreatInspector;
using widgets::ThreatState;
using widgets::ThreatView;

namespace {

// One key for each decision. In this mode they come before the keys of Review; where somebody types they are letters.
class ThreatKeys : public QObject {
public:
    ThreatKeys(ThreatState& state, ThreatInspector* inspector, QObject* parent)
        : QObject(parent)
        , m_state(state)
        , m_inspector(inspector)
    {
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        const bool asks = event->type() == QEvent::ShortcutOverride;
        if (!asks && event->type() != QEvent::KeyPress) {
            return QObject::eventFilter(watched, event);
        }
        auto* key = static_cast<QKeyEvent*>(event);
        if (key->modifiers() != Qt::NoModifier || !run(key->key(), !asks)) {
            return QObject::eventFilter(watched, event);
        }
        key->accept();
        return true;
    }

private:
    bool run(int key, bool act)
    {
        using threats::Applicability;
        using threats::Decision;
        struct Row {
            int key;
            Applicability applicability;
            Decision decision;
        };
        static constexpr std::array<Row, 6> rows{{{Qt::Key_A, Applicability::Applies, Decision::Open},
            {Qt::Key_M, Applicability::Applies, Decision::Mitigated},
            {Qt::Key_X, Applicability::Applies, Decision::Accepted},
            {Qt::Key_T, Applicability::Applies, Decision::Transferred},
            {Qt::Key_N, Applicability::NotApplicable, Decision::Open},
            {Qt::Key_R, Applicability::Proposed, Decision::Open}}};
        for (const Row& row : rows) {
            if (row.key == key) {
                if (act) {
                    m_inspector->decide(row.applicability, row.decision);
                }
                return true;
            }
        }
        if (key != Qt::Key_J && key != Qt::Key_K && key != Qt::Key_O) {
            return false;
        }
        if (act && key == Qt::Key_O) {
            const auto* threat = m_state.threat();
            if (threat && !threat->findings.empty()) {
                m_state.openEvidence(threat->findings.front());
            }
        } else if (act) {
            m_state.step(key == Qt::Key_J ? 1 : -1);
        }
        return true;
    }

    ThreatState& m_state;
    ThreatInspector* m_inspector;
};

} // namespace

void MainWindow::wireThreats(ModePage* made)
{
    auto* view = qobject_cast<ThreatView*>(made->parts().canvas);
    auto* panels = qobject_cast<widgets::ThreatPanels*>(made->parts().navigator);
    auto* inspector = qobject_cast<ThreatInspector*>(made->parts().inspector);
    if (!view || !panels || !inspector) {
        return;
    }
    Threats& threats = m_session.threats();
    ThreatState& state = threats.state();
    auto* keys = new ThreatKeys(state, inspector, made);
    for (QObject* part :
        {static_cast<QObject*>(view), static_cast<QObject*>(panels), static_cast<QObject*>(inspector)}) {
        part->installEventFilter(keys);
    }
    connect(&threats, &Threats::told, m_status, &StatusBar::setNotice);
    connect(inspector, &ThreatInspector::told, m_status, &StatusBar::setNotice);
    connect(view, &ThreatView::againRequested, this, [&threats] { threats.again(); });
    connect(view, &ThreatView::cardRequested, this, [made, inspector] {
        made->setInspectorShown(true);
        inspector->takeFocus();
    });
    connect(view, &ThreatView::findRequested, this, [made, panels] {
        made->setNavigatorShown(true);
        panels->showPanel(widgets::ThreatPanels::Panel::Threats);
        panels->threatList()->search()->setFocus(Qt::ShortcutFocusReason);
    });
    connect(&state, &ThreatState::evidenceRequested, this,
        [this](const std::string& artifact, const std::string& fingerprint) {
            reveal({QString::fromStdString(artifact), {}, {}, QString::fromStdString(fingerprint)});
        });
    connect(m_actions->at(u"threats.fit"), &QAction::triggered, this, [view] { view->canvas()->fit(); });
    connect(m_actions->at(u"threats.again"), &QAction::triggered, this, [&threats] { threats.again(); });
}

} // namespace cupel::app
