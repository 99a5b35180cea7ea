// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/findings/inspector_header.h"

#include "widgets/common/buttons.h"
#include "widgets/common/flow_layout.h"
#include "widgets/common/labels.h"
#include "widgets/common/severity.h"
#include "widgets/findings/selectable_text.h"
#include "widgets/models/shown_text.h"

#include <QtGui/QPainter>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace cupel::widgets {

SeverityGlyph::SeverityGlyph(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

// Grows with the word beside it.
QSize SeverityGlyph::sizeHint() const
{
    const int size = std::max(20, lineHeight(TextRole::Base));
    return {size, size};
}

void SeverityGlyph::setSeverity(Severity severity)
{
    m_severity = severity;
    setAccessibleName(word(severity));
    update();
}

void SeverityGlyph::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintSeverity(painter, rect(), m_severity);
}

InspectorHeader::InspectorHeader(QWidget* parent)
    : QWidget(parent)
    , m_title(new SelectableText(TextRole::H3, Token::TextPrimary, true, this))
    , m_glyph(new SeverityGlyph(this))
    , m_severity(new Label({}, TextRole::Base, Token::TextPrimary, false, this))
    , m_confidence(new Chip({}, this))
    , m_rule(new Label({}, TextRole::CodeSmall, Token::TextSecondary, false, this))
{
    m_title->setAccessibleName(tr("Finding"));
    m_confidence->setToolTip(tr("How sure the rule is"));
    m_rule->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* facts = new FlowLayout(8, false);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_glyph, m_severity, m_confidence, m_rule}) {
        facts->addWidget(widget);
    }
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 8);
    column->setSpacing(6);
    column->addWidget(m_title);
    column->addLayout(facts);
}

void InspectorHeader::show(const Finding& finding)
{
    m_title->setText(shownText(finding.title));
    m_glyph->setSeverity(finding.severity);
    m_severity->setText(word(finding.severity));
    m_confidence->setText(word(finding.confidence));
    m_confidence->setAccessibleName(tr("Confidence: %1").arg(word(finding.confidence)));
    m_confidence->updateGeometry();
    m_rule->setText(shownText(finding.rule));
    layout()->invalidate();
    updateGeometry();
}

} // namespace cupel::widgets
