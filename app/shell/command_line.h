// SPDX-License-Identifier: GPL-3.0-or-later
// What the workbench understands on its command line. Parsed before there is an application, so that a program without
// a display can still export.
#pragma once

#include <QtCore/QString>
#include <QtCore/QStringList>

namespace cupel::app {

struct CommandLine {
    QStringList targets; // FILE[:cell[:line]], folders, cupel: links
    QString exportPath; // empty: a window
    QString profile; // of an export: a name or a file, empty: none
    QString decisions; // of an export: a file of decisions, empty: none
    bool threats = false; // of an export: with the threat model
    QString threatDecisions; // of an export: what people made of the threat model, a file; empty: nothing
    QString dataFolder; // empty: the XDG directories
    bool newInstance = false;
    bool sample = false;
    bool help = false;
    bool version = false;
    QString error; // one sentence; empty: fine
};

[[nodiscard]] CommandLine parseCommandLine(const QStringList& arguments); // without the program's name
[[nodiscard]] QString usageText();

} // namespace cupel::app
