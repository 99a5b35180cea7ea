// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/work/team_fit.h"

#include <vector>

namespace cupel::threats {

namespace {

std::size_t lengthOf(const Event& event)
{
    TeamModel alone;
    alone.events.push_back(event);
    return write(alone).size();
}

// `over`: bytes that it is too long.
std::size_t shorten(TeamModel& team, std::size_t over)
{
    std::size_t shortened = 0;
    std::size_t won = 0;
    team.events.changeEach([&](Event& event) {
        if (won < over && !event.was.empty()) {
            const auto before = lengthOf(event);
            event.was.clear();
            won += before - lengthOf(event);
            ++shortened;
        }
    });
    return shortened;
}

bool readsBack(const std::string& text)
{
    std::vector<std::string> troubles;
    static_cast<void>(read(text, troubles));
    return troubles.empty();
}

} // namespace

std::optional<FittingText> writeWithin(const TeamModel& team, std::size_t most)
{
    FittingText out{write(team), 0};
    if (out.text.size() > most) {
        TeamModel shorter = team;
        out.shortened = shorten(shorter, out.text.size() - most);
        out.text = write(shorter);
    }
    if (out.text.size() > most || !readsBack(out.text)) {
        return std::nullopt;
    }
    return out;
}

} // namespace cupel::threats
