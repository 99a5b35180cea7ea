// SPDX-License-Identifier: GPL-3.0-or-later
// A picture of an output: its place is kept from the start, its pixels come from a PictureSource when it is first
// painted. Never fetched from anywhere.
#pragma once

#include "widgets/models/picture.h"
#include "widgets/notebook/block.h"

namespace cupel::widgets {

class ImageBlock : public Block {
public:
    // `source` null: decoded where it is painted.
    ImageBlock(PictureRequest request, QString name, PictureSource* source);
    qreal layout(qreal width) override;
    void paint(QPainter& painter, const PaintState& state) override;
    [[nodiscard]] BlockRole role() const override { return BlockRole::Picture; }
    [[nodiscard]] QString text() const override { return {}; }
    [[nodiscard]] QString spoken() const override;

private:
    [[nodiscard]] const Picture* picture(qreal devicePixelRatio);
    PictureRequest m_request;
    QString m_name;
    PictureSource* m_source;
    QSizeF m_shown;
    Picture m_own; // without a source
    bool m_decoded = false;
};

} // namespace cupel::widgets
