// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/theme_controller.h"

#include <QtWidgets/QApplication>

namespace cupel::app {

using widgets::ThemeName;

namespace {

ThemeName chosen(const QString& setting, ThemeName system)
{
    return setting == u"light"         ? ThemeName::Light
        : setting == u"dark"           ? ThemeName::Dark
        : setting == u"contrast-light" ? ThemeName::ContrastLight
        : setting == u"contrast-dark"  ? ThemeName::ContrastDark
                                       : system;
}

} // namespace

ThemeController::ThemeController(Settings& settings, const QString& remembered, QObject* parent)
    : QObject(parent)
    , m_settings(settings)
    , m_system(remembered)
    , m_blink(QApplication::cursorFlashTime())
{
    connect(&m_system, &SystemTheme::changed, this, &ThemeController::apply);
    connect(&m_settings, &Settings::changed, this, [this](const QString& key) {
        if (key == QStringView(keys::theme) || key == QStringView(keys::textZoom)) {
            apply();
        }
    });
    connect(&m_settings, &Settings::changed, this, [this](const QString& key) {
        if (key == QStringView(keys::reduceMotion)) {
            applyMotion();
        }
    });
    applyMotion();
    widgets::setTextZoom(m_settings.number(keys::textZoom));
    widgets::setTheme(chosen(m_settings.text(keys::theme), m_system.theme()));
}

void ThemeController::applyMotion()
{
    const bool still = m_settings.boolean(keys::reduceMotion);
    for (const Qt::UIEffect effect : {Qt::UI_AnimateMenu, Qt::UI_FadeMenu, Qt::UI_AnimateCombo, Qt::UI_AnimateTooltip,
             Qt::UI_FadeTooltip, Qt::UI_AnimateToolBox}) {
        QApplication::setEffectEnabled(effect, !still);
    }
    QApplication::setCursorFlashTime(still ? 0 : m_blink);
}

void ThemeController::apply()
{
    const ThemeName theme = chosen(m_settings.text(keys::theme), m_system.theme());
    const double zoom = m_settings.number(keys::textZoom);
    const bool changed = theme != widgets::currentTheme() || zoom != widgets::textZoom();
    if (zoom != widgets::textZoom()) {
        widgets::setTextZoom(zoom);
    }
    if (theme != widgets::currentTheme()) {
        widgets::setTheme(theme);
    }
    if (changed) {
        Q_EMIT applied();
    }
}

QString ThemeController::opposite() const
{
    switch (widgets::currentTheme()) {
    case ThemeName::Light:
        return QStringLiteral("dark");
    case ThemeName::Dark:
        return QStringLiteral("light");
    case ThemeName::ContrastLight:
        return QStringLiteral("contrast-dark");
    case ThemeName::ContrastDark:
        return QStringLiteral("contrast-light");
    }
    return QStringLiteral("system");
}

} // namespace cupel::app
