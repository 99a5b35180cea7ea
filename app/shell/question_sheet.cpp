// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/question_sheet.h"

#include "widgets/common/labels.h"
#include "widgets/common/severity.h"

#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace cupel::app {

using widgets::TextRole;
using widgets::Token;

namespace {

constexpr std::size_t listed = 6;
constexpr int sheetWidth = 560;

class Sign : public QWidget {
public:
    Sign(Severity severity, QWidget* parent)
        : QWidget(parent)
        , m_severity(severity)
    {
        setFixedSize(16, 16);
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        widgets::paintSeverity(painter, rect(), m_severity, false);
    }

private:
    Severity m_severity;
};

widgets::Label* wrappedLabel(const QString& text, Token token, QWidget* parent)
{
    auto* label = new widgets::Label(text, TextRole::Base, token, false, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

// High enough for what it says: a sheet has a size of its own, its text has not.
QSize sizeFor(const Question& question)
{
    const double zoom = std::max(1.0, widgets::textZoom());
    const int rows = static_cast<int>(std::min(question.rows.size(), listed + 1));
    const auto lines = [](const QString& text) { return text.isEmpty() ? 0 : 1 + static_cast<int>(text.size()) / 62; };
    const int height = 150 + 28 * rows + 22 * (lines(question.text) + lines(question.foot));
    return {static_cast<int>(sheetWidth * zoom), static_cast<int>(height * zoom)};
}

} // namespace

QuestionSheet::QuestionSheet(const Question& question, QWidget* window)
    : Sheet(question.title, window, sizeFor(question))
    , m_yes(new QPushButton(question.yes, this))
    , m_no(new QPushButton(question.no, this))
{
    setProperty("takesKeys", true); // single keys would act on what lies behind
    QString spoken = question.text;
    body()->addWidget(wrappedLabel(question.text, Token::TextPrimary, this));
    for (std::size_t i = 0; i < question.rows.size() && i < listed; ++i) {
        const QuestionRow& one = question.rows[i];
        auto* row = new QHBoxLayout;
        row->setSpacing(8);
        row->addWidget(new Sign(one.severity, this));
        row->addWidget(new widgets::ElidedLabel(one.text, TextRole::Base, Token::TextPrimary, false, this), 1);
        row->addWidget(new widgets::Label(one.place, TextRole::Small, Token::TextMuted, false, this));
        body()->addLayout(row);
        spoken +=
            u'\n' + widgets::word(one.severity) + QStringLiteral(": ") + one.text + QStringLiteral(", ") + one.place;
    }
    if (question.rows.size() > listed) {
        const auto more = tr("and %n more", nullptr, static_cast<int>(question.rows.size() - listed));
        body()->addWidget(new widgets::Label(more, TextRole::Small, Token::TextMuted, false, this));
        spoken += u'\n' + more;
    }
    if (!question.foot.isEmpty()) {
        body()->addWidget(wrappedLabel(question.foot, Token::TextSecondary, this));
        spoken += u'\n' + question.foot;
    }
    setAccessibleDescription(spoken);
    body()->addStretch(1);
    m_no->setDefault(true);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch(1);
    buttons->addWidget(m_yes);
    buttons->addWidget(m_no);
    body()->addLayout(buttons);
    for (QPushButton* button : {m_yes, m_no}) {
        button->setAutoDefault(true); // Enter presses the one that has the focus
    }
    connect(m_no, &QPushButton::clicked, this, &Sheet::close);
    connect(m_yes, &QPushButton::clicked, this, [this] {
        close();
        Q_EMIT accepted();
    });
}

void QuestionSheet::takeFocus()
{
    m_no->setFocus(Qt::PopupFocusReason);
}

} // namespace cupel::app
