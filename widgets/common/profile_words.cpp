// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/profile_words.h"

#include <QtCore/QCoreApplication>

#include <algorithm>
#include <iterator>

namespace cupel::widgets {

namespace {

constexpr const char* context = "Profiles";
// As in resources/profiles.
constexpr const char* known[] = {
    QT_TRANSLATE_NOOP("Profiles", "Public"),
    QT_TRANSLATE_NOOP("Profiles", "code host, paper, blog"),
    QT_TRANSLATE_NOOP("Profiles", "Internal"),
    QT_TRANSLATE_NOOP("Profiles", "colleagues in the same organisation"),
    QT_TRANSLATE_NOOP("Profiles", "Customer"),
    QT_TRANSLATE_NOOP("Profiles", "a partner or client who runs it"),
    QT_TRANSLATE_NOOP("Profiles", "Regulator"),
    QT_TRANSLATE_NOOP("Profiles", "an auditor or authority"),
    QT_TRANSLATE_NOOP("Profiles", "No secrets"),
    QT_TRANSLATE_NOOP("Profiles", "No live secrets"),
    QT_TRANSLATE_NOOP("Profiles", "No personal data"),
    QT_TRANSLATE_NOOP("Profiles", "No personal data of high severity"),
    QT_TRANSLATE_NOOP("Profiles", "Nothing dangerous runs"),
    QT_TRANSLATE_NOOP("Profiles", "Nothing hostile runs"),
    QT_TRANSLATE_NOOP("Profiles", "No archive file writes outside its folder"),
    QT_TRANSLATE_NOOP("Profiles", "No output acts or calls home"),
    QT_TRANSLATE_NOOP("Profiles", "No home paths, user names or accounts of machines and clouds"),
    QT_TRANSLATE_NOOP("Profiles", "Install commands pin their packages and fetch them safely"),
    QT_TRANSLATE_NOOP("Profiles", "It was run from top to bottom"),
    QT_TRANSLATE_NOOP("Profiles", "The files are well formed"),
    QT_TRANSLATE_NOOP("Profiles", "Everything was read"),
};

} // namespace

QString profileWords(const std::string& text)
{
    return isProfileWord(text) ? QCoreApplication::translate(context, text.c_str()) : QString::fromStdString(text);
}

bool isProfileWord(const std::string& text)
{
    return std::find(std::begin(known), std::end(known), text) != std::end(known);
}

} // namespace cupel::widgets
