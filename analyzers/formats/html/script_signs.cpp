// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/html/script_signs.h"

#include "analyzers/base/byte_scan.h"
#include "analyzers/formats/html/html_url.h"

#include <algorithm>
#include <array>
#include <span>

namespace cupel::formats {

namespace {

constexpr std::size_t longestScript = 64 << 10; // longer ones are libraries: names in them say nothing
constexpr std::size_t mostHosts = 8;

constexpr std::array<std::string_view, 9> kernelWords{"kernel.execute", "kernel.requestExecute", "requestExecute(",
    "execute_cell", "execute_all_cells", "insert_cell_", "commands.execute(", "kernel.send_input_reply",
    "invokeFunction("};
// Calls of widely used programs that are written exactly like this.
constexpr std::array<std::string_view, 4> kernelHarmless{"invokeFunction('convertToInteractive'",
    "invokeFunction('suggestCharts'", "invokeFunction('generateWithVariable'", "invokeFunction('getDataframe"};
constexpr std::array<std::string_view, 6> serverWords{
    "/api/contents", "/api/terminals", "/api/kernels", "/api/sessions", "_xsrf", "jupyter-config-data"};
constexpr std::array<std::string_view, 9> networkWords{"fetch(", "XMLHttpRequest", "sendBeacon", "WebSocket",
    "EventSource", "importScripts", "new Image", ".src", "$.ajax"};
constexpr std::array<std::string_view, 4> moveWords{"location", "window.open", "import(", "$.get"};
constexpr std::array<std::string_view, 4> storageWords{
    "document.cookie", "localStorage", "sessionStorage", "indexedDB"};
constexpr std::array<std::string_view, 4> runWords{"eval(", "Function(", "setTimeout(", ".constructor("};
constexpr std::array<std::string_view, 4> decodeWords{"atob(", "fromCharCode", "unescape(", "decodeURIComponent("};

bool anyOf(std::string_view text, std::span<const std::string_view> words)
{
    return std::any_of(words.begin(), words.end(), [text](auto word) { return holdsText(text, word); });
}

// bokeh asks the kernel about its own documents: what it runs was assigned last as a string that says so.
bool asksBokeh(std::string_view text, std::size_t at)
{
    auto call = text.substr(at, 64);
    if (!call.starts_with("kernel.execute(cmd")) {
        return false;
    }
    call.remove_prefix(15);
    const auto name = std::string(call.substr(0, call.find_first_of(",) "))) + " = ";
    const auto from = at > 600 ? at - 600 : 0;
    const auto before = text.substr(from, at - from);
    const auto set = before.rfind(name);
    const auto value = set == std::string_view::npos ? std::string_view() : before.substr(set + name.size());
    return value.starts_with("\"from bokeh.io") || value.starts_with("\"import bokeh.io");
}

bool drivesKernel(std::string_view text)
{
    for (const auto word : kernelWords) {
        for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
            const bool known = asksBokeh(text, at)
                || std::any_of(kernelHarmless.begin(), kernelHarmless.end(),
                    [&](auto harmless) { return text.substr(at, harmless.size()) == harmless; });
            if (!known) {
                return true;
            }
        }
    }
    return false;
}

// A run of escapes where letters would do, or a program made of brackets.
bool written(std::string_view text)
{
    std::size_t run = 0;
    for (std::size_t at = text.find('\\'); at != std::string_view::npos; at = text.find('\\', at + 1)) {
        const auto next = at + 1 < text.size() ? text[at + 1] : ' ';
        const std::size_t size = next == 'x' ? 4 : next == 'u' ? 6 : 0;
        if (size == 0) {
            run = 0;
            continue;
        }
        // Only escapes of plain letters are suspicious; those of other scripts are how JSON is written.
        const auto digits = slice(text, {at + 2, at + size});
        const bool ascii = next == 'x' ? digits >= "2" && digits < "8" : digits.starts_with("00");
        run = ascii && slice(text, {at + size, at + size + 1}) == "\\" ? run + 1 : 0;
        if (run >= 6) {
            return true;
        }
        at += size - 1;
    }
    return text.find("[][(![]+") != std::string_view::npos || text.find("(![]+[])[") != std::string_view::npos
        || text.find("[]['constructor']") != std::string_view::npos
        || text.find("[][\"constructor\"]") != std::string_view::npos;
}

// Addresses in string literals; those in comments are read by people only.
void collectHosts(std::string_view text, std::vector<std::string>& hosts)
{
    for (auto at = text.find("//"); at != std::string_view::npos && hosts.size() < mostHosts;
        at = text.find("//", at + 2)) {
        auto start = at;
        while (start > 0 && at - start < 6
            && ((text[start - 1] >= 'a' && text[start - 1] <= 'z') || text[start - 1] == ':')) {
            --start;
        }
        const char before = start > 0 ? text[start - 1] : ' ';
        if (before != '"' && before != '\'' && before != '`' && before != '(') {
            continue;
        }
        const auto rest = text.substr(start, 256);
        const auto url = readUrl(rest.substr(0, rest.find_first_of("\"'` \n\t)<>,;")), false);
        if (!url.host.empty() && url.host.find('.') != std::string::npos
            && std::find(hosts.begin(), hosts.end(), url.host) == hosts.end()) {
            hosts.push_back(url.host);
        }
    }
}

} // namespace

ScriptSigns readScript(std::string_view script)
{
    ScriptSigns signs;
    if (script.size() > longestScript) {
        signs.library = true;
        return signs;
    }
    signs.kernel = drivesKernel(script);
    signs.server = anyOf(script, serverWords);
    signs.network = anyOf(script, networkWords) || anyOf(script, moveWords);
    signs.storage = anyOf(script, storageWords);
    signs.hidden = written(script)
        || (anyOf(script, runWords) && anyOf(script, decodeWords) && script.find("eval(") != std::string_view::npos);
    collectHosts(script, signs.hosts);
    return signs;
}

} // namespace cupel::formats
