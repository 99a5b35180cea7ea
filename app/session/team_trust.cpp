// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/team_trust.h"

#include <QtCore/QCryptographicHash>

#include <set>
#include <string_view>

namespace cupel::app {

namespace {

QString keyOf(std::string_view line)
{
    constexpr int length = 32; // as much of a digest as anybody could meet by chance, and more
    const auto size = static_cast<qsizetype>(line.size());
    const QByteArray digest = QCryptographicHash::hash(QByteArray(line.data(), size), QCryptographicHash::Sha256);
    return QString::fromLatin1(digest.toHex().left(length));
}

// The key of the only claim of a model.
QString onlyKey(const threats::TeamModel& one)
{
    QString key;
    static_cast<void>(threats::withClaims(one, [&key](std::string_view line) {
        key = keyOf(line);
        return true;
    }));
    return key;
}

template <typename Map> void keepNew(const Map& before, const Map& after, Map& out)
{
    for (const auto& [id, value] : after) {
        const auto had = before.find(id);
        if (had == before.end() || !(had->second == value)) {
            out.emplace(id, value);
        }
    }
}

} // namespace

SortedTeam sortTeam(const threats::TeamModel& team, const DecisionTrust& trust, const QString& place)
{
    using Answer = DecisionTrust::Answer;
    SortedTeam out;
    out.counted = threats::withClaims(team, [&](std::string_view line) {
        const QString key = keyOf(line);
        out.keys.insert(key);
        const Answer answer = trust.answer(place, key);
        out.answered = out.answered || answer == Answer::Used || answer == Answer::Ignored;
        if (answer == Answer::Unasked) {
            out.waitingKeys += key;
        }
        return answer == Answer::Own || answer == Answer::Used;
    });
    if (!out.waitingKeys.isEmpty()) {
        const QSet<QString> waiting(out.waitingKeys.begin(), out.waitingKeys.end());
        out.waiting = threats::withClaims(team, [&](std::string_view line) { return waiting.contains(keyOf(line)); });
    }
    return out;
}

threats::TeamModel tellable(const threats::TeamModel& team, threats::TeamModel counted)
{
    std::set<std::string_view> controlled; // threats with a control that does not count
    for (const auto& [id, use] : team.controls) {
        if (!counted.controls.contains(id)) {
            controlled.insert(use.threat);
        }
    }
    counted.events.removeIf([&](const threats::Event& event) {
        const auto missing = [&event](const auto& all, const auto& some) {
            return all.contains(event.what) && !some.contains(event.what);
        };
        return missing(team.threats, counted.threats) || missing(team.parts, counted.parts)
            || missing(team.own, counted.own) || missing(team.answers, counted.answers)
            || missing(team.assignees, counted.assignees) || controlled.contains(event.what);
    });
    return counted;
}

void carryTrust(const threats::TeamModel& before, const threats::TeamModel& after, const threats::Renames& renamed,
    DecisionTrust& trust, const QString& place)
{
    const auto carry = [&](auto member) {
        for (const auto& [id, value] : before.*member) {
            const auto next = renamed.find(id);
            const auto now = (after.*member).find(next == renamed.end() ? id : next->second);
            if (now == (after.*member).end() || (now->first == id && now->second == value)) {
                continue;
            }
            threats::TeamModel was;
            threats::TeamModel is;
            (was.*member).emplace(id, value);
            (is.*member).emplace(now->first, now->second);
            trust.set(place, onlyKey(is), trust.answer(place, onlyKey(was)));
        }
    };
    carry(&threats::TeamModel::parts);
    carry(&threats::TeamModel::threats);
    carry(&threats::TeamModel::own);
    carry(&threats::TeamModel::controls);
    carry(&threats::TeamModel::seen);
    carry(&threats::TeamModel::assignees);
}

bool trustOwn(
    const threats::TeamModel& before, const threats::TeamModel& after, DecisionTrust& trust, const QString& place)
{
    threats::TeamModel fresh;
    keepNew(before.parts, after.parts, fresh.parts);
    keepNew(before.threats, after.threats, fresh.threats);
    keepNew(before.answers, after.answers, fresh.answers);
    keepNew(before.own, after.own, fresh.own);
    keepNew(before.controls, after.controls, fresh.controls);
    keepNew(before.seen, after.seen, fresh.seen);
    keepNew(before.assignees, after.assignees, fresh.assignees);
    bool changed = false;
    static_cast<void>(threats::withClaims(fresh, [&](std::string_view line) {
        changed = trust.set(place, keyOf(line), DecisionTrust::Answer::Own) || changed;
        return true;
    }));
    return changed;
}

} // namespace cupel::app
