// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/gallery/gallery_view.h"

#include "widgets/common/buttons.h"
#include "widgets/common/icons.h"
#include "widgets/common/labels.h"
#include "widgets/common/states.h"
#include "widgets/gallery/gallery_grid.h"

#include <QtCore/QEvent>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace cupel::widgets {

GalleryView::GalleryView(GalleryState& state, PictureSource* pictures, QWidget* parent)
    : View(parent)
    , m_state(state)
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_empty = new EmptyState(QStringLiteral("image"), this);
    m_grid = new GalleryGrid(state, pictures, this);
    m_stack = new QStackedWidget(this);
    auto* box = new QWidget(m_stack);
    auto* boxLayout = new QVBoxLayout(box);
    boxLayout->setContentsMargins(12, 8, 4, 0);
    boxLayout->addWidget(m_grid);
    m_stack->addWidget(centredPage(m_empty, m_stack));
    m_stack->addWidget(box);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHeader());
    column->addWidget(m_stack, 1);
    connect(m_empty, &StateCard::activated, this, [this] {
        if (m_state.images().empty()) {
            Q_EMIT intent({Intent::Kind::OpenFiles, {}, {}});
        } else {
            m_state.setShow(GalleryState::Show::All);
        }
    });
    for (const auto signal :
        {&GalleryState::imagesChanged, &GalleryState::visibleChanged, &GalleryState::lookedAtChanged}) {
        connect(&state, signal, this, &GalleryView::update);
    }
    update();
}

QWidget* GalleryView::makeHeader()
{
    auto* header = new QWidget(this);
    m_sign = new QLabel(header);
    m_sign->setPixmap(icon(QStringLiteral("image")).pixmap(QSize(20, 20)));
    auto* title = new Label(tr("Images"), TextRole::Base, Token::TextPrimary, true, header);
    m_facts = new Label({}, TextRole::Small, Token::TextMuted, false, header);
    m_show = new SegmentedControl(
        {tr("All"), tr("Not looked at"), tr("With metadata")}, tr("Which images are shown"), header);
    auto* row = new QHBoxLayout(header);
    row->setContentsMargins(16, 8, 12, 8);
    row->setSpacing(8);
    row->addWidget(m_sign);
    row->addWidget(title);
    row->addWidget(m_facts);
    row->addStretch(1);
    row->addWidget(m_show);
    connect(m_show, &SegmentedControl::currentChanged, this,
        [this](int segment) { m_state.setShow(static_cast<GalleryState::Show>(segment)); });
    return header;
}

void GalleryView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange && m_sign) {
        m_sign->setPixmap(icon(QStringLiteral("image")).pixmap(QSize(20, 20))); // it is a picture
    }
    View::changeEvent(event);
}

void GalleryView::takeFocus()
{
    if (m_stack->currentIndex() == 1) {
        m_grid->setFocus(Qt::ShortcutFocusReason);
    } else if (!m_empty->button()->isHidden()) {
        m_empty->button()->setFocus(Qt::ShortcutFocusReason);
    } else {
        setFocus(Qt::ShortcutFocusReason);
    }
}

void GalleryView::update()
{
    const auto count = m_state.images().size();
    const auto toBeSeen = m_state.toBeSeenCount();
    const auto noted = std::count_if(m_state.images().begin(), m_state.images().end(),
        [](const GalleryImage& image) { return !image.notes.empty(); });
    QStringList facts;
    if (m_state.collecting()) {
        facts += tr("looking for images");
    } else if (count > 0) {
        facts += m_state.complete() ? tr("%n image(s)", nullptr, static_cast<int>(toBeSeen))
                                    : tr("the first %1 images").arg(toBeSeen);
        const auto drawn = std::count_if(m_state.images().begin(), m_state.images().end(),
            [](const GalleryImage& image) { return image.picture.place.kind == formats::ImagePlace::Kind::Drawing; });
        if (drawn > 0) { // what they draw is for a person to judge, from their source
            facts += tr("%n of them SVG, searched as text", nullptr, static_cast<int>(drawn));
        }
        facts += tr("%1 looked at").arg(m_state.lookedAtCount());
        facts += tr("%1 with metadata").arg(noted);
        if (count > toBeSeen) { // behind the pictures
            facts += tr("and %n that are no picture", "images", static_cast<int>(count - toBeSeen));
        }
    }
    m_facts->setText(facts.join(QStringLiteral(", ")));
    m_show->setVisible(count > 0);
    m_show->setCurrent(static_cast<int>(m_state.show()));
    const int page = m_state.visible().empty() ? 0 : 1;
    const bool focused = hasFocus() || m_grid->hasFocus() || m_empty->button()->hasFocus();
    if (page == 0) {
        updateEmpty();
    }
    if (page != m_stack->currentIndex()) {
        m_stack->setCurrentIndex(page);
        if (focused) {
            takeFocus();
        }
    }
}

void GalleryView::updateEmpty()
{
    if (m_state.collecting()) {
        m_empty->setState(tr("Looking for images"), tr("Outputs, attachments and pictures inside texts are gathered."));
    } else if (m_state.files() == 0) {
        m_empty->setState(tr("No review open"), tr("Open a file or drop one here. Nothing you open is ever run."),
            tr("Open file\u2026"));
    } else if (m_state.images().empty()) {
        m_empty->setState(tr("No images here"),
            tr("%n file(s) were looked through: outputs, attachments, pictures inside texts, and image files.", nullptr,
                static_cast<int>(m_state.files())));
    } else if (m_state.show() == GalleryState::Show::NotLookedAt && m_state.toBeSeenCount() == 0) {
        m_empty->setState(tr("Nothing to look at"),
            tr("%n place(s) that only talk of a picture.", nullptr, static_cast<int>(m_state.images().size())),
            tr("Show all"));
    } else if (m_state.show() == GalleryState::Show::NotLookedAt) {
        m_empty->setState(tr("All images have been looked at"),
            tr("%n image(s), each marked by a person.", nullptr, static_cast<int>(m_state.toBeSeenCount())),
            tr("Show all"));
    } else {
        m_empty->setState(tr("No image carries metadata"),
            tr("%n image(s): none says where, when or by whom it was made, and nothing lies behind the end of one.",
                nullptr, static_cast<int>(m_state.images().size())),
            tr("Show all"));
    }
}

} // namespace cupel::widgets
