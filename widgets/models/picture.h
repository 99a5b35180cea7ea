// SPDX-License-Identifier: GPL-3.0-or-later
// A picture of a reviewed file: what can be said of it without decoding it, why it is not shown, and its pixels. These
// functions are pure and may run on any thread; who asks for pixels on the UI thread goes through a PictureSource.
#pragma once

#include "analyzers/formats/image/image_places.h"
#include "analyzers/model/analysis.h"

#include <QtCore/QByteArray>
#include <QtCore/QObject>
#include <QtCore/QSize>
#include <QtCore/QString>
#include <QtGui/QImage>

namespace cupel::widgets {

struct PictureRequest {
    AnalysisPtr analysis;
    formats::ImagePlace place;
    QByteArray key; // the same for the same bytes at the same place
    QSize size; // as the picture says
    QSize wanted; // pixels of the screen at most
};

struct Picture {
    QImage image; // null: not shown
    QString refusal; // why not, as a sentence
};

// From the first bytes: the key, the size, and the refusal when it is clear already. Costs no decoding.
struct PictureFacts {
    QByteArray key;
    QSize size; // invalid: not known
    std::uint64_t bytes = 0;
    QString refusal; // empty: it may be shown
};
// Nothing in it that could be seen: no picture, and none that is broken.
[[nodiscard]] bool isBlankRegion(const Analysis& analysis, int region);
[[nodiscard]] PictureFacts readPictureFacts(const Analysis& analysis, const formats::ImagePlace& place);
// Decodes it, smaller when less is wanted. Refuses what is larger than a screen can need and what is broken.
[[nodiscard]] Picture decodePicture(const PictureRequest& request);

// Pixels without waiting: implemented by the app with a thread behind it.
class PictureSource : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    // Null: it is on its way, and arrived() will say when to ask again. Valid until the event loop comes round.
    [[nodiscard]] virtual const Picture* find(const PictureRequest& request) = 0;

Q_SIGNALS:
    void arrived();
};

} // namespace cupel::widgets
