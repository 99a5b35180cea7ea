// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/threats/presenter_card.h"

#include "analyzers/threats/knowledge/tables.h"
#include "widgets/common/severity.h"
#include "widgets/models/shown_text.h"

#include <QtGui/QKeyEvent>
#include <QtWidgets/QLabel>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QVBoxLayout>

namespace cupel::widgets {

namespace {

constexpr qreal larger = 1.7; // than in the window: it is read from the other end of a room
constexpr std::size_t mostFindings = 5;

} // namespace

// Its letters grow with the text zoom, and everything of it is plain text.
class PresenterCard::Line : public QLabel {
public:
    Line(TextRole role, bool strong, QWidget* parent)
        : QLabel(parent)
        , m_role(role)
        , m_strong(strong)
    {
        setTextFormat(Qt::PlainText);
        setWordWrap(true);
        grow();
    }
    void grow()
    {
        QFont large = widgets::font(m_role, m_strong);
        large.setPixelSize(qRound(QFontInfo(large).pixelSize() * larger));
        setFont(large);
    }
    void say(const QString& text)
    {
        setText(text);
        setVisible(!text.isEmpty());
    }

private:
    TextRole m_role;
    bool m_strong;
};

PresenterCard::PresenterCard(ThreatState& state, QWidget* parent)
    : QWidget(parent, Qt::Window)
    , m_state(state)
{
    setWindowTitle(tr("Presenter: the chosen threat"));
    setFocusPolicy(Qt::StrongFocus);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    auto* content = new QWidget;
    m_where = new Line(TextRole::Base, false, content);
    m_title = new Line(TextRole::H1, true, content);
    m_detail = new Line(TextRole::H3, false, content);
    m_evidence = new Line(TextRole::Base, false, content);
    m_todo = new Line(TextRole::Base, false, content);
    m_decision = new Line(TextRole::H3, true, content);
    auto* list = new QVBoxLayout(content);
    list->setContentsMargins(48, 40, 48, 40);
    list->setSpacing(20);
    for (Line* one : {m_where, m_title, m_detail, m_evidence, m_todo, m_decision}) {
        list->addWidget(one);
    }
    list->addStretch(1);
    auto* area = new QScrollArea(this);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(content);
    area->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(area);
    resize(1'100, 760);
    connect(&state, &ThreatState::selectionChanged, this, &PresenterCard::update);
    connect(&state, &ThreatState::changed, this, &PresenterCard::update);
    update();
}

QString PresenterCard::text() const
{
    QStringList out;
    for (const Line* one : {m_where, m_title, m_detail, m_evidence, m_todo, m_decision}) {
        out += one->text();
    }
    return out.join(u'\n');
}

void PresenterCard::update()
{
    if (const auto* threat = m_state.threat()) {
        fill(*threat);
        return;
    }
    for (Line* one : {m_where, m_detail, m_evidence, m_todo, m_decision}) {
        one->say({});
    }
    m_title->say(tr("Choose a threat"));
}

void PresenterCard::fill(const threats::Threat& threat)
{
    m_where->say(
        tr("%1: %2").arg(threat.severity ? word(*threat.severity) : tr("Not rated"), m_state.nameOf(threat.target)));
    m_title->say(shownText(threat.title));
    m_detail->say(shownText(threat.description));
    QStringList evidence{tr("Evidence: %1").arg(word(threat.evidence))};
    for (const auto& fingerprint : threat.findings) {
        const auto found = m_state.reading()->findings.find(fingerprint);
        if (found != m_state.reading()->findings.end() && evidence.size() <= static_cast<qsizetype>(mostFindings)) {
            const auto& one = found->second;
            evidence += tr("%1: %2, %3")
                            .arg(shownText(one.title), shownText(one.artifact.substr(one.artifact.rfind('/') + 1)),
                                shownText(one.place));
        }
    }
    m_evidence->say(evidence.join(u'\n'));
    QStringList controls;
    for (const auto& control : threat.controls) {
        if (const auto title = threats::titleOf(control); !title.empty()) {
            controls += shownText(std::string(title));
        }
    }
    m_todo->say(controls.isEmpty() ? shownText(threat.mitigation)
                                   : tr("%1\nControls: %2").arg(shownText(threat.mitigation), controls.join(tr(", "))));
    const bool plain =
        threat.applicability != threats::Applicability::Applies || threat.decision == threats::Decision::Open;
    const QString decision = plain ? word(threat.applicability) : word(threat.decision);
    m_decision->say(
        threat.assignee.empty() ? decision : tr("%1, assigned to %2").arg(decision, shownText(threat.assignee)));
    setAccessibleDescription(text());
}

void PresenterCard::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) {
        close();
    } else if (event->key() == Qt::Key_J || event->key() == Qt::Key_K) {
        m_state.step(event->key() == Qt::Key_J ? 1 : -1);
    } else {
        QWidget::keyPressEvent(event);
    }
}

void PresenterCard::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange) {
        for (Line* one : {m_where, m_title, m_detail, m_evidence, m_todo, m_decision}) {
            one->grow();
        }
    }
}

} // namespace cupel::widgets
