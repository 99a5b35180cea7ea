// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/gallery_state.h"

#include "widgets/models/shown_text.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>

#include <algorithm>
#include <utility>

namespace cupel::widgets {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Gallery)
};

} // namespace

QString noteWord(formats::ImageNote::Kind kind, bool brief)
{
    using Kind = formats::ImageNote::Kind;
    switch (kind) {
    case Kind::Location:
        return brief ? Words::tr("GPS") : Words::tr("Where it was taken");
    case Kind::Author:
        return brief ? Words::tr("Author") : Words::tr("Who made it");
    case Kind::Device:
        return brief ? Words::tr("Device") : Words::tr("Number of a device");
    case Kind::Software:
        return brief ? Words::tr("Software") : Words::tr("What wrote it");
    case Kind::Text:
        return brief ? Words::tr("Text") : Words::tr("A text inside");
    case Kind::Time:
        return brief ? Words::tr("Time") : Words::tr("When it was made or changed");
    case Kind::Trailing:
        return brief ? Words::tr("Trailing bytes") : Words::tr("Bytes behind its end");
    }
    return {};
}

QString placeText(const GalleryImage& image)
{
    using Kind = formats::ImagePlace::Kind;
    const auto& place = image.picture.place;
    if (place.kind == Kind::File || place.region < 0) {
        return Words::tr("the file itself");
    }
    if (place.cell < 0) {
        return Words::tr("inside the text");
    }
    const QString cell = Words::tr("cell %1").arg(place.cell);
    if (place.output >= 0) {
        return Words::tr("%1, output %2").arg(cell).arg(place.output);
    }
    const auto& regions = image.picture.analysis->facts.regions;
    const bool attached = regions[static_cast<std::size_t>(place.region)].part == Part::Attachment;
    return attached ? Words::tr("%1, attachment").arg(cell) : Words::tr("%1, in its text").arg(cell);
}

QString factsText(const GalleryImage& image)
{
    QStringList facts;
    if (!image.toBeSeen) {
        facts += Words::tr("no picture");
    }
    if (!image.format.isEmpty()) {
        facts += image.format;
    }
    if (image.picture.size.isValid()) {
        facts += Words::tr("%1 × %2", "width and height in pixels")
                     .arg(image.picture.size.width())
                     .arg(image.picture.size.height());
    }
    facts += shownSize(image.bytes);
    return facts.join(QStringLiteral(" · "));
}

void GalleryState::setImages(std::vector<GalleryImage> images, bool complete)
{
    const QByteArray key = m_current ? m_images[*m_current].picture.key : QByteArray();
    m_images = std::move(images);
    m_complete = complete;
    m_current.reset();
    if (!key.isEmpty()) {
        const auto at = std::find_if(
            m_images.begin(), m_images.end(), [&key](const GalleryImage& image) { return image.picture.key == key; });
        if (at != m_images.end()) {
            m_current = static_cast<std::size_t>(at - m_images.begin());
        }
    }
    choose();
    Q_EMIT imagesChanged();
    Q_EMIT visibleChanged();
    Q_EMIT currentChanged();
}

void GalleryState::setCollecting(bool collecting)
{
    if (m_collecting != collecting) {
        m_collecting = collecting;
        Q_EMIT imagesChanged();
    }
}

void GalleryState::setFiles(std::size_t files)
{
    m_files = files;
}

void GalleryState::setShow(Show show)
{
    if (m_show != show) {
        m_show = show;
        choose();
        Q_EMIT visibleChanged();
        Q_EMIT currentChanged();
    }
}

// What is not shown any more hands over to the one that takes its place.
void GalleryState::choose()
{
    const auto shown = [this](std::size_t i) {
        return m_show == Show::All
            || (m_show == Show::NotLookedAt ? m_images[i].toBeSeen && !isLookedAt(i) : !m_images[i].notes.empty());
    };
    m_visible.clear();
    m_chosen.clear(); // the grid begins anew as well
    for (std::size_t i = 0; i < m_images.size(); ++i) {
        if (shown(i)) {
            m_visible.push_back(i);
        }
    }
    if (m_visible.empty()) {
        m_current.reset();
        return;
    }
    const auto next = std::lower_bound(m_visible.begin(), m_visible.end(), m_current.value_or(0));
    m_current = next == m_visible.end() ? m_visible.back() : *next;
}

void GalleryState::setLookedAt(QSet<QByteArray> ids)
{
    if (ids == m_lookedAt) {
        return;
    }
    m_lookedAt = std::move(ids);
    Q_EMIT lookedAtChanged();
    if (m_show == Show::NotLookedAt) {
        choose();
        Q_EMIT visibleChanged();
        Q_EMIT currentChanged();
    }
}

std::size_t GalleryState::lookedAtCount() const
{
    std::size_t count = 0;
    for (std::size_t i = 0; i < m_images.size(); ++i) {
        count += isLookedAt(i) ? 1 : 0;
    }
    return count;
}

std::size_t GalleryState::countOf(const QByteArrayList& ids) const
{
    const QSet<QByteArray> known(ids.begin(), ids.end());
    return static_cast<std::size_t>(std::count_if(m_images.begin(), m_images.end(),
        [&known](const GalleryImage& image) { return image.toBeSeen && known.contains(image.id); }));
}

std::size_t GalleryState::toBeSeenCount() const
{
    return static_cast<std::size_t>(
        std::count_if(m_images.begin(), m_images.end(), [](const GalleryImage& image) { return image.toBeSeen; }));
}

void GalleryState::setCurrent(std::optional<std::size_t> image)
{
    if (image && *image >= m_images.size()) {
        image.reset();
    }
    if (image != m_current) {
        m_current = image;
        Q_EMIT currentChanged();
    }
}

std::vector<std::size_t> GalleryState::chosen() const
{
    return m_chosen.empty() && m_current ? std::vector<std::size_t>{*m_current} : m_chosen;
}

void GalleryState::setChosen(std::vector<std::size_t> images)
{
    if (images != m_chosen) {
        m_chosen = std::move(images);
        Q_EMIT chosenChanged();
    }
}

void GalleryState::markChosen()
{
    QByteArrayList ids;
    bool all = true;
    for (const auto image : chosen()) {
        if (m_images[image].toBeSeen) {
            ids += m_images[image].id;
            all = all && isLookedAt(image);
        }
    }
    if (!ids.isEmpty()) {
        Q_EMIT lookedAtRequested(ids, !all);
    }
}

} // namespace cupel::widgets
