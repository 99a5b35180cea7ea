// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/progress.h"

#include "app/cli/terminal.h"

#include "analyzers/report/writers/json_stream.h"
#include "analyzers/report/writers/text.h"
#include "analyzers/report/writers/text_unicode.h"

#include <cstdio>

#include <unistd.h>

namespace cupel::cli {

namespace {

using namespace std::chrono_literals;

void toStandardError(const std::string& text)
{
    std::fwrite(text.data(), 1, text.size(), stderr);
    std::fflush(stderr);
}

std::string counts(const engine::Progress& progress)
{
    return "checked " + std::to_string(progress.doneArtifacts) + " of " + std::to_string(progress.knownArtifacts)
        + (progress.listing ? "+" : "") + " files, " + report::humanBytes(progress.doneBytes);
}

} // namespace

ProgressLine::ProgressLine(const Arguments& arguments)
{
    switch (arguments.progress) {
    case ProgressMode::Auto:
        m_mode = !arguments.quiet && isTerminal(STDERR_FILENO) ? Mode::Renewed : Mode::None;
        break;
    case ProgressMode::Plain:
        m_mode = Mode::Plain;
        break;
    case ProgressMode::Json:
        m_mode = Mode::Json;
        break;
    case ProgressMode::None:
        break;
    }
}

void ProgressLine::show(const engine::Progress& progress)
{
    const auto now = Clock::now();
    // Nothing for what is over in a moment.
    if (m_mode == Mode::None || (m_mode == Mode::Renewed && now - m_started < 300ms)) {
        return;
    }
    if (now - m_last < (m_mode == Mode::Plain ? 1000ms : m_mode == Mode::Json ? 250ms : 100ms)) {
        return;
    }
    m_last = now;
    switch (m_mode) {
    case Mode::Renewed:
        return writeRenewed(progress);
    case Mode::Plain:
        return writePlain(progress);
    case Mode::Json:
        return writeJson(progress);
    case Mode::None:
        return;
    }
}

void ProgressLine::finish(const engine::Progress& progress)
{
    if (m_mode == Mode::Renewed && m_drawn) {
        toStandardError("\r\x1b[K");
    } else if (m_mode == Mode::Plain) {
        writePlain(progress);
    } else if (m_mode == Mode::Json) {
        writeJson(progress);
    }
}

void ProgressLine::writeRenewed(const engine::Progress& progress)
{
    const std::string text = counts(progress) + "  " + report::printable(progress.current);
    toStandardError("\r" + report::shortened(text, columns(STDERR_FILENO) - 1) + "\x1b[K");
    m_drawn = true;
}

void ProgressLine::writePlain(const engine::Progress& progress)
{
    toStandardError("cupel: " + counts(progress) + "\n");
}

void ProgressLine::writeJson(const engine::Progress& progress)
{
    std::string text;
    {
        report::JsonStream json(
            [&text](std::string_view piece) { text.append(piece); }, report::JsonStream::Layout::OneLine);
        json.beginObject();
        json.field("type", "progress");
        json.field("doneArtifacts", progress.doneArtifacts);
        json.field("knownArtifacts", progress.knownArtifacts);
        json.field("doneBytes", progress.doneBytes);
        json.field("knownBytes", progress.knownBytes);
        json.field("listing", progress.listing);
        json.field("finished", progress.finished);
        json.field("current", progress.current);
        json.endObject();
        json.newline();
    }
    toStandardError(text);
}

} // namespace cupel::cli
