// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/gallery/gallery_detail.h"

#include "analyzers/fixes/preview.h"

#include "widgets/common/buttons.h"
#include "widgets/common/icons.h"
#include "widgets/common/labels.h"
#include "widgets/common/paint.h"
#include "widgets/common/states.h"
#include "widgets/models/picture_paint.h"
#include "widgets/models/shown_text.h"

#include <QtGui/QPainter>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QStackedLayout>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace cupel::widgets {

namespace {

constexpr int paneHeight = 260;

// A drawing is not painted, because it can hold script: who looks at it reads what it is made of.
QString sourceOf(const GalleryImage& image)
{
    constexpr qsizetype most = 20'000;
    const auto& analysis = *image.picture.analysis;
    const auto region = static_cast<std::size_t>(image.picture.place.region);
    if (image.picture.place.region < 0 || region >= analysis.facts.regions.size()) {
        return {};
    }
    const QString text = shownText(fixes::shownRegion(analysis, analysis.facts.regions[region]), true);
    return text.size() <= most ? text : text.left(most) + QChar(0x2026);
}

} // namespace

PicturePane::PicturePane(PictureSource* pictures, QWidget* parent)
    : QWidget(parent)
    , m_pictures(pictures)
{
    setFixedHeight(paneHeight);
    if (pictures) {
        connect(pictures, &PictureSource::arrived, this, qOverload<>(&QWidget::update));
    }
}

void PicturePane::setImage(const GalleryImage* image, const QString& name)
{
    m_request = image ? image->picture : PictureRequest();
    m_refusal = image ? image->refusal : QString();
    setAccessibleName(name);
    update();
}

void PicturePane::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    paintBox(painter, box, radius::control, color(Token::Third), color(Token::Hairline));
    const QRect inside = rect().adjusted(6, 6, -6, -6);
    if (!m_refusal.isEmpty()) {
        const Picture refused{{}, m_refusal};
        paintPicture(painter, inside, &refused);
        return;
    }
    if (!m_request.analysis) {
        return;
    }
    const bool fits = m_request.size.width() <= inside.width() && m_request.size.height() <= inside.height();
    const QSize shown =
        (fits ? m_request.size : m_request.size.scaled(inside.size(), Qt::KeepAspectRatio)).expandedTo(QSize(1, 1));
    m_request.wanted = (QSizeF(shown) * devicePixelRatioF()).toSize().boundedTo(m_request.size);
    const Picture* picture = m_pictures ? m_pictures->find(m_request) : nullptr;
    const bool pixels = picture && !picture->image.isNull();
    const QPoint place = inside.center() - QPoint(shown.width() / 2, shown.height() / 2);
    paintPicture(painter, pixels ? QRectF(place, QSizeF(shown)) : QRectF(inside), picture);
}

GalleryDetail::GalleryDetail(GalleryState& state, PictureSource* pictures, QWidget* parent)
    : View(parent)
    , m_state(state)
{
    setAccessibleName(tr("About the image"));
    m_empty = new EmptyState(QStringLiteral("image"), this);
    m_empty->setState(tr("No image selected"), tr("Choose one with the arrow keys or the mouse."));
    auto* nothing = new QWidget(this);
    auto* nothingLayout = new QVBoxLayout(nothing);
    nothingLayout->setContentsMargins(12, 12, 12, 12);
    nothingLayout->addWidget(m_empty);
    nothingLayout->addStretch(1);
    auto* content = new QWidget(this);
    m_pane = new PicturePane(pictures, content);
    m_facts = new QScrollArea(content);
    m_facts->setWidgetResizable(true);
    m_facts->setFrameShape(QFrame::NoFrame);
    m_facts->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_facts->setAccessibleName(tr("What is known of the image"));
    m_facts->viewport()->setAutoFillBackground(false);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(16, 16, 16, 12);
    column->setSpacing(12);
    column->addWidget(m_pane);
    column->addWidget(m_facts, 1);
    column->addWidget(makeFooter());
    m_stack = new QStackedLayout(this);
    m_stack->addWidget(nothing);
    m_stack->addWidget(content);
    connect(&state, &GalleryState::currentChanged, this, &GalleryDetail::show);
    connect(&state, &GalleryState::lookedAtChanged, this, &GalleryDetail::updateMark);
    connect(&state, &GalleryState::chosenChanged, this, &GalleryDetail::updateMark);
    show();
}

