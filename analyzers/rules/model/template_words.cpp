// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/model/template_words.h"

#include <algorithm>
#include <array>
#include <string>

namespace cupel::rules::model {

namespace {

template <typename List> bool isIn(std::string_view name, const List& list)
{
    return std::find(list.begin(), list.end(), name) != list.end();
}

// From each of these every function of Python is one step away.
constexpr std::array<std::string_view, 18> everything{"__globals__", "__builtins__", "__subclasses__", "__import__",
    "__mro__", "__base__", "__bases__", "__code__", "__loader__", "__reduce__", "__reduce_ex__", "__getattribute__",
    "func_globals", "f_globals", "f_builtins", "gi_frame", "cr_frame", "tb_frame"};
constexpr std::array<std::string_view, 9> internals{
    "mro", "func_code", "im_func", "im_self", "gi_code", "cr_code", "f_locals", "f_back", "f_code"};
constexpr std::array<std::string_view, 20> modules{"os", "sys", "subprocess", "importlib", "builtins", "posix", "nt",
    "pty", "socket", "shutil", "ctypes", "pickle", "marshal", "commands", "runpy", "codecs", "pathlib", "urllib",
    "requests", "base64"};
constexpr std::array<std::string_view, 15> builtins{"eval", "exec", "compile", "getattr", "setattr", "delattr", "open",
    "globals", "locals", "vars", "breakpoint", "execfile", "input", "__import__", "attrgetter"};
constexpr std::array<std::string_view, 22> runners{"popen", "Popen", "system", "check_output", "check_call",
    "getoutput", "getstatusoutput", "import_module", "load_module", "eval", "exec", "execfile", "execv", "execve",
    "execl", "execvp", "spawnl", "spawnv", "fork", "posix_spawn", "runcode", "b64decode"};
constexpr std::array<std::string_view, 8> openGlobals{
    "lipsum", "cycler", "joiner", "namespace", "self", "dict", "range", "caller"};
constexpr std::array<std::string_view, 26> orders{"always", "never", "ignore", "must", "do not", "don't", "instead",
    "insert", "include", "append", "recommend", "execute", "run the", "send", "reveal", "output", "reply", "respond",
    "answer", "tell", "add", "use the", "pretend", "you are", "disregard", "forget"};
constexpr std::array<std::string_view, 7> active{
    "<script", "<iframe", "javascript:", "onerror=", "onload=", "<object", "<embed"};

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

std::string lowered(std::string_view text)
{
    std::string out(text.substr(0, 4'096));
    std::transform(out.begin(), out.end(), out.begin(), lower);
    return out;
}

bool isLetter(char c)
{
    const char low = lower(c);
    return (low >= 'a' && low <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}

bool isWordPart(std::string_view part)
{
    while (!part.empty() && std::string_view(".,;:!?\"')(").find(part.back()) != std::string_view::npos) {
        part.remove_suffix(1);
    }
    while (!part.empty() && std::string_view("\"'(").find(part.front()) != std::string_view::npos) {
        part.remove_prefix(1);
    }
    return !part.empty()
        && std::all_of(part.begin(), part.end(), [](char c) { return isLetter(c) || c == '\'' || c == '-'; });
}

} // namespace

Reach reachOf(std::string_view name)
{
    if (isIn(name, everything)) {
        return Reach::Everything;
    }
    const bool letters = std::any_of(name.begin(), name.end(), isLetter);
    if (!letters || name.find_first_of(" \t\r\n-<>|") != std::string_view::npos) {
        return Reach::Nothing; // a line, a sign of a template
    }
    const bool dunder = name.size() > 4 && name.starts_with("__") && name.ends_with("__");
    // Private names of classes, and names of which only a part is known.
    const bool mangled = name.starts_with('_') && name.find("__", 1) != std::string_view::npos;
    const bool partly = name.find("\uFFFD") != std::string_view::npos && name.find("__") != std::string_view::npos;
    return dunder || mangled || partly || isIn(name, internals) ? Reach::Internal : Reach::Nothing;
}

bool isModule(std::string_view name)
{
    return isIn(name, modules);
}

bool isBuiltin(std::string_view name)
{
    return isIn(name, builtins);
}

bool isRunner(std::string_view name)
{
    return isIn(name, runners);
}

bool isOpenGlobal(std::string_view name)
{
    return isIn(name, openGlobals);
}

unsigned sentenceWords(std::string_view text)
{
    unsigned count = 0;
    std::size_t at = 0;
    while (at < text.size()) {
        const auto start = text.find_first_not_of(" \t\r\n", at);
        if (start == std::string_view::npos) {
            break;
        }
        at = std::min(text.find_first_of(" \t\r\n", start), text.size());
        count += isWordPart(text.substr(start, at - start)) ? 1 : 0;
    }
    return count;
}

bool isPlainWord(std::string_view trigger)
{
    const auto letters = std::count_if(trigger.begin(), trigger.end(), isLetter);
    return letters >= 2 && trigger.find_first_of("<>[]{}|_#/\\*=") == std::string_view::npos;
}

bool isOrder(std::string_view text)
{
    const auto low = " " + lowered(text) + " ";
    return std::any_of(orders.begin(), orders.end(), [&low](std::string_view order) {
        const auto at = low.find(order);
        return at != std::string::npos && !isLetter(low[at - 1]) && !isLetter(low[at + order.size()]);
    });
}

bool isActive(std::string_view text)
{
    const auto low = lowered(text);
    return std::any_of(
        active.begin(), active.end(), [&low](std::string_view sign) { return low.find(sign) != std::string::npos; });
}

// Zero width, direction, tags, the mark inside of the text. Joiners are left alone: scripts and pictures need them.
std::size_t invisibleAt(std::string_view text)
{
    for (std::size_t at = 0; at + 2 < text.size(); ++at) {
        const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
        if (byte(0) == 0xE2) {
            const bool general = byte(1) == 0x80
                && (byte(2) == 0x8B || byte(2) == 0x8E || byte(2) == 0x8F || (byte(2) >= 0xAA && byte(2) <= 0xAE));
            const bool words = byte(1) == 0x81 && byte(2) >= 0xA0 && byte(2) <= 0xAF;
            if (general || words) {
                return at;
            }
        } else if (byte(0) == 0xEF && byte(1) == 0xBB && byte(2) == 0xBF && at > 0) {
            return at;
        } else if (byte(0) == 0xF3 && byte(1) == 0xA0 && (byte(2) == 0x80 || byte(2) == 0x81)) {
            return at;
        }
    }
    return std::string_view::npos;
}

} // namespace cupel::rules::model
