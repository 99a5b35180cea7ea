// SPDX-License-Identifier: GPL-3.0-or-later
// Words out of a scanned file on their way into reports and a terminal: one line, valid, nothing that steers.
#include "analyzers/base/utf8.h"
#include "analyzers/engine/file_source.h"
#include "analyzers/report/text.h"
#include "tests/fuzz/fuzz.h"

using namespace cupel;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto text = fuzz::viewOf(data, size);
    const auto line = report::oneLine(text);
    fuzz::must(isUtf8(line), "one line is valid UTF-8");
    for (const char c : line) {
        fuzz::must(static_cast<unsigned char>(c) >= 0x20 && c != 0x7F, "one line has no control characters");
    }
    fuzz::must(report::oneLine(line) == line, "cleaning twice changes nothing");
    fuzz::must(isUtf8(toDisplay(text, 240)) && toDisplay(text, 240).size() <= 240, "shown text is short and valid");
    const auto half = size / 2;
    (void)report::shortPath({std::string(text.substr(0, half))}, text.substr(half));
    // A pattern of the command line against a path of the disk.
    const auto pattern = text.substr(0, std::min<std::size_t>(half, 64));
    const auto path = text.substr(half, 200);
    if (pattern.find('\0') == ByteView::npos && path.find('\0') == ByteView::npos) {
        (void)engine::globMatches(pattern, path);
        fuzz::must(engine::globMatches("*", path), "a star matches any path");
    }
    return 0;
}
