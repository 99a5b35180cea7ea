// SPDX-License-Identifier: GPL-3.0-or-later
#include "translations/translations.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>
#include <QtCore/QTranslator>

namespace cupel::app {

void installTranslations(QCoreApplication& application)
{
    auto* translator = new QTranslator(&application);
    const auto folder = QStringLiteral(":/i18n");
    if (translator->load(QLocale(), QStringLiteral("cupel"), QStringLiteral("_"), folder)
        || translator->load(QStringLiteral("cupel_en"), folder)) {
        QCoreApplication::installTranslator(translator);
    }
}

} // namespace cupel::app
