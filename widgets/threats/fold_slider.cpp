// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/threats/fold_slider.h"

#include "analyzers/threats/work/fold_choice.h"
#include "widgets/common/labels.h"

#include <QtCore/QSignalBlocker>
#include <QtWidgets/QSlider>
#include <QtWidgets/QVBoxLayout>

namespace cupel::widgets {

FoldSlider::FoldSlider(ThreatState& state, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_slider(new QSlider(Qt::Horizontal, this))
    , m_words(new Label({}, TextRole::Small, Token::TextSecondary, false, this))
{
    m_slider->setRange(static_cast<int>(threats::fewestElements), static_cast<int>(threats::mostElements));
    m_slider->setPageStep(5);
    m_slider->setAccessibleName(tr("Elements that the scan folds what is alike into"));
    m_slider->setMinimumWidth(220);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 8, 12, 10);
    column->addWidget(m_words);
    column->addWidget(m_slider);
    setFocusProxy(m_slider);
    m_rest.setSingleShot(true);
    m_rest.setInterval(350);
    m_rest.callOnTimeout(this, &FoldSlider::choose);
    connect(m_slider, &QSlider::valueChanged, this, [this] {
        tell();
        m_rest.start();
    });
    connect(&state, &ThreatState::changed, this, &FoldSlider::update);
    update();
}

void FoldSlider::update()
{
    const auto& reading = m_state.reading();
    setEnabled(reading && !m_state.file());
    if (reading && !m_rest.isActive()) {
        const QSignalBlocker quiet(m_slider);
        m_slider->setValue(static_cast<int>(threats::foldOf(reading->overlaid.answers)));
    }
    tell();
}

void FoldSlider::tell()
{
    m_words->setText(m_state.file()
            ? tr("A file of another tool is shown as it is")
            : tr("Fold what is alike beyond %n element(s); what you touched stays", nullptr, m_slider->value()));
}

void FoldSlider::choose()
{
    const auto most = static_cast<std::uint32_t>(m_slider->value());
    m_state.edit(tr("Fold beyond %n element(s)", nullptr, m_slider->value()),
        [most](threats::TeamModel& team) { threats::setFold(team, most); });
}

} // namespace cupel::widgets
