// SPDX-License-Identifier: GPL-3.0-or-later
// A scene as a picture with everything on it, whatever the window shows: SVG text, the same on every run, a page of
// PDF, and an image of at most `mostPixels` pixels. `path`: edges of a way through it, numbered.
#pragma once

#include "widgets/common/theme.h"
#include "widgets/models/graph_scene.h"

#include <QtCore/QByteArray>
#include <QtGui/QImage>

namespace cupel::widgets {

[[nodiscard]] QByteArray sceneToSvg(
    const GraphScene& scene, const QString& title, ThemeName theme, const std::vector<std::uint32_t>& path = {});
// At 2x where that fits, smaller where it has to be.
[[nodiscard]] QImage sceneToImage(const GraphScene& scene, ThemeName theme, qint64 mostPixels = 64'000'000,
    const std::vector<std::uint32_t>& path = {});
// One page as large as the scene. Empty: no memory for it. Qt writes its own dates into it.
[[nodiscard]] QByteArray sceneToPdf(
    const GraphScene& scene, const QString& title, ThemeName theme, const std::vector<std::uint32_t>& path = {});

} // namespace cupel::widgets
