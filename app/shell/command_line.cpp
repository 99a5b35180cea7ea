// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/command_line.h"

#include <QtCore/QCoreApplication>

namespace cupel::app {

namespace {

QString translated(const char* text)
{
    return QCoreApplication::translate("CommandLine", text);
}

// `--name=value` or `--name value`.
bool takeValue(const QStringList& arguments, qsizetype& at, const QString& name, QString& value, CommandLine& out)
{
    const QString& argument = arguments[at];
    if (argument.startsWith(name + u'=')) {
        value = argument.mid(name.size() + 1);
    } else if (argument != name) {
        return false;
    } else if (at + 1 < arguments.size()) {
        value = arguments[++at];
    }
    if (value.isEmpty()) {
        out.error = translated("%1 needs a value").arg(name);
    }
    return true;
}

} // namespace

CommandLine parseCommandLine(const QStringList& arguments)
{
    CommandLine out;
    bool onlyPaths = false;
    for (qsizetype i = 0; i < arguments.size() && out.error.isEmpty(); ++i) {
        const QString& argument = arguments[i];
        if (onlyPaths || !argument.startsWith(u'-') || argument.size() == 1) {
            out.targets += argument;
        } else if (argument == u"--") {
            onlyPaths = true;
        } else if (argument == u"--new-instance") {
            out.newInstance = true;
        } else if (argument == u"--sample") {
            out.sample = true;
        } else if (argument == u"--threats") {
            out.threats = true;
        } else if (argument == u"--help" || argument == u"-h") {
            out.help = true;
        } else if (argument == u"--version") {
            out.version = true;
        } else if (!takeValue(arguments, i, QStringLiteral("--export"), out.exportPath, out)
            && !takeValue(arguments, i, QStringLiteral("--profile"), out.profile, out)
            && !takeValue(arguments, i, QStringLiteral("--decisions"), out.decisions, out)
            && !takeValue(arguments, i, QStringLiteral("--threat-decisions"), out.threatDecisions, out)
            && !takeValue(arguments, i, QStringLiteral("--data-dir"), out.dataFolder, out)) {
            out.error = translated("%1 is not an option of cupel-workbench").arg(argument);
        }
    }
    out.threats = out.threats || !out.threatDecisions.isEmpty();
    return out;
}

QString usageText()
{
    return translated("Usage: cupel-workbench [OPTION...] [PATH[:CELL[:LINE]]...]\n"
                      "\n"
                      "Opens notebooks, scripts and folders for review. Nothing that is opened is ever run.\n"
                      "\n"
                      "  cupel-workbench churn.ipynb        review one notebook\n"
                      "  cupel-workbench churn.ipynb:4:2    the same, at line 2 of cell 4\n"
                      "\n"
                      "  --export FILE    write the report without a window: .pdf .html .md .sarif .json\n"
                      "  --profile NAME   with --export: judge for public, customer, internal, regulator, or a file\n"
                      "  --decisions FILE with --export: what people decided about findings\n"
                      "  --threats        with --export: the threat model too, for PDF, HTML and Markdown\n"
                      "  --threat-decisions FILE\n"
                      "                   the same with what people decided about threats\n"
                      "  --sample         open the bundled sample project\n"
                      "  --new-instance   a window of its own, even when one is open\n"
                      "  --data-dir DIR   keep settings and state in DIR (portable)\n"
                      "  --version        print the version\n"
                      "  -h, --help       print this text\n");
}

} // namespace cupel::app
