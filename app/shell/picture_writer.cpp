// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/picture_writer.h"

#include "app/export/pdf_finish.h"
#include "app/session/session.h"
#include "app/session/worker.h"
#include "app/settings/saver.h"
#include "widgets/canvas/scene_export.h"

#include <QtCore/QBuffer>
#include <QtCore/QCoreApplication>
#include <QtCore/QFileInfo>
#include <QtWidgets/QFileDialog>

namespace cupel::app {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(PictureWriter)
};

constexpr qint64 mostPixels = 64'000'000;

QByteArray pictureOf(const PictureRequest& request)
{
    constexpr auto paper = widgets::ThemeName::Light;
    QByteArray bytes;
    if (request.file.endsWith(u".png", Qt::CaseInsensitive)) {
        QBuffer buffer(&bytes);
        const bool made = widgets::sceneToImage(*request.scene, paper, mostPixels, request.path).save(&buffer, "PNG");
        return made ? bytes : QByteArray();
    }
    if (request.file.endsWith(u".pdf", Qt::CaseInsensitive)) {
        bytes = widgets::sceneToPdf(*request.scene, request.title, paper, request.path);
        PdfParts parts;
        parts.title = request.title.toStdString();
        return QByteArray::fromStdString(
            finishPdf(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())), parts));
    }
    return widgets::sceneToSvg(*request.scene, request.title, paper, request.path);
}

} // namespace

bool writePicture(const PictureRequest& request)
{
    const QByteArray bytes = pictureOf(request);
    return !bytes.isEmpty() && writeDurably(request.file, bytes);
}

void writePictureSoon(Session& session, PictureRequest request, std::function<void(bool)> done)
{
    const auto writer = std::make_shared<Worker<PictureRequest, bool>>(
        [](const PictureRequest& wanted, const std::stop_token&) { return writePicture(wanted); });
    writer->request(std::move(request));
    session.watch([writer, done = std::move(done)] {
        const auto written = writer->take();
        if (written) {
            done(*written);
        }
        return !written;
    });
}

QFileDialog* pictureDialog(QWidget* parent, const QString& title, const QString& folder, const QString& name, bool pdf)
{
    auto* dialog = new QFileDialog(parent, title, folder);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    QStringList filters{Words::tr("SVG picture (*.svg)"), Words::tr("PNG picture (*.png)")};
    if (pdf) {
        filters.insert(1, Words::tr("PDF page (*.pdf)"));
    }
    dialog->setNameFilters(filters);
    dialog->setDefaultSuffix(QStringLiteral("svg"));
    dialog->selectFile(name + QStringLiteral(".svg"));
    QObject::connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString& filter) {
        dialog->setDefaultSuffix(filter.contains(u"png") ? QStringLiteral("png")
                : filter.contains(u"pdf")                ? QStringLiteral("pdf")
                                                         : QStringLiteral("svg"));
    });
    return dialog;
}

} // namespace cupel::app
