// SPDX-License-Identifier: GPL-3.0-or-later
// Applies the chosen theme and text size, and follows the desktop while "as the system" is chosen. UI thread.
#pragma once

#include "app/settings/settings.h"
#include "app/shell/system_theme.h"

#include <QtCore/QObject>

namespace cupel::app {

class ThemeController : public QObject {
    Q_OBJECT
public:
    ThemeController(Settings& settings, const QString& remembered, QObject* parent = nullptr);
    [[nodiscard]] QString remember() const { return m_system.remember(); }
    // The theme the switch between light and dark would choose now, as a setting.
    [[nodiscard]] QString opposite() const;

Q_SIGNALS:
    void applied(); // theme or size are different now

private:
    void apply();
    void applyMotion();
    Settings& m_settings;
    SystemTheme m_system;
    int m_blink; // ms, as the desktop wants it
};

} // namespace cupel::app
