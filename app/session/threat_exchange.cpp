// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/threat_exchange.h"

#include "analyzers/engine/file_source.h"
#include "analyzers/engine/threat_mask.h"
#include "analyzers/report/threats/threat_writers.h"
#include "analyzers/threats/diagram_layout.h"
#include "analyzers/threats/work/team_import.h"
#include "analyzers/threats/work/team_step.h"
#include "app/session/decision_file.h"
#include "app/settings/saver.h"
#include "widgets/canvas/scene_export.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QFileInfo>

#include <algorithm>

namespace cupel::app {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ThreatExchange)
};

constexpr double margin = 40; // other tools begin at the upper left corner

threats::Box boxOf(const QRectF& box)
{
    return {box.x() + margin, box.y() + margin, box.width(), box.height()};
}

void tell(const std::shared_ptr<std::atomic<int>>& percent, int value)
{
    if (percent) {
        percent->store(value, std::memory_order_relaxed);
    }
}

// What nobody moved has its place from the drawing.
threats::ThreatModel drawn(threats::ThreatModel model, const widgets::ThreatReading& reading)
{
    const auto& scene = *reading.scene;
    for (std::size_t i = 0; i < scene.nodes().size() && i < reading.elements.size(); ++i) {
        model.elements[reading.elements[i]].box = boxOf(scene.nodes()[i].box);
    }
    for (std::size_t i = 0; i < scene.frames().size() && i < reading.zones.size(); ++i) {
        model.zones[reading.zones[i]].box = boxOf(scene.frames()[i].box);
    }
    for (std::size_t i = 0; i < scene.edges().size() && i < reading.flows.size(); ++i) {
        const auto& edge = scene.edges()[i];
        auto& bends = model.flows[reading.flows[i]].bends;
        bends.clear();
        for (std::uint32_t k = 1; k + 1 < edge.corners; ++k) {
            const QPointF at = scene.corners(edge)[k];
            bends.push_back({at.x() + margin, at.y() + margin});
        }
    }
    for (auto& element : model.elements) { // what is not drawn gets a place below
        if (reading.nodeOf(element.id) == widgets::GraphScene::none) {
            element.box.reset();
        }
    }
    return model;
}

// What a drawing writes beside its signs.
bool namesDiffer(const threats::ThreatModel& a, const threats::ThreatModel& b)
{
    const auto differ = [](const auto& one, const auto& other) {
        return !std::equal(one.begin(), one.end(), other.begin(), other.end(),
            [](const auto& x, const auto& y) { return x.name == y.name; });
    };
    return differ(a.elements, b.elements) || differ(a.zones, b.zones) || differ(a.flows, b.flows);
}

} // namespace

ThreatWritten writeThreats(const ThreatExport& request, const std::stop_token& stop)
{
    if (!request.reading || !request.reading->scene) {
        return ThreatWritten::Failed;
    }
    Budget budget(Limits{}, stop);
    report::ThreatReview review; // lines of others that somebody said yes to were never searched
    review.overlaid = request.reading->overlaid;
    engine::maskThreats(review, budget);
    if (request.format == ThreatFormat::Svg) {
        if (budget.stopped()) {
            return ThreatWritten::Failed;
        }
        if (namesDiffer(request.reading->overlaid.model, review.overlaid.model)) {
            return ThreatWritten::HoldsCredential; // it would be drawn in clear
        }
        const QByteArray svg = widgets::sceneToSvg(*request.reading->scene, request.title, widgets::ThemeName::Light);
        return !svg.isEmpty() && writeDurably(request.file, svg) ? ThreatWritten::Done : ThreatWritten::Failed;
    }
    threats::ThreatModel model = drawn(review.overlaid.model, *request.reading);
    if (model.title.empty()) {
        model.title = request.title.toStdString();
    }
    if (!threats::completeForExport(model, review.overlaid, budget)) {
        return ThreatWritten::Failed;
    }
    std::string out;
    const report::TextSink sink = [&out](std::string_view text) { out += text; };
    switch (request.format) {
    case ThreatFormat::ThreatDragon:
        report::writeThreatDragon(model, sink);
        break;
    case ThreatFormat::Otm:
        report::writeOpenThreatModel(model, sink);
        break;
    case ThreatFormat::TmBom:
        report::writeTmBom(model, sink);
        break;
    case ThreatFormat::Csv:
        report::writeThreatsCsv(model, sink, &review.overlaid);
        break;
    case ThreatFormat::Mermaid:
        report::writeThreatsMermaid(model, sink);
        break;
    case ThreatFormat::AtlasLayer:
        report::writeAtlasLayer(model, sink);
        break;
    default:
        report::writeThreatsJson(model, sink, &review.overlaid);
        break;
    }
    const bool done = !stop.stop_requested() && writeDurably(request.file, QByteArray::fromStdString(out));
    return done ? ThreatWritten::Done : ThreatWritten::Failed;
}

