// SPDX-License-Identifier: GPL-3.0-or-later
// Names and order of the plain values of this folder.
#include "analyzers/model/analysis.h"

#include <array>
#include <tuple>

namespace cupel {

namespace {

template <typename Enum, std::size_t N>
bool find(const std::array<std::string_view, N>& names, std::string_view text, Enum& out)
{
    for (std::size_t i = 0; i < N; ++i) {
        if (names[i] == text) {
            out = static_cast<Enum>(i);
            return true;
        }
    }
    return false;
}

constexpr std::array<std::string_view, 5> severityNames{"info", "low", "medium", "high", "critical"};
constexpr std::array<std::string_view, 3> confidenceNames{"possible", "likely", "certain"};
constexpr std::array<std::string_view, 10> familyNames{
    "secret", "pii", "code", "output", "dependency", "pickle", "model", "archive", "malformed", "lineage"};
constexpr std::array<std::string_view, 5> partNames{"", "source", "output", "metadata", "attachment"};
constexpr std::array<std::string_view, 4> dependencySources{"install", "list", "import", "output"};
constexpr std::array<std::string_view, 19> regionNames{"code", "markdown", "raw", "stream", "text", "html", "error",
    "json", "svg", "javascript", "latex", "attachment", "metadata", "widget-state", "image", "salvaged", "plain-text",
    "name", "template"};
constexpr std::array<std::string_view, 3> statusNames{"complete", "partial", "unreadable"};

} // namespace

std::string_view toString(Severity severity)
{
    return severityNames[static_cast<std::size_t>(severity)];
}
std::string_view toString(Confidence confidence)
{
    return confidenceNames[static_cast<std::size_t>(confidence)];
}
std::string_view toString(Family family)
{
    return familyNames[static_cast<std::size_t>(family)];
}
std::string_view toString(Part part)
{
    return partNames[static_cast<std::size_t>(part)];
}
std::string_view toString(RegionKind kind)
{
    return regionNames[static_cast<std::size_t>(kind)];
}
std::string_view toString(ReadStatus status)
{
    return statusNames[static_cast<std::size_t>(status)];
}
std::string_view toString(DependencySource source)
{
    return dependencySources[static_cast<std::size_t>(source)];
}

bool fromString(std::string_view text, Severity& out)
{
    return find(severityNames, text, out);
}
bool fromString(std::string_view text, Confidence& out)
{
    return find(confidenceNames, text, out);
}

bool comesBefore(const Finding& a, const Finding& b)
{
    const auto key = [](const Finding& f) {
        return std::tie(f.location.artifact, f.location.bytes.start, f.location.bytes.end, f.rule, f.fingerprint);
    };
    return key(a) < key(b);
}

std::string_view Artifact::fileName() const
{
    const std::string_view view = path;
    const auto cut = view.find_last_of("/!\\");
    return cut == std::string_view::npos ? view : view.substr(cut + 1);
}

std::string_view Artifact::memberName() const
{
    const std::string_view view = path;
    return !parent.empty() && view.size() > parent.size() && view.starts_with(parent) ? view.substr(parent.size() + 1)
                                                                                      : std::string_view();
}

Summary summarize(const Workspace& workspace)
{
    Summary sum;
    sum.incomplete = workspace.cancelled || workspace.timedOut;
    for (const auto& [path, analysis] : workspace.analyses) {
        ++sum.artifacts;
        sum.bytes += analysis->size;
        if (analysis->facts.status != ReadStatus::Complete) {
            ++sum.partial;
            sum.incomplete = true;
        }
        sum.incomplete = sum.incomplete || analysis->droppedFindings > 0;
        sum.anythingScannable =
            sum.anythingScannable || (analysis->facts.scannable && analysis->facts.status != ReadStatus::Unreadable);
        for (const auto& finding : analysis->findings) {
            if (finding.settled.empty()) {
                ++sum.bySeverity[static_cast<std::size_t>(finding.severity)];
            } else {
                ++sum.settled;
            }
        }
    }
    return sum;
}

} // namespace cupel
