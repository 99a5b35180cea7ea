// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/theme.h"

#include <QtCore/QDebug>
#include <QtCore/QStringList>
#include <QtGui/QFontDatabase>
#include <QtWidgets/QApplication>
#include <QtWidgets/QToolTip>
#include <QtWidgets/QWidget>

#include <algorithm>
#include <array>
#include <cmath>

namespace cupel::widgets {

namespace {

// The one piece of state in the widgets layer; UI thread only.
ThemeName activeTheme = ThemeName::Light;
double activeZoom = 1.0;

constexpr const char* roleProperty = "textRole";
constexpr const char* strongProperty = "textStrong";

struct Type {
    double points;
    int lineHeight;
    bool mono;
};

constexpr std::array<Type, 8> types{{
    {8.5, 16, false}, // caption
    {9.25, 16, false}, // small
    {10.5, 20, false}, // base
    {12.0, 24, false}, // h3
    {15.0, 28, false}, // h2
    {20.0, 36, false}, // h1
    {10.0, 20, true}, // code
    {9.25, 18, true}, // code small
}};

void fillDisabled(QPalette& palette, ThemeName theme)
{
    const QColor muted = color(Token::TextMuted, theme);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText,
             QPalette::ToolTipText, QPalette::Link, QPalette::LinkVisited, QPalette::BrightText}) {
        palette.setColor(QPalette::Disabled, role, muted);
    }
    palette.setColor(QPalette::Disabled, QPalette::Button, color(Token::Third, theme));
    palette.setColor(QPalette::Disabled, QPalette::Base, color(Token::Window, theme));
    palette.setColor(QPalette::Disabled, QPalette::Highlight, color(Token::Third, theme));
    palette.setColor(QPalette::Disabled, QPalette::Dark, color(Token::Hairline, theme));
}

} // namespace

ThemeName currentTheme()
{
    return activeTheme;
}
QColor color(Token token)
{
    return color(token, activeTheme);
}
double textZoom()
{
    return activeZoom;
}
int zoomed(int size)
{
    return std::max(size, qRound(size * activeZoom));
}

QFont font(TextRole role, bool strong)
{
    const Type& type = types[static_cast<std::size_t>(role)];
    QFont result;
    if (type.mono) {
        result.setFamilies({QStringLiteral("Cupel Mono"), QStringLiteral("JetBrains Mono"),
            QStringLiteral("Noto Sans Mono"), QStringLiteral("monospace")});
        result.setStyleHint(QFont::Monospace);
        result.setFixedPitch(true);
    } else {
        result.setFamilies({QStringLiteral("Inter"), QStringLiteral("Noto Sans"), QStringLiteral("sans-serif")});
        result.setStyleHint(QFont::SansSerif);
    }
    result.setPointSizeF(type.points * activeZoom);
    result.setWeight(strong ? QFont::DemiBold : QFont::Normal);
    result.setHintingPreference(QFont::PreferNoHinting); // even spacing, the same on every machine
    return result;
}

int lineHeight(TextRole role)
{
    return static_cast<int>(std::lround(types[static_cast<std::size_t>(role)].lineHeight * activeZoom));
}

QPalette palette(ThemeName theme)
{
    const auto c = [theme](Token token) { return color(token, theme); };
    QPalette palette;
    palette.setColor(QPalette::Window, c(Token::Window));
    palette.setColor(QPalette::WindowText, c(Token::TextPrimary));
    palette.setColor(QPalette::Base, c(Token::Surface));
    palette.setColor(QPalette::AlternateBase, c(Token::Third));
    palette.setColor(QPalette::Text, c(Token::TextPrimary));
    palette.setColor(QPalette::PlaceholderText, c(Token::TextMuted));
    palette.setColor(QPalette::Button, c(Token::Surface));
    palette.setColor(QPalette::ButtonText, c(Token::TextPrimary));
    palette.setColor(QPalette::BrightText, c(Token::TextOnAccent));
    palette.setColor(QPalette::Highlight, c(Token::Selection));
    palette.setColor(QPalette::HighlightedText, c(Token::TextPrimary));
    palette.setColor(QPalette::Link, c(Token::Link));
    palette.setColor(QPalette::LinkVisited, c(Token::Link));
    palette.setColor(QPalette::ToolTipBase, c(Token::Surface));
    palette.setColor(QPalette::ToolTipText, c(Token::TextPrimary));
    palette.setColor(QPalette::Light, c(Token::Surface));
    palette.setColor(QPalette::Midlight, c(Token::Third));
    palette.setColor(QPalette::Mid, c(Token::Hairline));
    palette.setColor(QPalette::Dark, c(Token::ControlBorder));
    palette.setColor(QPalette::Shadow, c(Token::ControlBorder));
    fillDisabled(palette, theme);
    return palette;
}

void setTheme(ThemeName theme)
{
    activeTheme = theme;
    if (qApp) {
        QApplication::setPalette(palette(theme));
    }
}

void setTextZoom(double factor)
{
    activeZoom = std::clamp(factor, 0.5, 3.0);
    if (qApp) {
        QApplication::setFont(font(TextRole::Base));
        QToolTip::setFont(font(TextRole::Small));
        // Sizes come from the style, and fonts of their own are not replaced by Qt: tell everyone.
        const QWidgetList widgets = QApplication::allWidgets();
        for (QWidget* widget : widgets) {
            const QVariant role = widget->property(roleProperty);
            if (role.isValid()) {
                widget->setFont(font(static_cast<TextRole>(role.toInt()), widget->property(strongProperty).toBool()));
            }
            QEvent event(QEvent::StyleChange);
            QCoreApplication::sendEvent(widget, &event);
        }
    }
}

void setTextRole(QWidget& widget, TextRole role, bool strong)
{
    widget.setProperty(roleProperty, static_cast<int>(role));
    widget.setProperty(strongProperty, strong);
    widget.setFont(font(role, strong));
}

void loadFonts()
{
    static bool loaded = false;
    if (!loaded) {
        loaded = true;
        for (const auto* file :
            {"Inter-Regular.otf", "Inter-SemiBold.otf", "CupelMono-Regular.ttf", "CupelMono-SemiBold.ttf"}) {
            if (QFontDatabase::addApplicationFont(QStringLiteral(":/fonts/") + QLatin1String(file)) < 0) {
                qWarning() << "bundled font does not load:" << file;
            }
        }
    }
    setTextZoom(activeZoom);
}

} // namespace cupel::widgets
