// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/lineage_writer.h"

#include "analyzers/report/lineage/lineage_writers.h"
#include "app/session/session.h"
#include "app/session/worker.h"
#include "app/settings/saver.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QFileInfo>
#include <QtWidgets/QFileDialog>

#include <string>
#include <utility>
#include <vector>

namespace cupel::app {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(LineageWriter)
};

using Format = LineageFile::Format;

struct Form {
    Format format = Format::Json;
    QString filter;
    QString suffix;
};

// Cupel's own comes first of those that share a suffix: a name alone means it.
std::vector<Form> forms()
{
    return {{Format::Json, Words::tr("Lineage with all it knows (*.json)"), QStringLiteral("json")},
        {Format::OpenLineage, Words::tr("OpenLineage events (*.json)"), QStringLiteral("json")},
        {Format::Prov, Words::tr("PROV-JSON of the W3C (*.json)"), QStringLiteral("json")},
        {Format::GraphMl, Words::tr("GraphML (*.graphml)"), QStringLiteral("graphml")},
        {Format::Dot, Words::tr("Graphviz graph (*.dot)"), QStringLiteral("dot")},
        {Format::Mermaid, Words::tr("Mermaid chart (*.mmd)"), QStringLiteral("mmd")},
        {Format::Csv, Words::tr("Table of edges (*.csv)"), QStringLiteral("csv")}};
}

} // namespace

void offerLineageFormats(QFileDialog& dialog, const QString& name)
{
    QStringList filters = dialog.nameFilters();
    for (const auto& form : forms()) {
        filters += form.filter;
    }
    dialog.setNameFilters(filters);
    dialog.selectFile(name);
    QObject::connect(&dialog, &QFileDialog::filterSelected, &dialog, [&dialog](const QString& filter) {
        for (const auto& form : forms()) {
            if (form.filter == filter) {
                dialog.setDefaultSuffix(form.suffix);
            }
        }
    });
}

LineageFile::Format lineageFormat(const QString& filter, const QString& file)
{
    const QString suffix = QFileInfo(file).suffix().toLower();
    auto named = Format::Picture;
    for (const auto& form : forms()) {
        if (form.suffix == suffix && form.filter == filter) {
            return form.format;
        }
        named = named == Format::Picture && form.suffix == suffix ? form.format : named;
    }
    return named;
}

bool writeLineage(const LineageFile& wanted)
{
    std::string bytes;
    const report::TextSink sink = [&bytes](std::string_view part) { bytes += part; };
    report::LineageRun run;
    run.version = QCoreApplication::applicationVersion().toStdString();
    switch (wanted.format) {
    case Format::Picture:
        return false;
    case Format::Dot:
        report::writeLineageDot(*wanted.graph, sink);
        break;
    case Format::Mermaid:
        report::writeLineageMermaid(*wanted.graph, sink);
        break;
    case Format::GraphMl:
        report::writeLineageGraphMl(*wanted.graph, sink);
        break;
    case Format::OpenLineage:
        report::writeLineageOpenLineage(*wanted.graph, run, sink);
        break;
    case Format::Prov:
        report::writeLineageProv(*wanted.graph, sink);
        break;
    case Format::Csv:
        report::writeLineageCsv(*wanted.graph, sink);
        break;
    case Format::Json:
        report::writeLineageJson(*wanted.graph, run, sink);
        break;
    }
    return writeDurably(wanted.file, QByteArray::fromStdString(bytes));
}

void writeLineageSoon(Session& session, LineageFile wanted, std::function<void(bool)> done)
{
    const auto writer = std::make_shared<Worker<LineageFile, bool>>(
        [](const LineageFile& one, const std::stop_token&) { return writeLineage(one); });
    writer->request(std::move(wanted));
    session.watch([writer, done = std::move(done)] {
        const auto written = writer->take();
        if (written) {
            done(*written);
        }
        return !written;
    });
}

} // namespace cupel::app