QWidget* GalleryDetail::makeFooter()
{
    auto* footer = new QWidget(this);
    m_go = new QPushButton(tr("Go to its cell"), footer);
    m_go->setIcon(icon(QStringLiteral("notebook-text")));
    m_mark = new QPushButton(tr("Looked at"), footer);
    m_mark->setCheckable(true);
    m_mark->setIcon(icon(QStringLiteral("circle-check")));
    auto* row = new QHBoxLayout(footer);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_go);
    row->addWidget(m_mark);
    row->addStretch(1);
    connect(m_go, &QPushButton::clicked, this, [this] {
        if (m_state.current()) {
            Q_EMIT m_state.opened(*m_state.current());
        }
    });
    connect(m_mark, &QPushButton::clicked, this, [this] {
        m_state.markChosen();
        updateMark();
    });
    return footer;
}

void GalleryDetail::takeFocus()
{
    (m_stack->currentIndex() == 1 ? static_cast<QWidget*>(m_go) : this)->setFocus(Qt::ShortcutFocusReason);
}

void GalleryDetail::show()
{
    const auto current = m_state.current();
    m_stack->setCurrentIndex(current ? 1 : 0);
    if (!current) {
        m_shown.clear();
        m_pane->setImage(nullptr, {});
        return;
    }
    const GalleryImage& image = m_state.images()[*current];
    m_pane->setImage(&image, tr("Image, %1").arg(placeText(image)));
    if (image.picture.key != m_shown) {
        m_shown = image.picture.key;
        showFacts(image);
    }
    updateMark();
}

void GalleryDetail::showFacts(const GalleryImage& image)
{
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 4, 0);
    column->setSpacing(4);
    const auto add = [&](const QString& text, TextRole role, Token token, bool strong = false) {
        auto* label = new Label(text, role, token, strong, page);
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        column->addWidget(label);
    };
    add(placeText(image), TextRole::H3, Token::TextPrimary, true);
    add(shownFileName(image.picture.analysis->artifact.path), TextRole::Small, Token::TextSecondary);
    add(factsText(image), TextRole::Small, Token::TextSecondary);
    if (!image.refusal.isEmpty()) {
        add(image.refusal, TextRole::Base, Token::TextPrimary);
    }
    column->addSpacing(8);
    column->addWidget(new SectionLabel(tr("What it carries"), page));
    if (image.notes.empty()) {
        add(image.format.isEmpty() ? tr("Nothing is known: this form of image is not looked into.")
                : image.picture.place.kind == formats::ImagePlace::Kind::Drawing
                ? tr("It is text, and was searched like other text: see the findings of its cell.")
                : tr("No metadata, and nothing behind its end."),
            TextRole::Base, Token::TextPrimary);
    }
    for (const auto& note : image.notes) {
        add(tr("%1: %2, %3", "what, tag, size")
                .arg(noteWord(note.kind, false), shownText(note.tag),
                    tr("%n byte(s)", nullptr, static_cast<int>(note.place.size()))),
            TextRole::Base, Token::TextPrimary);
    }
    if (image.picture.place.kind == formats::ImagePlace::Kind::Drawing) {
        column->addSpacing(8);
        column->addWidget(new SectionLabel(tr("Its source, values masked"), page));
        add(sourceOf(image), TextRole::Code, Token::TextPrimary);
    }
    column->addStretch(1);
    m_facts->setWidget(page); // deletes the one before
    page->setAutoFillBackground(false);
}

void GalleryDetail::updateMark()
{
    auto chosen = m_state.chosen();
    std::erase_if(chosen, [this](std::size_t image) { return !m_state.images()[image].toBeSeen; });
    m_mark->setVisible(!chosen.empty());
    const auto several = chosen.size() > 1;
    const bool looked = !chosen.empty()
        && std::all_of(chosen.begin(), chosen.end(), [this](std::size_t image) { return m_state.isLookedAt(image); });
    m_mark->setChecked(looked);
    m_mark->setText(looked ? (several ? tr("%1 looked at").arg(chosen.size()) : tr("Looked at"))
            : several      ? tr("Mark %1 as looked at").arg(chosen.size()) // of images: there is little room
                           : tr("Mark as looked at"));
}

} // namespace cupel::widgets
