// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/export/export.h"

#include "analyzers/base/hash.h"
#include "analyzers/report/writers/outline.h"
#include "app/export/pdf_finish.h"
#include "widgets/report/page_layout.h"

#include <QtCore/QBuffer>
#include <QtCore/QHashSeed>
#include <QtCore/QMarginsF>
#include <QtCore/QSaveFile>
#include <QtGui/QPageSize>
#include <QtGui/QPainter>
#include <QtGui/QPdfWriter>

namespace cupel::app {

namespace {

// Qt writes embedded fonts in the order of a hash table. A steady seed while the PDF is made keeps that order; then the
// random one returns, because hash tables that hold names of hostile files should stay hard to attack.
class SteadyHashes {
public:
    SteadyHashes() { QHashSeed::setDeterministicGlobalSeed(); }
    ~SteadyHashes() { QHashSeed::resetRandomGlobalSeed(); }
    SteadyHashes(const SteadyHashes&) = delete;
    SteadyHashes& operator=(const SteadyHashes&) = delete;
};

QByteArray paintPdf(const widgets::Pages& pages)
{
    const SteadyHashes steady;
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setPdfVersion(QPagedPaintDevice::PdfVersion_1_6);
    writer.setResolution(72 * widgets::paperUnitsPerPoint);
    writer.setPageSize(QPageSize(pages.paper == widgets::PaperSize::A4 ? QPageSize::A4 : QPageSize::Letter));
    writer.setPageMargins(QMarginsF(0, 0, 0, 0));
    QPainter painter;
    if (!painter.begin(&writer)) {
        return {};
    }
    for (int i = 0; i < static_cast<int>(pages.pages.size()); ++i) {
        if (i > 0 && !writer.newPage()) {
            return {};
        }
        widgets::paintPage(painter, pages, i);
    }
    painter.end();
    return bytes;
}

constexpr double unit = widgets::paperUnitsPerPoint;

PdfTarget targetOf(const widgets::Pages& pages, const std::string& anchor)
{
    const auto target = pages.targets.find(anchor);
    if (target == pages.targets.end()) {
        return {};
    }
    const double height = widgets::pageSize(pages.paper).height();
    return {target->second.page, (height - target->second.y) / unit + 6}; // a little air above the heading
}

PdfParts partsOf(const widgets::Pages& pages, const PdfRequest& request)
{
    PdfParts parts;
    const double height = widgets::pageSize(pages.paper).height();
    for (std::size_t i = 0; i < pages.pages.size(); ++i) {
        for (const widgets::PageLink& link : pages.pages[i].links) {
            const QRectF& area = link.area;
            parts.links.push_back({static_cast<int>(i), area.left() / unit, (height - area.bottom()) / unit,
                area.right() / unit, (height - area.top()) / unit, targetOf(pages, link.anchor)});
        }
    }
    for (const report::OutlineEntry& entry : pages.outline) {
        parts.bookmarks.push_back({entry.level, entry.number + "  " + entry.text, targetOf(pages, entry.anchor)});
    }
    parts.title = report::fullTitle(request.document);
    parts.language = request.document.language;
    parts.date = request.document.date;
    parts.attachment = request.findingsJson;
    return parts;
}

} // namespace

Result<ExportOutcome> exportText(std::string_view text, const QString& path)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)) {
        return Error{ErrorCode::Unreadable, 0, "The file cannot be written: " + file.errorString().toStdString()};
    }
    file.write(text.data(), static_cast<qint64>(text.size()));
    if (!file.commit()) {
        return Error{ErrorCode::Unreadable, 0, "The file cannot be written: " + file.errorString().toStdString()};
    }
    ExportOutcome outcome;
    outcome.bytes = text.size();
    outcome.sha256 = toHex(sha256(text));
    return outcome;
}

Result<ExportOutcome> exportPdf(const PdfRequest& request, const QString& path)
{
    widgets::PageLayout layout(request.document, request.paper, request.fonts);
    while (layout.step()) { }
    const widgets::Pages& pages = layout.pages();
    const QByteArray raw = paintPdf(pages);
    if (raw.isEmpty()) {
        return Error{ErrorCode::Internal, 0, "The pages could not be drawn"};
    }
    const std::string finished =
        finishPdf({raw.constData(), static_cast<std::size_t>(raw.size())}, partsOf(pages, request));
    if (finished.empty()) {
        return Error{ErrorCode::Internal, 0, "The PDF could not be completed"};
    }
    auto outcome = exportText(finished, path);
    if (outcome) {
        outcome.value().pages = static_cast<std::uint32_t>(pages.pages.size());
        outcome.value().missing = pages.missing;
    }
    return outcome;
}

} // namespace cupel::app
