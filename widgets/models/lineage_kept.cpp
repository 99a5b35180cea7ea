// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/lineage_kept.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

#include <algorithm>
#include <cmath>

namespace cupel::widgets {

namespace {

constexpr qsizetype mostText = 4'096;
constexpr qsizetype mostKeys = 10'000;
constexpr double farthest = 1e6;

QJsonArray array(const std::set<std::string>& keys)
{
    QJsonArray out;
    for (const auto& key : keys) {
        out.append(QString::fromStdString(key));
    }
    return out;
}

std::string text(const QJsonValue& value)
{
    return value.toString().left(mostText).toStdString();
}

std::set<std::string> keys(const QJsonValue& value)
{
    std::set<std::string> out;
    const QJsonArray list = value.toArray();
    for (qsizetype i = 0; i < std::min(list.size(), mostKeys); ++i) {
        out.insert(text(list[i]));
    }
    return out;
}

QJsonObject write(const LineageSavedView& view)
{
    const LineageWish& wish = view.wish;
    return {{QStringLiteral("view"), view.name}, {QStringLiteral("search"), view.search},
        {QStringLiteral("level"), static_cast<int>(wish.level)}, {QStringLiteral("kinds"), wish.kinds},
        {QStringLiteral("traits"), wish.traits}, {QStringLiteral("focus"), QString::fromStdString(wish.focus)},
        {QStringLiteral("up"), wish.up}, {QStringLiteral("down"), wish.down},
        {QStringLiteral("from"), QString::fromStdString(wish.from)},
        {QStringLiteral("to"), QString::fromStdString(wish.to)}, {QStringLiteral("open"), array(wish.open)},
        {QStringLiteral("folded"), array(wish.folded)}};
}

LineageSavedView read(const QJsonObject& line)
{
    LineageSavedView out;
    out.name = line[u"view"].toString().left(200);
    out.search = line[u"search"].toString().left(mostText);
    const auto number = [&line](const char16_t* key, int least, int most, int otherwise) {
        return std::clamp(line[QStringView(key)].toInt(otherwise), least, most);
    };
    LineageWish& wish = out.wish;
    wish.level =
        static_cast<LineageWish::Level>(number(u"level", 0, static_cast<int>(LineageWish::Level::Variable), 0));
    wish.kinds = static_cast<std::uint8_t>(number(u"kinds", 0, 15, 15));
    wish.traits = static_cast<std::uint8_t>(number(u"traits", 0, 15, 0));
    wish.focus = text(line[u"focus"]);
    wish.up = number(u"up", -1, 20, -1);
    wish.down = number(u"down", -1, 20, -1);
    wish.from = text(line[u"from"]);
    wish.to = text(line[u"to"]);
    if (wish.from.empty() || wish.to.empty()) {
        wish.from.clear();
        wish.to.clear();
    }
    wish.open = keys(line[u"open"]);
    wish.folded = keys(line[u"folded"]);
    return out;
}

} // namespace

QByteArray toLines(const LineageKept& kept)
{
    QByteArray out;
    const auto add = [&out](
                         const QJsonObject& line) { out += QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n'; };
    for (const auto& [key, place] : kept.pins) {
        add({{QStringLiteral("pin"), QString::fromStdString(key)}, {QStringLiteral("x"), std::round(place.x())},
            {QStringLiteral("y"), std::round(place.y())}});
    }
    for (const auto& view : kept.views) {
        add(write(view));
    }
    return out;
}

LineageKept fromLines(const QByteArray& lines)
{
    LineageKept out;
    for (const QByteArray& one : lines.split('\n')) {
        const QJsonObject line = QJsonDocument::fromJson(one).object();
        if (line.contains(u"pin") && out.pins.size() < LineageKept::mostPins) {
            const auto at = [&line](const char16_t* key) {
                return std::clamp(line[QStringView(key)].toDouble(), 0.0, farthest);
            };
            out.pins[text(line[u"pin"])] = {at(u"x"), at(u"y")};
        } else if (line.contains(u"view") && out.views.size() < LineageKept::mostViews) {
            out.views.push_back(read(line));
        }
    }
    std::erase_if(out.views, [](const LineageSavedView& view) { return view.name.trimmed().isEmpty(); });
    return out;
}

} // namespace cupel::widgets
