// SPDX-License-Identifier: GPL-3.0-or-later
// One-colour SVG icons from resources/icons, recoloured by token and rendered for the device pixel ratio.
#pragma once

#include "widgets/common/theme.h"

#include <QtCore/QRectF>
#include <QtCore/QString>
#include <QtGui/QIcon>
#include <QtGui/QPixmap>

class QPainter;

namespace cupel::widgets {

// `name` is a file of resources/icons without suffix: "house", "notebook-text", "search". Unknown names are a bug that
// a test finds. The icon follows theme changes by itself.
[[nodiscard]] QIcon icon(const QString& name, Token color = Token::TextSecondary);
[[nodiscard]] QPixmap iconPixmap(const QString& name, int size, Token color, qreal devicePixelRatio);
// Paints the icon into `box` in the current theme: for delegates and other painted content.
void paintIcon(QPainter& painter, const QRectF& box, const QString& name, Token color = Token::TextSecondary);
// The sign of the application, a cupel with its bead, in the colours of a theme (paper: always Light).
void paintLogo(QPainter& painter, const QRectF& box, ThemeName theme = currentTheme());

} // namespace cupel::widgets
