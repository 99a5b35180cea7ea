// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/threat_clipboard.h"

#include "analyzers/engine/threat_mask.h"
#include "analyzers/threats/work/part_copy.h"
#include "widgets/models/shown_text.h"
#include "widgets/models/threat_state.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QMimeData>
#include <QtCore/QStringList>

#include <map>

namespace cupel::app {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ThreatClipboard)
};

const QString form = QStringLiteral("application/x-cupel-threat-parts");

QString nameOf(const threats::DiagramPart& part)
{
    return widgets::shownText(part.name.empty() ? part.id : part.name);
}

QString textOf(const threats::ThreatModel& parts)
{
    QStringList out;
    std::map<std::string, QString> names;
    const auto add = [&](const threats::Element& element, const QString& before) {
        names.emplace(element.id, nameOf(element));
        out += QStringLiteral("%1%2 (%3)").arg(before, nameOf(element), widgets::kindWord(element.kind));
    };
    std::map<std::string, std::vector<const threats::Element*>> byZone;
    for (const auto& zone : parts.zones) {
        byZone[zone.id];
    }
    for (const auto& element : parts.elements) {
        if (const auto zone = byZone.find(element.zone); zone != byZone.end()) {
            zone->second.push_back(&element);
        } else {
            add(element, {});
        }
    }
    for (const auto& zone : parts.zones) {
        out += Words::tr("Zone %1:").arg(nameOf(zone));
        for (const auto* element : byZone[zone.id]) {
            add(*element, QStringLiteral("  "));
        }
    }
    for (const auto& flow : parts.flows) {
        const QString ends = QStringLiteral("%1 \u2192 %2").arg(names[flow.source], names[flow.target]);
        out += flow.name.empty() ? ends : QStringLiteral("%1: %2").arg(ends, widgets::shownText(flow.name));
    }
    return out.join(u'\n');
}

} // namespace

std::unique_ptr<QMimeData> clipboardOf(const threats::ThreatModel& parts)
{
    report::ThreatReview review;
    review.overlaid.model = parts;
    Budget budget;
    engine::maskThreats(review, budget);
    const std::string own = threats::copyText(review.overlaid.model);
    auto out = std::make_unique<QMimeData>();
    out->setData(form, QByteArray(own.data(), static_cast<qsizetype>(own.size())));
    out->setText(textOf(review.overlaid.model));
    return out;
}

PastedParts partsOn(const QMimeData* clipboard)
{
    if (!clipboard || !clipboard->hasFormat(form)) {
        return {{}, Words::tr("Nothing was copied from a threat model.")};
    }
    const QByteArray bytes = clipboard->data(form);
    const ByteView view(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    auto parts = threats::readCopy(view, widgets::isKnownKind);
    if (!parts) {
        return {{},
            Words::tr("What was copied is no part of a threat model that Cupel takes: %1.")
                .arg(QString::fromStdString(parts.error().detail))};
    }
    return {std::move(parts).value(), {}};
}

} // namespace cupel::app
