// SPDX-License-Identifier: GPL-3.0-or-later
// A picture of an output: decoded from the notebook's bytes when it is first painted, refused when it is larger than a
// screen can need. Never fetched from anywhere.
#pragma once

#include "widgets/notebook/block.h"

#include <QtCore/QByteArray>
#include <QtGui/QImage>

namespace cupel::widgets {

// What can be said about a picture without decoding it.
struct PictureInfo {
    QByteArray data; // PNG, JPEG, GIF, BMP or WebP bytes; empty: cannot be shown
    QSize size;
    QString refusal; // why not, as a sentence; empty: it can be shown
};
[[nodiscard]] PictureInfo readPicture(const QByteArray& base64);

class ImageBlock : public Block {
public:
    ImageBlock(PictureInfo info, QString name);
    qreal layout(qreal width) override;
    void paint(QPainter& painter, const PaintState& state) override;
    [[nodiscard]] BlockRole role() const override { return BlockRole::Picture; }
    [[nodiscard]] QString text() const override { return {}; }
    [[nodiscard]] QString spoken() const override;

private:
    void decode(qreal devicePixelRatio);
    PictureInfo m_info;
    QString m_name;
    QImage m_image; // scaled to what is shown
    QSizeF m_shown;
    bool m_failed = false;
};

} // namespace cupel::widgets
