// SPDX-License-Identifier: GPL-3.0-or-later
// What the desktop wants: light or dark, more contrast. Asked of the settings portal without waiting and followed live;
// without a portal the palette the program started with decides. UI thread.
#pragma once

#include "widgets/common/theme.h"

#include <QtCore/QObject>

class QDBusPendingCallWatcher;
class QDBusVariant;

namespace cupel::app {

class SystemTheme : public QObject {
    Q_OBJECT
public:
    // `remembered`: what the desktop said last time, so that the first frame is right before the portal answers.
    explicit SystemTheme(const QString& remembered, QObject* parent = nullptr);

    [[nodiscard]] widgets::ThemeName theme() const;
    [[nodiscard]] QString remember() const;

Q_SIGNALS:
    void changed();

private Q_SLOTS:
    void portalChanged(const QString& space, const QString& key, const QDBusVariant& value);

private:
    void ask(const QString& key);
    void take(const QString& key, const QVariant& value);
    bool m_dark = false;
    bool m_contrast = false;
    bool m_paletteDark = false; // used while the portal says "no preference"
};

} // namespace cupel::app
