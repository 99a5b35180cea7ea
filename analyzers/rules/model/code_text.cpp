// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/model/code_text.h"

#include "analyzers/formats/region_text.h"
#include "analyzers/rules/sink.h"

#include <algorithm>
#include <array>

namespace cupel::rules::model {

namespace {

// Calls that nobody writes into a description; each begins at the beginning of a word.
constexpr std::array<std::string_view, 27> calls{"__import__(", "os.system(", "os.popen(", "os.exec", "os.spawn",
    "posix.system(", "nt.system(", "pty.spawn(", "subprocess.run(", "subprocess.call(", "subprocess.Popen(",
    "subprocess.check_", "subprocess.getoutput(", "importlib.import_module(", "runpy.run_", "eval(", "exec(",
    "builtins.exec", "builtins.eval", "compile(base64", "base64.b64decode(", "pickle.loads(", "marshal.loads(",
    "ctypes.CDLL(", "socket.socket(", "urllib.request.urlopen(", "shutil.rmtree("};
// Commands, markup and tags that act.
constexpr std::array<std::string_view, 11> others{"rm -rf ", "chmod 777", "chmod +x", "nc -e ", "/dev/tcp/",
    "powershell -", "cmd.exe /c", "<script", "javascript:", "!!python/object", "!!python/name"};
constexpr std::array<std::string_view, 2> fetchers{"curl ", "wget "};

bool isWord(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool beginsWord(std::string_view text, std::size_t at)
{
    return at == 0 || !isWord(text[at]) || (!isWord(text[at - 1]) && text[at - 1] != '.');
}

// A command that fetches something and gives it to a shell.
bool isPiped(std::string_view text, std::size_t at)
{
    const auto line = text.substr(at, std::min(text.find('\n', at), at + 400) - at);
    const auto http = line.find("http");
    if (http == std::string_view::npos) {
        return false;
    }
    constexpr std::array<std::string_view, 8> ends{
        "| sh", "|sh", "| bash", "|bash", "| python", "|python", ".sh", "&& "};
    return std::any_of(
        ends.begin(), ends.end(), [&](std::string_view end) { return line.find(end, http) != std::string_view::npos; });
}

struct Found {
    std::size_t at = std::string_view::npos;
    std::size_t size = 0;
};

// The first of the words at the beginning of a word where `fine` agrees; `best` stays when it comes first.
template <typename Words, typename Fine>
void findFirst(std::string_view text, const Words& words, Fine fine, Found& best)
{
    for (const std::string_view word : words) {
        for (auto at = text.find(word); at < best.at; at = text.find(word, at + 1)) {
            if (beginsWord(text, at) && fine(at)) {
                best = {at, word.size()};
                break;
            }
        }
    }
}

Found find(std::string_view text)
{
    Found best;
    const auto any = [](std::size_t) { return true; };
    findFirst(text, calls, any, best);
    findFirst(text, others, any, best);
    findFirst(text, fetchers, [text](std::size_t at) { return isPiped(text, at); }, best);
    return best;
}

// The whole value is the call: `key: eval(...)`, `"key": "eval(...)"`, `- eval(...)`. Words inside of a value may be
// anything, the steps of a build for one.
bool beginsValue(std::string_view text, std::size_t at)
{
    const auto line = text.substr(0, at).find_last_of('\n') + 1;
    const auto before = text.substr(line, at - line);
    const auto sign = before.find_last_not_of(" \t\"'");
    return sign != std::string_view::npos && std::string_view(":-=,[").find(before[sign]) != std::string_view::npos;
}

// A whole disk or home, and nothing below it.
bool wipes(std::string_view text, std::size_t behind)
{
    const auto target = text.substr(behind, 3);
    const auto end = target.find_first_of("\"' \r\n");
    const auto what = target.substr(0, end);
    return (end != std::string_view::npos || target.size() < 3) && (what == "/" || what == "/*" || what == "~");
}

Found findInSettings(std::string_view text)
{
    constexpr std::array<std::string_view, 1> remove{"rm -rf "};
    Found best;
    findFirst(text, calls, [text](std::size_t at) { return beginsValue(text, at); }, best);
    findFirst(
        text, remove, [&](std::size_t at) { return beginsValue(text, at) && wipes(text, at + remove[0].size()); },
        best);
    return best;
}

// A plain text file that programs read their settings from; others are prose, or have rules of their own.
bool isSettings(const RuleInput& input)
{
    constexpr std::array<std::string_view, 8> endings{
        ".yaml", ".yml", ".json", ".toml", ".cfg", ".ini", ".conf", "MLmodel"};
    const auto name = input.artifact.fileName();
    return !input.facts.model && input.facts.regions.size() == 1 && input.facts.regions[0].kind == RegionKind::PlainText
        && std::any_of(endings.begin(), endings.end(), [name](std::string_view one) { return name.ends_with(one); });
}

bool isJudged(const Region& region)
{
    if (region.name.starts_with("tokenizer.ggml.")) {
        return false; // words of a vocabulary: every one of these is a token of some model
    }
    return region.kind == RegionKind::Metadata || region.name == "config";
}

// Bytes behind the end are told as such: no part of the metadata.
bool isLeftover(const RuleInput& input, const Region& region)
{
    const auto place = input.facts.toFile(region.bytes);
    const auto* model = input.facts.model.get();
    return model && std::any_of(model->leftover.begin(), model->leftover.end(), [place](const ByteRange& one) {
        return one.start <= place.start && place.end <= one.end;
    });
}

} // namespace

std::string_view codeWords(std::string_view text)
{
    const auto found = find(text);
    return found.size == 0 ? std::string_view() : text.substr(found.at, found.size);
}

void checkCodeText(const RuleInput& input, FindingSink& sink)
{
    const auto& regions = input.facts.regions;
    const bool settings = isSettings(input);
    if (!settings && !input.facts.model) {
        return;
    }
    for (std::size_t i = 0; i < regions.size() && input.budget.spend(64); ++i) {
        if (!settings && (!isJudged(regions[i]) || isLeftover(input, regions[i]))) {
            continue;
        }
        formats::RegionReader reader(input.facts.text(input.artifact), regions[i]);
        formats::TextPiece piece;
        while (reader.next(piece) && input.budget.spend(piece.text.size())) {
            const auto found = settings ? findInSettings(piece.text) : find(piece.text);
            if (found.size != 0) {
                Hit hit;
                hit.rule = "CUP-MODEL-CODE-TEXT";
                hit.bytes = piece.map.toRaw(ByteRange{found.at, found.at + found.size});
                hit.region = static_cast<std::int32_t>(i);
                hit.severity = Severity::Medium;
                hit.confidence = Confidence::Likely;
                hit.message = std::string(settings ? "A value" : "The metadata")
                    + (settings ? " of the settings is code: \u201c" : " holds text that is code: \u201c")
                    + piece.text.substr(found.at, found.size) + "\u2026\u201d.";
                sink.add(std::move(hit));
                break;
            }
            if (piece.last) {
                break;
            }
        }
    }
}

} // namespace cupel::rules::model
