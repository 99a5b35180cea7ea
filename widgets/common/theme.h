// SPDX-License-Identifier: GPL-3.0-or-later
// Colours, fonts and measures: the one place any of them comes from. UI thread only; set by the application, read by
// everything that paints. A change of theme reaches widgets as an ordinary palette change (QEvent::PaletteChange).
#pragma once

#include <QtGui/QColor>
#include <QtGui/QFont>
#include <QtGui/QPalette>

class QWidget;

namespace cupel::widgets {

enum class ThemeName : std::uint8_t { Light, Dark, ContrastLight, ContrastDark };

enum class Token : std::uint8_t {
    Window,
    Surface,
    Third,
    TextPrimary,
    TextSecondary,
    TextMuted,
    Link,
    Accent,
    TextOnAccent,
    ControlBorder,
    Hairline,
    Selection,
    WarnBand,
    ErrorBand,
    DiffAdded,
    DiffRemoved,
    CodeKeyword,
    CodeString,
    CodeNumber,
    CodeComment,
    Critical,
    High,
    Medium,
    Low,
    Info,
    Ok,
    Count,
};

enum class TextRole : std::uint8_t { Caption, Small, Base, H3, H2, H1, Code, CodeSmall };

[[nodiscard]] ThemeName currentTheme();
[[nodiscard]] QColor color(Token token); // in the current theme
[[nodiscard]] QColor color(Token token, ThemeName theme);
[[nodiscard]] QFont font(TextRole role, bool strong = false); // weight 400, strong 600; scaled by the text zoom
[[nodiscard]] int lineHeight(TextRole role); // logical px, scaled by the text zoom
[[nodiscard]] QPalette palette(ThemeName theme);

void setTheme(ThemeName theme); // palette of the application; repaints everything
// 0.5 to 3.0: the application font and every font() call. Widgets hear of it by QEvent::StyleChange.
void setTextZoom(double factor);
[[nodiscard]] double textZoom();
[[nodiscard]] int zoomed(int size); // logical px that grow with larger text, and do not shrink with smaller
// Gives `widget` the font of a role and keeps it when the zoom changes; for widgets that take a font, as inputs do.
void setTextRole(QWidget& widget, TextRole role, bool strong = false);
void loadFonts(); // once, before the first window: Inter and JetBrains Mono from the resources

} // namespace cupel::widgets
