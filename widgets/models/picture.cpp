// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/picture.h"

#include "analyzers/base/image_magic.h"
#include "analyzers/formats/image/image_size.h"
#include "analyzers/formats/region_text.h"

#include <QtCore/QBuffer>
#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>
#include <QtGui/QImageReader>

#include <climits>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace cupel::widgets {

namespace {

constexpr std::int64_t longestSide = 20'000;
constexpr std::int64_t mostPixels = 60'000'000;
constexpr int allocationLimit = 256; // MiB, for the decoder
constexpr std::uint64_t mostBytes = 48 << 20; // of the file in which the picture is compressed

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Picture)
};

// Only formats whose decoders read pixels and nothing else: no SVG, no PDF, no icon containers.
QByteArray decoderOf(std::string_view format)
{
    for (const auto* known : {"png", "jpeg", "gif", "webp", "bmp"}) {
        if (format == known) {
            return known;
        }
    }
    return {};
}

QString broken()
{
    return Words::tr("This picture is broken and cannot be shown.");
}

QString refusalOf(formats::ByteWindow& window, const std::optional<formats::ImageSize>& size)
{
    if (window.size() > mostBytes) {
        return Words::tr("This picture is %1 MB large and is not shown.").arg(window.size() >> 20);
    }
    const std::string head(window.read(0, 64));
    if (decoderOf(mediaByMagic(head)).isEmpty()) {
        return head.empty() ? broken() : Words::tr("This picture is in a form that is not shown.");
    }
    if (!size) {
        return broken();
    }
    const std::int64_t width = size->width;
    const std::int64_t height = size->height;
    if (width > longestSide || height > longestSide || width * height > mostPixels) {
        return Words::tr("This picture says it is %1 x %2 pixels large and is not shown.").arg(width).arg(height);
    }
    return {};
}

// Attachments are written as base64, outputs as text.
std::uint64_t drawingBytes(const Analysis& analysis, const formats::ImagePlace& place)
{
    const auto& region = analysis.facts.regions[static_cast<std::size_t>(place.region)];
    const auto raw = slice(analysis.facts.text(analysis.artifact), region.bytes);
    return raw.find('<') == ByteView::npos ? raw.size() / 4 * 3 : raw.size();
}

} // namespace

bool isBlankRegion(const Analysis& analysis, int region)
{
    constexpr std::size_t head = 256;
    const auto piece = formats::readRegion(
        analysis.facts.text(analysis.artifact), analysis.facts.regions[static_cast<std::size_t>(region)], head);
    return piece.text.size() < head && piece.text.find_first_not_of(" \t\r\n") == std::string::npos;
}

PictureFacts readPictureFacts(const Analysis& analysis, const formats::ImagePlace& place)
{
    PictureFacts out;
    if (place.kind == formats::ImagePlace::Kind::Drawing) {
        out.refusal = Words::tr("SVG picture, not drawn because it can hold script. Its text was searched.");
        const auto text = analysis.facts.text(analysis.artifact);
        out.bytes = place.region < 0 ? text.size()
            : !place.text.empty()    ? place.text.size() / 4 * 3 // base64
                                     : drawingBytes(analysis, place);
    } else {
        std::string keep;
        auto window = formats::imageAt(analysis.artifact, analysis.facts, place, keep);
        const auto size = formats::readImageSize(window);
        out.bytes = window.size();
        const bool blank = place.region >= 0 && place.text.empty() && isBlankRegion(analysis, place.region);
        out.refusal = blank ? Words::tr("Empty picture: there is nothing in it.") : refusalOf(window, size);
        if (size && size->width <= INT_MAX && size->height <= INT_MAX) {
            out.size = QSize(static_cast<int>(size->width), static_cast<int>(size->height));
        }
    }
    // Equal bytes at the same place are the same picture, also after another scan of the file.
    const auto text = analysis.facts.text(analysis.artifact);
    const auto raw =
        place.region < 0 ? text : slice(text, analysis.facts.regions[static_cast<std::size_t>(place.region)].bytes);
    const auto hash = std::hash<std::string_view>{}(raw);
    out.key = QByteArray::fromStdString(analysis.artifact.path) + '\n' + QByteArray::number(place.cell) + ' '
        + QByteArray::number(place.output) + ' ' + QByteArray::number(static_cast<qulonglong>(place.text.start)) + ' '
        + QByteArray::number(static_cast<qulonglong>(raw.size())) + ' '
        + QByteArray::number(static_cast<qulonglong>(hash), 16);
    return out;
}

Picture decodePicture(const PictureRequest& request)
{
    Picture out;
    std::string keep;
    auto window = formats::imageAt(request.analysis->artifact, request.analysis->facts, request.place, keep);
    out.refusal = refusalOf(window, formats::readImageSize(window));
    if (!out.refusal.isEmpty()) {
        return out;
    }
    const auto bytes = window.read(0, window.size());
    QByteArray data = QByteArray::fromRawData(bytes.data(), static_cast<qsizetype>(bytes.size()));
    QBuffer buffer(&data);
    buffer.open(QIODevice::ReadOnly);
    QImageReader::setAllocationLimit(allocationLimit);
    QImageReader reader(&buffer, decoderOf(mediaByMagic(bytes.substr(0, 64))));
    reader.setAutoDetectImageFormat(false);
    const QSize natural = reader.size();
    if (!natural.isValid() || natural.isEmpty() || qint64(natural.width()) * natural.height() > mostPixels) {
        out.refusal = broken(); // two readers that disagree about a picture: neither is to be believed
        return out;
    }
    const QSize wanted = request.wanted.isEmpty() ? natural : natural.scaled(request.wanted, Qt::KeepAspectRatio);
    if (wanted.width() < natural.width()) {
        reader.setScaledSize(wanted.expandedTo(QSize(1, 1)));
    }
    out.image = reader.read();
    if (out.image.isNull()) {
        out.refusal = broken();
    }
    return out;
}

} // namespace cupel::widgets
