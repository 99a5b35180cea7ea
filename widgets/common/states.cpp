// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/states.h"

#include "widgets/common/buttons.h"
#include "widgets/common/icons.h"
#include "widgets/common/labels.h"
#include "widgets/common/severity.h"

#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

namespace cupel::widgets {

namespace {

constexpr int padding = 16;
constexpr int tile = 32;

Token fillOf(StateCard::Kind kind)
{
    switch (kind) {
    case StateCard::Kind::Warn:
        return Token::WarnBand;
    case StateCard::Kind::Error:
        return Token::ErrorBand;
    default:
        return Token::Surface;
    }
}

} // namespace

StateCard::StateCard(Kind kind, const QString& iconName, QWidget* parent)
    : QFrame(parent)
    , m_kind(kind)
    , m_icon(iconName)
    , m_title(new Label({}, TextRole::Base, Token::TextPrimary, true, this))
    , m_text(new Label({}, TextRole::Small, Token::TextSecondary, false, this))
    , m_button(new QPushButton(this))
{
    m_title->setWordWrap(true);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    setSmall(m_button);
    m_button->setAutoDefault(true); // Enter presses it, as the space bar does
    m_button->hide();
    connect(m_button, &QPushButton::clicked, this, &StateCard::activated);
    layOut();
}

void StateCard::layOut()
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(padding + tile + 12, 12, padding, 12);
    row->setSpacing(16);
    auto* words = new QVBoxLayout;
    words->setSpacing(6); // a title of several lines does not run on into what stands below it
    words->addWidget(m_title);
    words->addWidget(m_text);
    row->addLayout(words, 1);
    row->addWidget(m_button, 0, Qt::AlignVCenter);
    setMinimumHeight(64);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
}

void StateCard::setState(const QString& title, const QString& text, const QString& button)
{
    m_title->setText(title);
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    m_button->setText(button);
    m_button->setVisible(!button.isEmpty());
    setAccessibleName(text.isEmpty() ? title : title + QLatin1String(". ") + text);
}

void StateCard::setTextRole(TextRole role)
{
    m_text->setRole(role);
}

QRectF StateCard::iconBox() const
{
    return {padding, (height() - tile) / 2.0, tile, tile};
}

void StateCard::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintBox(painter, rect(), radius::card, color(fillOf(m_kind)), color(Token::Hairline));
    const QRectF box = iconBox();
    if (m_kind == Kind::Clean) {
        paintOk(painter, box.adjusted(4, 4, -4, -4), currentTheme());
        return;
    }
    if (m_kind == Kind::Empty) {
        paintBox(painter, box, radius::control, color(Token::Third));
    }
    const bool loud = m_kind != Kind::Empty;
    const qreal inset = loud ? 6 : 8;
    paintIcon(
        painter, box.adjusted(inset, inset, -inset, -inset), m_icon, loud ? Token::TextPrimary : Token::TextSecondary);
}

QWidget* centredPage(StateCard* card, QWidget* parent)
{
    constexpr int widest = 560;
    card->setMaximumWidth(widest);
    auto* page = new QWidget(parent);
    auto* row = new QHBoxLayout;
    row->addStretch(1);
    row->addWidget(card, 8);
    row->addStretch(1);
    auto* column = new QVBoxLayout(page);
    column->addStretch(1);
    column->addLayout(row);
    column->addStretch(2);
    return page;
}

} // namespace cupel::widgets
