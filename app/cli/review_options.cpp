// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/review_options.h"

#include "app/cli/terminal.h"

#include "analyzers/engine/file_source.h"

#include <algorithm>
#include <cstdlib>
#include <ctime>

namespace cupel::cli {

std::string isoToday()
{
    // Reproducible runs can fix the day.
    const char* fixed = std::getenv("SOURCE_DATE_EPOCH");
    const std::time_t now = fixed ? static_cast<std::time_t>(std::strtoll(fixed, nullptr, 10)) : std::time(nullptr);
    std::tm parts{};
    ::gmtime_r(&now, &parts);
    char text[16];
    const auto size = std::strftime(text, sizeof text, "%Y-%m-%d", &parts);
    return {text, size};
}

namespace {

std::string read(const std::string& path, std::string& out)
{
    Budget budget;
    auto bytes = engine::readFile(path, budget);
    if (!bytes) {
        return "'" + path + "': " + bytes.error().detail;
    }
    out = *bytes.value();
    return {};
}

std::string readProfile(const std::string& name, ReviewOptions& out)
{
    if (const auto* known = review::builtInProfile(name)) {
        out.profile = *known;
        return {};
    }
    std::string text;
    if (auto error = read(name, text); !error.empty()) {
        std::string names;
        for (const auto& profile : review::builtInProfiles()) {
            names += (names.empty() ? "" : ", ") + profile.name;
        }
        return "no profile " + error + "\nThere are: " + names + ", or a file of your own";
    }
    auto profile = review::readProfile(text);
    if (!profile) {
        return "the profile '" + name + "': " + profile.error().detail;
    }
    out.profile = std::move(profile).value();
    return {};
}

} // namespace

void ReviewOptions::settle(const Analysis& analysis, Finding& finding) const
{
    if (decisions.stateOf(finding, today) == review::DecisionState::Active) {
        const auto* decision = decisions.find(finding);
        finding.settled = toString(decision->reason);
        finding.settledNote = decision->author + (decision->note.empty() ? "" : ": " + decision->note);
        return;
    }
    const bool known = std::any_of(baselines.begin(), baselines.end(),
        [&](const review::Baseline& baseline) { return baseline.covers(analysis, finding); });
    if (known) {
        finding.settled = "baseline";
    }
}

std::string readReviewOptions(const Arguments& arguments, ReviewOptions& out)
{
    out.today = isoToday();
    if (!arguments.profile.empty()) {
        if (auto error = readProfile(arguments.profile, out); !error.empty()) {
            return error;
        }
    }
    for (const auto& path : arguments.baselines) {
        std::string text;
        if (auto error = read(path, text); !error.empty()) {
            return "the baseline " + error;
        }
        auto baseline = review::Baseline::read(text);
        if (!baseline) {
            return "the baseline '" + path + "': " + baseline.error().detail;
        }
        out.baselines.push_back(std::move(baseline).value());
    }
    if (!arguments.decisions.empty()) {
        std::string text;
        if (auto error = read(arguments.decisions, text); !error.empty()) {
            return "the decisions " + error;
        }
        std::vector<std::string> troubles;
        out.decisions = review::Decisions::read(text, troubles);
        out.pictures = review::readPictureMarks(text);
        for (const auto& trouble : troubles) {
            complain("'" + arguments.decisions + "': " + trouble);
        }
    }
    return {};
}

} // namespace cupel::cli
