// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/threats/task_band.h"

#include "widgets/common/buttons.h"
#include "widgets/common/labels.h"

#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QProgressBar>
#include <QtWidgets/QPushButton>

namespace cupel::widgets {

TaskBand::TaskBand(ThreatState& state, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_text(new Label({}, TextRole::Base, Token::TextPrimary, false, this))
    , m_bar(new QProgressBar(this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
{
    constexpr int width = 220;
    m_text->setTextFormat(Qt::PlainText);
    m_bar->setRange(0, 100);
    m_bar->setTextVisible(false);
    m_bar->setFixedWidth(width);
    setSmall(m_cancel);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(16, 8, 12, 8);
    row->addWidget(m_text);
    row->addWidget(m_bar);
    row->addStretch(1);
    row->addWidget(m_cancel);
    connect(m_cancel, &QPushButton::clicked, &state, &ThreatState::stopTask);
    connect(&state, &ThreatState::taskChanged, this, &TaskBand::update);
    update();
}

void TaskBand::update()
{
    const auto& task = m_state.task();
    setVisible(task.has_value());
    if (task) {
        m_text->setText(task->text);
        m_bar->setValue(task->percent);
        m_bar->setAccessibleName(task->text);
        m_cancel->setAccessibleName(tr("Cancel: %1").arg(task->text));
    }
}

void TaskBand::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.fillRect(rect(), color(Token::Third));
}

} // namespace cupel::widgets
