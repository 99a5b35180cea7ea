// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/outputs/active_rules.h"

#include "analyzers/base/encodings.h"
#include "analyzers/formats/html/html_tags.h"
#include "analyzers/rules/outputs/known_hosts.h"

#include <algorithm>
#include <array>

namespace cupel::rules::outputs {

namespace {

using formats::ActiveKind;
using formats::ActivePiece;
using S = Severity;

// How loud a host is: nothing to say, known, or a stranger.
S byHost(const ActivePiece& piece, bool known, S quiet, S loud)
{
    if (piece.host.empty() || isLocalHost(piece.host)) {
        return std::max(quiet, S::Low);
    }
    const auto base = known ? quiet : loud;
    return piece.hidden ? std::max(base, S::Medium) : base;
}

void rule(Seen& seen, std::string_view id, S severity, Act act, Carrier carrier)
{
    seen.rule = id;
    seen.severity = severity;
    seen.shown = {carrier, act};
}

void strangers(const formats::ScriptSigns& signs, Seen& seen)
{
    const auto hit = std::find_if(signs.hosts.begin(), signs.hosts.end(),
        [](const std::string& host) { return !isKnownHost(host) && !isLocalHost(host); });
    seen.host = hit == signs.hosts.end() ? std::string() : *hit;
}

// Scripts and handlers. True when their words alone decide.
bool bySigns(const formats::ScriptSigns& signs, Seen& seen, Carrier carrier)
{
    strangers(signs, seen);
    if (signs.kernel || signs.server) {
        rule(seen, "CUP-OUT-KERNEL-ACCESS", S::High, Act::Run, carrier);
    } else if (signs.network && !seen.host.empty()) {
        rule(seen, "CUP-OUT-CALLS-HOME", signs.storage || signs.hidden ? S::High : S::Medium, Act::Run, carrier);
    } else if (signs.hidden) {
        rule(seen, "CUP-OUT-DISGUISED-SCRIPT", S::Medium, Act::Run, carrier);
    } else {
        seen.host.clear();
        return false;
    }
    return true;
}

void judgeRunning(const ActivePiece& piece, Seen& seen, Carrier carrier)
{
    const bool text = carrier == Carrier::Markdown || carrier == Carrier::Raw;
    switch (piece.kind) {
    case ActiveKind::Script:
        if (!bySigns(piece.signs, seen, carrier)) {
            rule(seen, "CUP-OUT-SCRIPT", piece.nested ? S::Info : text ? S::Medium : S::Low, Act::Run, carrier);
        }
        return;
    case ActiveKind::RemoteScript: {
        auto severity = byHost(piece, isLibraryHost(piece.host), S::Low, S::Medium);
        severity = piece.host.empty() || isLocalHost(piece.host) || !(piece.insecure || piece.hidden) ? severity
            : isLibraryHost(piece.host)                                                               ? S::Medium
                                                                                                      : S::High;
        rule(seen, "CUP-OUT-REMOTE-SCRIPT", severity, Act::Run, carrier);
        return;
    }
    case ActiveKind::Handler:
        if (!bySigns(piece.signs, seen, carrier)) {
            const bool loud = piece.automatic || piece.hidden || carrier == Carrier::Svg || carrier == Carrier::Picture;
            rule(seen, "CUP-OUT-EVENT-HANDLER", loud ? S::Medium : S::Low, piece.automatic ? Act::Run : Act::Event,
                carrier);
        }
        return;
    default:
        rule(seen, "CUP-OUT-SCRIPT-URL",
            piece.empty        ? S::Low
                : piece.hidden ? S::High
                               : S::Medium,
            piece.automatic ? Act::Run : Act::Click, carrier);
    }
}

void judgeLoading(const ActivePiece& piece, Seen& seen, Carrier carrier)
{
    const bool known = isKnownHost(piece.host);
    switch (piece.kind) {
    case ActiveKind::Frame:
        rule(seen, "CUP-OUT-FRAME", S::Info, Act::Frame, carrier);
        return;
    case ActiveKind::RemoteFrame:
        rule(seen, "CUP-OUT-FRAME", piece.nested ? S::Low : byHost(piece, known, S::Info, S::Medium), Act::Frame,
            carrier);
        return;
    case ActiveKind::Plugin:
        rule(seen, "CUP-OUT-PLUGIN", byHost(piece, known, S::Low, S::Medium), Act::Frame, carrier);
        return;
    case ActiveKind::RemoteStyle:
        rule(seen, "CUP-OUT-REMOTE-STYLE", byHost(piece, known, S::Info, S::Low), Act::LoadStyle, carrier);
        return;
    case ActiveKind::Import:
        rule(seen, "CUP-OUT-REMOTE-STYLE", isLibraryHost(piece.host) ? S::Low : S::Medium, Act::LoadStyle, carrier);
        return;
    case ActiveKind::Beacon:
        rule(seen, "CUP-OUT-BEACON", known || piece.host.empty() || isLocalHost(piece.host) ? S::Info : S::Medium,
            piece.what == "ping" ? Act::Click : Act::Load, carrier);
        return;
    case ActiveKind::LocalFile:
        rule(seen, "CUP-OUT-LOCAL-FILE", piece.host.empty() || isLocalHost(piece.host) ? S::Low : S::Medium, Act::Load,
            carrier);
        return;
    case ActiveKind::MediaPath: {
        const auto verdict = judgePath(piece.path, false);
        if (verdict.leaves) {
            rule(seen, "CUP-OUT-IMAGE-PATH", verdict.severity, Act::Export, Carrier::Name);
            seen.what = verdict.what;
        }
        return;
    }
    default:
        rule(seen, "CUP-OUT-REMOTE-IMAGE", piece.hidden ? S::Medium : S::Info, Act::Load, carrier);
    }
}

void judgeRest(const ActivePiece& piece, Seen& seen, Carrier carrier)
{
    switch (piece.kind) {
    case ActiveKind::Refresh:
        rule(seen, "CUP-OUT-REFRESH",
            piece.what.ends_with("script") ? S::High
                : piece.host.empty()       ? S::Low
                                           : S::Medium,
            Act::Run, carrier);
        return;
    case ActiveKind::Base:
        rule(seen, "CUP-OUT-BASE", S::Medium, Act::Run, carrier);
        return;
    case ActiveKind::Form:
        rule(seen, "CUP-OUT-FORM",
            piece.asksPassword && !piece.host.empty()                                     ? S::High
                : piece.asksPassword || (!piece.host.empty() && !isLocalHost(piece.host)) ? S::Medium
                                                                                          : S::Info,
            Act::Form, carrier);
        return;
    case ActiveKind::Opener:
        if (carrier == Carrier::Markdown && piece.what != "rel=opener") {
            return; // browsers of today cut the tie by themselves; documents are full of them
        }
        rule(seen, "CUP-OUT-OPENER", S::Info, Act::Click, Carrier::Name);
        seen.shown.reset();
        return;
    case ActiveKind::CommandLinker:
        rule(seen, "CUP-OUT-COMMAND-BUTTON", S::High, Act::Command, carrier);
        return;
    case ActiveKind::Clobber:
        rule(seen, "CUP-OUT-CLOBBER", S::Medium, Act::Clobber, carrier);
        return;
    case ActiveKind::SvgForeign:
        rule(seen, "CUP-OUT-SVG-ACTIVE", S::Info, Act::Show, carrier);
        return;
    case ActiveKind::SvgUse:
    case ActiveKind::SvgAnimate:
        rule(seen, "CUP-OUT-SVG-ACTIVE", S::Medium, Act::Run, carrier);
        return;
    case ActiveKind::Overlay:
        rule(seen, "CUP-OUT-OVERLAY", piece.what.starts_with("style ") ? S::Medium : S::Low, Act::Show, carrier);
        return;
    case ActiveKind::StyleScript:
        rule(seen, "CUP-OUT-STYLE-SCRIPT", S::Medium, Act::LoadStyle, carrier);
        return;
    case ActiveKind::HiddenText:
        rule(seen, "CUP-OUT-HIDDEN-TEXT", S::Info, Act::Show, carrier);
        seen.shown.reset();
        return;
    case ActiveKind::Mutation:
        rule(seen, "CUP-OUT-MUTATION", S::High, Act::Slip, carrier);
        return;
    default:
        rule(seen, "CUP-OUT-ENTITY", S::Low, Act::Run, carrier);
    }
}

// A path in parts, with percent signs and back slashes undone.
std::vector<std::string> parts(std::string_view path)
{
    auto text = decodePercent(path);
    std::replace(text.begin(), text.end(), '\\', '/');
    std::vector<std::string> out;
    for (std::size_t from = 0; from <= text.size();) {
        const auto end = std::min(text.find('/', from), text.size());
        out.push_back(text.substr(from, end - from));
        from = end + 1;
    }
    return out;
}

bool isSecretPlace(const std::vector<std::string>& path)
{
    static constexpr std::array<std::string_view, 20> names{"etc", "proc", ".ssh", ".aws", ".azure", ".config",
        ".docker", ".env", ".git", ".gnupg", ".kube", ".netrc", ".pypirc", ".kaggle", "id_rsa", "passwd", "shadow",
        ".jupyter", "appdata", "windows"};
    return std::any_of(path.begin(), path.end(), [](const std::string& part) {
        return std::find(names.begin(), names.end(), formats::asciiLower(part)) != names.end();
    });
}

bool looksLikePicture(std::string_view name)
{
    static constexpr std::array<std::string_view, 15> ends{".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".bmp",
        ".tif", ".tiff", ".ico", ".mp4", ".webm", ".mp3", ".wav", ".pdf"};
    const auto lower = formats::asciiLower(name.substr(0, name.find_first_of("?#")));
    return std::any_of(ends.begin(), ends.end(), [&](auto end) { return lower.ends_with(end); });
}

} // namespace

PathVerdict judgePath(std::string_view path, bool name)
{
    path = path.substr(0, path.find_first_of(std::string_view("\r\n", 2)));
    if (!name) {
        path = path.substr(0, path.find('?'));
    }
    const auto all = parts(path);
    PathVerdict verdict;
    int depth = 0;
    int lowest = 0;
    for (const auto& part : all) {
        depth += part == ".." ? -1 : part.empty() || part == "." ? 0 : 1;
        lowest = std::min(lowest, depth);
    }
    const bool nul = path.find('\0') != std::string_view::npos;
    const auto& first = all.front();
    const bool drive = first.size() == 2 && first[1] == ':';
    const bool absolute = (all.size() > 1 && first.empty()) || drive || first == "~";
    const bool unc = all.size() > 3 && first.empty() && all[1].empty();
    verdict.leaves = lowest < 0 || absolute || unc || nul || (name && all.size() > 1);
    if (!verdict.leaves) {
        return verdict;
    }
    verdict.what = nul ? "a name with a NUL"
        : unc          ? "a network path"
        : absolute     ? "an absolute path"
        : lowest < 0   ? "a path upwards"
                       : "a path";
    if (name) {
        verdict.severity = lowest < 0 || absolute || unc || nul ? Severity::High : Severity::Medium;
        return verdict;
    }
    const bool picture = looksLikePicture(all.back());
    verdict.severity = isSecretPlace(all) || nul || unc ? Severity::High
        : !picture && (absolute || lowest <= -2)        ? Severity::Medium
        : absolute || lowest <= -4                      ? Severity::Low
                                                        : Severity::Info;
    // A picture in a folder beside this one is how projects are laid out.
    verdict.leaves = verdict.severity > Severity::Info;
    return verdict;
}

Seen judgePiece(const ActivePiece& piece, Carrier carrier)
{
    Seen seen;
    seen.what = piece.what;
    seen.host = piece.host;
    seen.hidden = piece.hidden;
    switch (piece.kind) {
    case ActiveKind::Script:
    case ActiveKind::RemoteScript:
    case ActiveKind::Handler:
    case ActiveKind::ScriptUrl:
        judgeRunning(piece, seen, carrier);
        break;
    case ActiveKind::Frame:
    case ActiveKind::RemoteFrame:
    case ActiveKind::Plugin:
    case ActiveKind::RemoteStyle:
    case ActiveKind::Import:
    case ActiveKind::RemoteMedia:
    case ActiveKind::Beacon:
    case ActiveKind::LocalFile:
    case ActiveKind::MediaPath:
        judgeLoading(piece, seen, carrier);
        break;
    default:
        judgeRest(piece, seen, carrier);
        break;
    }
    return seen;
}

Seen judgeScript(const formats::ScriptSigns& signs, Carrier carrier)
{
    Seen seen;
    seen.what = "application/javascript";
    seen.hidden = signs.hidden;
    if (!bySigns(signs, seen, carrier)) {
        rule(seen, "CUP-OUT-SCRIPT", Severity::Low, Act::Run, carrier);
    }
    return seen;
}

} // namespace cupel::rules::outputs
