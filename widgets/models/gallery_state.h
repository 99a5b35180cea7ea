// SPDX-License-Identifier: GPL-3.0-or-later
// The images of a review for a person to look at: what is known of each, which are shown, which one is current, and
// which have been looked at. Owned by the app, UI thread; grid and detail both watch it and never know each other.
#pragma once

#include "analyzers/formats/image/image_metadata.h"
#include "widgets/models/picture.h"

#include <QtCore/QByteArrayList>
#include <QtCore/QObject>
#include <QtCore/QSet>
#include <QtCore/QString>

#include <cstddef>
#include <optional>
#include <vector>

namespace cupel::widgets {

struct GalleryImage {
    PictureRequest picture; // without a size that is wanted
    std::uint64_t bytes = 0; // of the compressed image
    QString refusal; // why its pixels are not shown; empty: they can be
    QString format; // "PNG"; empty: not known
    std::vector<formats::ImageNote> notes; // metadata, and what lies behind the end
    QByteArray id; // of its content: equal images have been looked at together
    bool toBeSeen = true; // false: it only talks of a picture, and there is nothing for a person to look at
};

// Words for what an image carries. Short: for a chip.
[[nodiscard]] QString noteWord(formats::ImageNote::Kind kind, bool brief);
// "cell 4, output 2", "cell 4, attachment", "the file itself"; counted as findings count.
[[nodiscard]] QString placeText(const GalleryImage& image);
[[nodiscard]] QString factsText(const GalleryImage& image); // "PNG, 640 x 480, 34 kB"

class GalleryState : public QObject {
    Q_OBJECT
public:
    enum class Show : std::uint8_t { All, NotLookedAt, WithNotes };
    using QObject::QObject;

    void setImages(std::vector<GalleryImage> images, bool complete); // the current one stays, by its key
    [[nodiscard]] const std::vector<GalleryImage>& images() const { return m_images; }
    [[nodiscard]] bool complete() const { return m_complete; } // false: there are more than can be listed
    void setCollecting(bool collecting);
    [[nodiscard]] bool collecting() const { return m_collecting; }
    void setFiles(std::size_t files); // that were looked through
    [[nodiscard]] std::size_t files() const { return m_files; }

    void setShow(Show show);
    [[nodiscard]] Show show() const { return m_show; }
    [[nodiscard]] const std::vector<std::size_t>& visible() const { return m_visible; } // indices of images()

    void setLookedAt(QSet<QByteArray> ids);
    [[nodiscard]] bool isLookedAt(std::size_t image) const
    {
        return m_images[image].toBeSeen && m_lookedAt.contains(m_images[image].id);
    }
    [[nodiscard]] std::size_t toBeSeenCount() const; // of all images
    [[nodiscard]] std::size_t lookedAtCount() const;
    [[nodiscard]] std::size_t countOf(const QByteArrayList& ids) const; // equal images have one id and are several

    [[nodiscard]] std::optional<std::size_t> current() const { return m_current; }
    void setCurrent(std::optional<std::size_t> image);
    // What an action works on: what the grid has marked, else the current one.
    [[nodiscard]] std::vector<std::size_t> chosen() const;
    void setChosen(std::vector<std::size_t> images);
    void markChosen(); // those of them that show something: asks for them to be looked at, or not when all of them are:
                       // one step

Q_SIGNALS:
    void imagesChanged(); // images, or whether they are being collected
    void visibleChanged();
    void lookedAtChanged();
    void currentChanged();
    void chosenChanged();
    void lookedAtRequested(const QByteArrayList& ids, bool looked); // the user's word; an undo step of the app
    void opened(std::size_t image); // go to its cell

private:
    void choose();
    std::vector<GalleryImage> m_images;
    std::vector<std::size_t> m_visible;
    std::vector<std::size_t> m_chosen;
    QSet<QByteArray> m_lookedAt;
    std::optional<std::size_t> m_current;
    std::size_t m_files = 0;
    Show m_show = Show::All;
    bool m_complete = true;
    bool m_collecting = false;
};

} // namespace cupel::widgets
