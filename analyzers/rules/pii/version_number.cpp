// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/pii/version_number.h"

#include <algorithm>
#include <string>

namespace cupel::rules::pii {

namespace {

constexpr std::size_t longestLine = 200; // what is looked at of one

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}
bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool isOneOf(char c, std::string_view list)
{
    return list.find(c) != std::string_view::npos;
}
bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

std::string lowered(ByteView text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

template <typename List> bool holdsOne(std::string_view text, const List& words)
{
    return std::any_of(words.begin(), words.end(),
        [text](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

// A word with no letter at its sides: "ip" is none in "ipython".
bool holdsWord(std::string_view text, std::string_view word)
{
    for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
        const auto end = at + word.size();
        if ((at == 0 || !isLetter(text[at - 1])) && (end >= text.size() || !isLetter(text[end]))) {
            return true;
        }
    }
    return false;
}

// The name of something that has an address: beside it no list of versions is believed.
bool namesAddress(std::string_view lead)
{
    static constexpr std::array<std::string_view, 17> words{"addr", "address", "client", "connect", "dns", "from",
        "gateway", "host", "ip", "ipv", "login", "nameserver", "node", "peer", "remote", "server", "to"};
    return std::any_of(words.begin(), words.end(), [lead](std::string_view word) { return holdsWord(lead, word); });
}

// What pip, conda and apt write in front of a package.
bool isInstallerLine(std::string_view lead)
{
    static constexpr std::array<std::string_view, 13> words{"successfully installed", "successfully uninstalled",
        "found existing installation", "requirement already", "attempting uninstall", "installing collected",
        "uninstalling ", "selecting previously", "unpacking ", "setting up ", "but you have ", "would install",
        "preparing to unpack"};
    return holdsOne(lead, words) && lead.find("://") == std::string_view::npos;
}

// "4.8.0.76-py3", "5.15.133.1-microsoft", "8.5.0.96-1+cuda11.7", "4.8.0.76=py38_0", "1.2.3.4.post1"
bool goesOnAsVersion(ByteView text, std::size_t end)
{
    const auto at = [text](std::size_t i) { return i < text.size() ? text[i] : '\0'; };
    const auto rest = text.substr(end, 5);
    if (rest.empty()) {
        return false;
    }
    if ((rest[0] == '-' && isLetter(at(end + 1)))
        || (rest[0] == '+' && (isLetter(at(end + 1)) || isDigit(at(end + 1))))) {
        return true;
    }
    if (rest[0] == '-' && isDigit(at(end + 1))) {
        auto digit = end + 1;
        while (digit < end + 4 && isDigit(at(digit))) {
            ++digit;
        }
        return at(digit) == '+' || (at(digit) == '~' && isLetter(at(digit + 1)));
    }
    return rest.starts_with("=py") || rest.starts_with(".post") || rest.starts_with(".dev") || rest.starts_with("~bpo");
}

// The word before the number, without what stands between: quotes, colons, blanks.
std::string_view nameBefore(std::string_view lead)
{
    const auto last = lead.find_last_not_of(" \t:='\"(|,");
    if (last == std::string_view::npos) {
        return {};
    }
    const auto from = lead.find_last_of(" \t:='\"(|,{[/", last);
    return lead.substr(from + 1, last - from); // npos + 1 is 0
}

// Programs that tell their version behind their name, and libraries with four numbers in theirs.
bool isProgram(std::string_view name)
{
    static constexpr std::array<std::string_view, 34> names{"bios", "chrome", "chromedriver", "chromium", "compiler",
        "cublas", "cuda", "cudnn", "cudnn_version", "firmware", "gcc", "java", "jdk", "jre", "kernel", "libcudnn8",
        "linux", "microsoft", "nccl", "onnxruntime", "opencv", "openjdk", "opencv-python", "pyqt5-qt5", "python",
        "pyvista", "r", "scala", "sdk", "spark", "tensorrt", "toolkit", "vbios", "vtk"};
    static constexpr std::array<std::string_view, 4> beginnings{"nvidia-", "nvidia_", "opencv", "tensorrt"};
    return std::find(names.begin(), names.end(), name) != names.end()
        || std::any_of(
            beginnings.begin(), beginnings.end(), [name](std::string_view b) { return name.starts_with(b); });
}

// "name   1.24.3" or "name : 1.24.3": a row of a list of versions. The second part says how many numbers it has.
struct ListRow {
    std::string_view name;
    std::size_t numbers = 0;
};

ListRow listRow(std::string_view line)
{
    const auto start = line.find_first_not_of(" \t'\"{,-*|");
    if (start == std::string_view::npos || !isLetter(line[start])) {
        return {};
    }
    const auto end = line.find_first_of(" \t:='\",(|", start);
    const auto value = end == std::string_view::npos ? end : line.find_first_not_of(" \t:='\",(|", end);
    if (value == std::string_view::npos || !isDigit(line[value])) {
        return {};
    }
    ListRow row{line.substr(start, end - start), 1};
    auto at = value;
    for (; at < line.size() && !isBlank(line[at]) && !isOneOf(line[at], "'\",)|\r"); ++at) {
        const bool part =
            isDigit(line[at]) || isLetter(line[at]) || line[at] == '+' || line[at] == '-' || line[at] == '_';
        if (line[at] == '.') {
            ++row.numbers;
        } else if (!part) {
            return {};
        }
    }
    return row;
}

std::string_view lineBefore(ByteView text, std::size_t& start)
{
    if (start == 0) {
        return {};
    }
    const auto end = start - 1;
    const auto from = end > longestLine ? end - longestLine : 0;
    const auto found = text.substr(from, end - from).rfind('\n');
    if (found == ByteView::npos && from > 0) {
        start = 0; // a long line is no row of a list
        return {};
    }
    start = found == ByteView::npos ? 0 : from + found + 1;
    return text.substr(start, end - start);
}

std::string_view lineAfter(ByteView text, std::size_t& end)
{
    if (end >= text.size()) {
        return {};
    }
    const auto from = end + 1;
    const auto found = text.substr(from, longestLine).find('\n');
    end = found == ByteView::npos ? text.size() : from + found;
    return text.substr(from, std::min(end - from, longestLine));
}

// Rows above and below that have a version of three numbers, as no address and few measurements are written.
bool standsAmongVersions(ByteView text, std::size_t lineStart, std::size_t lineEnd)
{
    constexpr int around = 6;
    int versions = 0;
    int others = 0;
    const auto count = [&](std::string_view line) {
        const auto row = listRow(line);
        versions += row.numbers == 3 ? 1 : 0;
        others += row.numbers == 1 || row.numbers > 4 ? 1 : 0;
    };
    auto start = lineStart;
    auto end = lineEnd;
    for (int i = 0; i < around; ++i) {
        count(lineBefore(text, start));
        count(lineAfter(text, end));
    }
    return versions > 0 && versions >= others;
}

} // namespace

bool headsVersions(std::string_view header)
{
    static constexpr std::array<std::string_view, 14> words{"build", "cuda", "driver", "firmware", "kernel", "release",
        "ver", "version", "versie", "versiones", "versions", "versione", "versão", "wersja"};
    const auto first = header.substr(0, header.find(' '));
    const auto last = header.substr(header.rfind(' ') + 1); // npos + 1 is 0
    const auto holds = [](std::string_view word) { return std::find(words.begin(), words.end(), word) != words.end(); };
    return holds(last) || holds(first) || last == "latest" || last == "installed";
}

bool isVersionNumber(ByteView text, ByteRange place, const std::array<int, 4>& octets)
{
    const auto at = static_cast<std::size_t>(place.start);
    const auto from = at > longestLine ? at - longestLine : 0;
    const auto lineBreak = text.substr(from, at - from).rfind('\n');
    const auto lineStart = lineBreak == ByteView::npos ? from : from + lineBreak + 1;
    const auto lead = lowered(text.substr(lineStart, at - lineStart));
    const auto near = std::string_view(lead).substr(lead.size() > 24 ? lead.size() - 24 : 0);
    if (near.ends_with("//")) {
        return false; // of a link
    }
    static constexpr std::array<std::string_view, 13> words{"version", "ver.", "driver", "release", "build", "chrome/",
        "==", ">=", "<=", "~=", "section", "library", "kernel"};
    const bool prefix = at > 0 && isOneOf(text[at - 1], "v-_/");
    if (holdsOne(near, words) || prefix || goesOnAsVersion(text, place.end) || isInstallerLine(lead)) {
        return true;
    }
    const bool small = octets[0] < 10 && octets[1] < 20 && octets[2] < 20 && octets[3] < 20;
    if (small && !holdsWord(near, "ip")) {
        return true;
    }
    if (namesAddress(lead)) {
        return false;
    }
    const auto name = nameBefore(lead);
    if (isProgram(name)) {
        return true;
    }
    // One name and the number: the rows around say what such a list is of.
    const auto rest = text.substr(place.end, longestLine);
    const auto lineEnd = place.end + std::min(rest.find('\n'), rest.size());
    const auto row = listRow(text.substr(lineStart, lineEnd - lineStart));
    return row.numbers == 4 && lowered(row.name) == name && standsAmongVersions(text, lineStart, lineEnd);
}

} // namespace cupel::rules::pii