// Text of others may hold a password like any text: then nothing of it comes into the folder.
bool holdsCredential(const threats::TeamModel& team, const std::stop_token& stop, std::atomic<int>* percent)
{
    constexpr std::size_t most = 7'000; // a note may be 8,000 bytes long
    constexpr int from = 30; // of what was done before, and after
    constexpr int to = 95;
    std::string part;
    const auto look = [&part] {
        const bool found = !part.empty() && !noteTrouble(QString::fromStdString(part)).isEmpty();
        part.clear();
        return found;
    };
    const auto texts = threats::textsOf(threats::difference({}, team));
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const auto& text = texts[i];
        for (std::size_t at = 0; at < text.size(); at += most) {
            if (stop.stop_requested()) {
                return false;
            }
            const auto piece = text.substr(at, most);
            if (part.size() + piece.size() + 1 > most && look()) {
                return true;
            }
            part += piece + '\n';
        }
        if (percent != nullptr) {
            percent->store(from + static_cast<int>((to - from) * i / texts.size()), std::memory_order_relaxed);
        }
    }
    return look();
}

QString leftOutWords(const threats::LeftOut& left)
{
    QStringList out;
    const auto say = [&out](std::size_t count, const QString& words) {
        if (count > 0) {
            out += words;
        }
    };
    const auto n = [](std::size_t count) { return static_cast<int>(count); };
    say(left.zones, Words::tr("%n zone(s)", nullptr, n(left.zones)));
    say(left.elements, Words::tr("%n element(s)", nullptr, n(left.elements)));
    say(left.flows, Words::tr("%n flow(s)", nullptr, n(left.flows)));
    say(left.threats, Words::tr("%n threat(s)", nullptr, n(left.threats)));
    say(left.notes, Words::tr("%n text(s) on the drawing", nullptr, n(left.notes)));
    say(left.lines, Words::tr("%n boundary line(s) without an inside", nullptr, n(left.lines)));
    say(left.loose, Words::tr("%n flow(s) with an open end", nullptr, n(left.loose)));
    say(left.lost, Words::tr("%n threat(s) at one of these", nullptr, n(left.lost)));
    return out.join(QStringLiteral(", "));
}

ThreatImport readThreatFile(const ThreatImportRequest& request, const std::stop_token& stop)
{
    ThreatImport out;
    const QString name = QFileInfo(request.file).fileName();
    Budget budget(Limits{}, stop);
    tell(request.percent, 2);
    const auto bytes = engine::readFile(request.file.toStdString(), budget);
    if (!bytes) {
        out.trouble = Words::tr("%1 could not be read.").arg(name);
        return out;
    }
    tell(request.percent, 5);
    auto imported = threats::importModel(*bytes.value(), budget);
    if (!imported) {
        out.trouble = Words::tr("%1 is no threat model that can be read: %2.")
                          .arg(name, widgets::shownText(imported.error().detail));
        return out;
    }
    tell(request.percent, 20);
    out.partial = imported.value().partial;
    const auto format = threats::nameOf(imported.value().format);
    out.format = QString::fromUtf8(format.data(), static_cast<qsizetype>(format.size()));
    threats::ThreatModel model = std::move(imported).value().model;
    model.document.reset(); // the text it was read from, as large as the file
    out.partial = !threats::layOutDiagrams(model, budget) || out.partial;
    threats::spreadDiagrams(model);
    tell(request.percent, 30);
    out.counts = threats::addModel(out.added, model, request.prefix, request.corner);
    if (holdsCredential(out.added, stop, request.percent.get())) {
        out.trouble = Words::tr("%1 holds what looks like a credential: nothing of it was taken over.").arg(name);
    }
    tell(request.percent, 95);
    return out;
}

} // namespace cupel::app
