// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/findings/evidence_row.h"

#include "analyzers/model/evidence.h"

#include "widgets/common/focus.h"
#include "widgets/common/labels.h"
#include "widgets/common/theme.h"
#include "widgets/findings/selectable_text.h"
#include "widgets/models/shown_text.h"

#include <QtGui/QPainter>
#include <QtWidgets/QStyle>
#include <QtWidgets/QVBoxLayout>

#include <map>
#include <tuple>

#include <algorithm>

namespace cupel::widgets {

namespace {

constexpr int gap = 12;

// Grows with the number in it.
int discSize()
{
    return std::max(24, lineHeight(TextRole::Small) + 8);
}

} // namespace

LinkButton::LinkButton(const QString& text, QWidget* parent)
    : QAbstractButton(parent)
{
    setText(text);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

QSize LinkButton::sizeHint() const
{
    const QFontMetrics metrics(cupel::widgets::font(TextRole::Small));
    return {metrics.horizontalAdvance(text()) + 2, std::max(24, lineHeight(TextRole::Small) + 4)};
}

QSize LinkButton::minimumSizeHint() const
{
    return {std::min(sizeHint().width(), 48), sizeHint().height()};
}

void LinkButton::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    QFont face = cupel::widgets::font(TextRole::Small);
    face.setUnderline(underMouse() || (hasFocus() && focusVisible()));
    painter.setFont(face);
    painter.setPen(color(isEnabled() ? Token::Link : Token::TextMuted));
    painter.drawText(rect(), QStyle::visualAlignment(layoutDirection(), Qt::AlignVCenter | Qt::AlignLeft),
        painter.fontMetrics().elidedText(text(), Qt::ElideMiddle, width()));
}

std::vector<EvidenceLine> evidenceLines(const Finding& finding)
{
    std::vector<EvidenceLine> out;
    std::map<std::tuple<std::string_view, std::string_view, std::string_view, std::string_view>, std::size_t> known;
    for (const auto& one : finding.evidence) {
        if (repeatsMatch(finding, one)) {
            continue;
        }
        const auto [entry, fresh] =
            known.try_emplace({one.role, one.excerpt, one.location.artifact, one.location.human}, out.size());
        if (fresh || one.location.human.empty()) {
            const bool placed = !one.location.artifact.empty() && finding.location.cell.has_value();
            out.push_back({&one, 1, placed && one.location.cell != finding.location.cell});
        } else {
            ++out[entry->second].places;
        }
    }
    return out;
}

EvidenceRow::EvidenceRow(const EvidenceLine& line, int number, bool last, const QString& place, QWidget* parent)
    : QWidget(parent)
    , m_location(line.evidence->location)
    , m_number(number)
    , m_main(line.evidence->role == "match")
    , m_last(last)
{
    const Evidence& evidence = *line.evidence;
    const auto words = [&]() -> QString {
        if (evidence.role == "match") {
            return tr("Found here");
        }
        if (evidence.role == "decoded-from") {
            return tr("Decoded from here");
        }
        if (evidence.role == "check") {
            return tr("Checked without network");
        }
        if (evidence.role == "context" && !line.elsewhere) {
            return tr("What stands around it");
        }
        if (evidence.role == "sample") {
            return tr("A value of it, masked");
        }
        if (evidence.role == "place" || evidence.role == "also" || evidence.role == "context") {
            return tr("And here");
        }
        return shownText(evidence.role);
    };
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(discSize() + gap, 2, 0, 10);
    column->setSpacing(0);
    if (!evidence.excerpt.empty()) {
        const bool prose = evidence.location.artifact.empty();
        auto* excerpt = new SelectableText(prose ? TextRole::Base : TextRole::Code, Token::TextPrimary, false, this);
        excerpt->setText(shownText(evidence.excerpt));
        excerpt->setAccessibleName(tr("Evidence %1").arg(number));
        column->addWidget(excerpt);
    }
    auto* note = new QHBoxLayout;
    note->setSpacing(8);
    auto* role = new Label(words(), TextRole::Small, Token::TextMuted, false, this);
    role->setTextInteractionFlags(Qt::TextSelectableByMouse);
    note->addWidget(role);
    note->addStretch(1);
    if (!place.isEmpty()) {
        auto* link = new LinkButton(place, this);
        link->setAccessibleName(tr("Go to %1").arg(place));
        link->setToolTip(plainToolTip(tr("Go to %1").arg(place)));
        connect(link, &LinkButton::clicked, this, [this] { Q_EMIT activated(m_location); });
        note->addWidget(link);
    }
    column->addLayout(note);
    setMinimumHeight(48);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void EvidenceRow::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const int size = discSize();
    const QRectF circle(QStyle::visualRect(layoutDirection(), rect(), QRect(0, 0, size, size)));
    if (!m_last) {
        painter.setPen(QPen(color(Token::ControlBorder), 2));
        const qreal x = circle.center().x();
        painter.drawLine(QPointF(x, circle.bottom() + 2), QPointF(x, height()));
    }
    painter.setPen(m_main ? QPen(Qt::NoPen) : QPen(color(Token::ControlBorder), 1.5));
    painter.setBrush(m_main ? QBrush(color(Token::Accent)) : QBrush(Qt::NoBrush));
    painter.drawEllipse(circle.adjusted(1, 1, -1, -1));
    painter.setFont(cupel::widgets::font(TextRole::Small, true));
    painter.setPen(color(m_main ? Token::TextOnAccent : Token::TextPrimary));
    painter.drawText(circle, Qt::AlignCenter, QString::number(m_number));
}

} // namespace cupel::widgets
