// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/model_reading.h"

#include "widgets/models/shown_text.h"

#include <QtCore/QCoreApplication>

#include <algorithm>
#include <array>
#include <string_view>

namespace cupel::widgets {

const ModelMark* ModelReading::markAt(ByteRange bytes) const
{
    const ModelMark* worst = nullptr;
    // Marks are few and mostly short; those that begin behind the range end the search.
    for (const auto& mark : marks) {
        if (mark.bytes.start >= bytes.end) {
            break;
        }
        if (mark.bytes.overlaps(bytes) && (!worst || mark.severity > worst->severity)) {
            worst = &mark;
        }
    }
    return worst;
}

bool isModel(const Analysis& analysis)
{
    return analysis.facts.model || formats::pickleFacts(analysis.facts) || !analysis.facts.children.empty();
}

bool goesWithModels(const Analysis& analysis)
{
    const auto name = analysis.artifact.fileName();
    constexpr std::array<std::string_view, 6> code{
        "modeling_", "configuration_", "tokenization_", "processing_", "image_processing_", "handler.py"};
    return analysis.facts.format == "jinja"
        || (name.ends_with(".py") && std::any_of(code.begin(), code.end(), [name](std::string_view begin) {
               return name.starts_with(begin);
           }));
}

QString shownFormat(const Analysis& analysis)
{
    // Of a member that was read although nobody knows its form: a pickle beside it says what stands where.
    const auto& facts = analysis.facts;
    if (facts.format == "unknown" && facts.status == ReadStatus::Complete && !analysis.artifact.parent.empty()) {
        return QCoreApplication::translate("Model", "tensor data");
    }
    if (facts.format == "pickle" && facts.model && facts.model->kind == "joblib") {
        return shownText(facts.model->kind);
    }
    return shownText(facts.format);
}

QString shapeText(const std::vector<std::uint64_t>& shape)
{
    QStringList parts;
    for (const auto extent : shape) {
        parts += QString::number(extent);
    }
    return shape.empty() ? QCoreApplication::translate("Model", "scalar") : parts.join(QStringLiteral(" \u00d7 "));
}

QString offsetText(std::uint64_t offset)
{
    return QStringLiteral("0x") + QString::number(offset, 16).toUpper();
}

} // namespace cupel::widgets
