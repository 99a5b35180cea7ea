// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/threats/file_band.h"

#include "widgets/common/buttons.h"
#include "widgets/common/labels.h"

#include <QtGui/QPainter>
#include <QtGui/QResizeEvent>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QPushButton>

namespace cupel::widgets {

FileBand::FileBand(ThreatState& state, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_text(new Label({}, TextRole::Base, Token::TextPrimary, false, this))
    , m_save(new QPushButton(tr("Save"), this))
    , m_own(new QPushButton(tr("Save as Cupel\u2019s own model"), this))
    , m_leave(new QPushButton(tr("Back to the folder"), this))
{
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_save->setToolTip(tr("Save the file in its own form (Ctrl+S)"));
    m_own->setToolTip(tr("Put all of it into the threat model of the folder; the file stays as it is"));
    m_leave->setToolTip(tr("Show the threat model of the folder again; what is not saved comes back with the file"));
    m_row = new QBoxLayout(QBoxLayout::LeftToRight, this);
    m_row->setContentsMargins(16, 8, 12, 8);
    m_row->addWidget(m_text, 1);
    auto* buttons = new QHBoxLayout;
    for (QPushButton* one : {m_save, m_own, m_leave}) {
        setSmall(one);
        buttons->addWidget(one);
    }
    buttons->addStretch(1);
    m_row->addLayout(buttons);
    connect(m_save, &QPushButton::clicked, this, &FileBand::saveRequested);
    connect(m_own, &QPushButton::clicked, this, &FileBand::takeOverRequested);
    connect(m_leave, &QPushButton::clicked, this, &FileBand::leaveRequested);
    connect(&state, &ThreatState::fileChanged, this, &FileBand::update);
    update();
}

// Beside the buttons for as long as they leave the text most of it, else above them.
void FileBand::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    const int buttons = m_save->sizeHint().width() + m_own->sizeHint().width() + m_leave->sizeHint().width();
    m_row->setDirection(event->size().width() > 2 * buttons + 80 ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

QString FileBand::text() const
{
    return m_text->text();
}

void FileBand::update()
{
    const auto& file = m_state.file();
    setVisible(file.has_value());
    if (!file) {
        return;
    }
    QString text = file->changed && !file->kept ? tr("%1 (%2) is worked on in its own form. Your changes are not saved "
                                                     "yet, and there is too much of them to be "
                                                     "kept: what ends the window ends them.")
                                                      .arg(file->name, file->format)
        : file->changed
        ? tr("%1 (%2) is worked on in its own form. Your changes are not saved yet.").arg(file->name, file->format)
        : tr("%1 (%2) is worked on in its own form.").arg(file->name, file->format);
    if (!file->left.isEmpty()) {
        text += u' ' + tr("Not drawn, but kept in the file: %1.").arg(file->left);
    }
    m_text->setText(text);
    m_save->setEnabled(file->changed);
    m_save->setAccessibleName(tr("Save %1").arg(file->name));
    m_own->setAccessibleName(tr("Save %1 as Cupel\u2019s own model").arg(file->name));
    m_leave->setAccessibleName(tr("Back to the threat model of the folder"));
    setAccessibleName(text);
}

void FileBand::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.fillRect(rect(), color(m_state.file() && m_state.file()->changed ? Token::WarnBand : Token::Third));
}

} // namespace cupel::widgets
