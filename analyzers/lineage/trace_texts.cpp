// SPDX-License-Identifier: GPL-3.0-or-later
// Texts and names of files that are put together.
#include "analyzers/lineage/trace.h"

#include "analyzers/code/python_tokens.h"
#include "analyzers/lineage/words.h"

#include <algorithm>

namespace cupel::lineage {

namespace {

constexpr std::size_t maxPieces = 64; // of a text that is split

using Kind = code::NodeKind;
using code::Children;
using code::NodeField;
using code::Syntax;

// A number with zeros before it: 7 as "04d". Of other forms nobody knows what they make of it.
std::string formed(std::string_view value, std::string_view form)
{
    if (form.empty() || form == "s" || form == "d") {
        return std::string(value);
    }
    const bool padded = form.size() == 3 && form[0] == '0' && form[1] > '0' && form[1] <= '9' && form[2] == 'd'
        && !value.empty() && value.find_first_not_of("0123456789") == std::string_view::npos;
    if (!padded) {
        return std::string(1, hole);
    }
    const auto width = static_cast<std::size_t>(form[1] - '0');
    return std::string(width > value.size() ? width - value.size() : 0, '0') + std::string(value);
}

} // namespace

Ref Trace::string(std::uint32_t node)
{
    std::string out;
    Ref ref = make(ThingKind::Text, node);
    const auto& entry = tree()[node];
    if (entry.kind == Kind::ConcatenatedString) {
        for (const auto child : Children(tree(), node)) {
            if (at(valueAt(child)).kind == ThingKind::Text && out.size() < maxConstant) {
                out += at(valueAt(child)).text;
                at(ref).takeData(at(valueAt(child)));
            }
        }
        at(ref).text = keep(std::move(out));
        return ref;
    }
    const auto written = nodeText(node);
    code::PythonTokens tokens(written);
    const auto token = tokens.next();
    if (token.kind != code::PythonToken::Kind::String) {
        return 0;
    }
    if (!token.formatted) {
        const auto content = slice(written, token.content);
        const bool plain = token.raw || content.find('\\') == std::string_view::npos;
        at(ref).text = plain ? content : keep(code::stringValue(written, token));
        at(ref).text = at(ref).text.substr(0, maxConstant);
        return ref;
    }
    for (const auto child : Children(tree(), node)) {
        if (out.size() > maxConstant) {
            break;
        }
        if (tree()[child].kind == Kind::StringContent) {
            code::PythonToken piece;
            piece.kind = code::PythonToken::Kind::String;
            piece.content = tree()[child].bytes();
            piece.raw = token.raw;
            piece.formatted = true;
            out += code::stringValue(cellOf(m_unit).text, piece);
        } else if (tree()[child].kind == Kind::Interpolation) {
            const auto& inner = at(valueAt(child));
            const bool known = inner.kind == ThingKind::Text || inner.kind == ThingKind::Number;
            out += known ? std::string(inner.text) : std::string(1, hole);
            at(ref).takeData(inner);
        }
    }
    at(ref).text = keep(std::move(out));
    return ref;
}

std::string TraceState::textOf(Ref ref)
{
    const auto& thing = at(ref);
    const bool known = thing.kind == ThingKind::Text || thing.kind == ThingKind::Number;
    return known ? std::string(thing.text) : std::string(1, hole);
}

// "a-%s.csv" % name
Ref Trace::percent(Ref format, Ref with, std::uint32_t node)
{
    std::string out;
    const auto written = at(format).text;
    auto items = at(with).isSequence() ? at(with).items : std::vector<Ref>{with};
    std::size_t next = 0;
    for (std::size_t i = 0; i < written.size() && out.size() < maxConstant; ++i) {
        if (written[i] != '%' || i + 1 >= written.size()) {
            out += written[i];
            continue;
        }
        const auto end = written.find_first_of("sdifrxXeEgGcu%", i + 1);
        if (end != std::string_view::npos && written[end] != '%') {
            out += next < items.size() && end == i + 1 ? textOf(items[next]) : std::string(1, hole);
            ++next;
        } else if (end == i + 1) {
            out += '%';
        }
        i = end == std::string_view::npos ? i : end;
    }
    const auto ref = text(std::move(out), node);
    at(ref).takeData(at(with));
    return ref;
}

Ref Trace::binary(std::uint32_t node)
{
    const auto left = tree().child(node, NodeField::Left);
    const auto right = tree().child(node, NodeField::Right);
    if (left == Syntax::none || right == Syntax::none) {
        return merged(node);
    }
    auto a = valueAt(left);
    const auto b = valueAt(right);
    const char op = tree()[node].op[0];
    const bool textual = at(a).kind == ThingKind::Text || at(b).kind == ThingKind::Text;
    if (textual && (op == '+' || (op == '/' && (at(a).pathLike || at(b).pathLike)))) {
        std::string out = textOf(a);
        out += op == '/' && !out.ends_with('/') ? "/" : "";
        out += textOf(b);
        const auto ref = text(out.size() > maxConstant ? std::string(1, hole) : std::move(out), node);
        at(ref).pathLike = at(a).pathLike || at(b).pathLike;
        keepFolder(ref, a, left);
        at(ref).takeData(at(a));
        at(ref).takeData(at(b));
        return ref;
    }
    if (op == '%' && at(a).kind == ThingKind::Text) {
        return percent(a, b, node);
    }
    if (op == '+' && at(a).isSequence() && at(b).isSequence()) {
        const auto ref = make(at(a).kind, node);
        at(ref).items = at(a).items;
        at(ref).open = at(a).open || at(b).open;
        addItems(ref, b);
        at(ref).takeData(at(a));
        at(ref).takeData(at(b));
        return ref;
    }
    const auto type = !at(a).type.empty() ? at(a).type : at(b).type;
    // A chain: prompt | model | parser is one thing that runs.
    if (op == '|' && at(b).kind == ThingKind::Object && at(b).modelNode != none) {
        return b;
    }
    if (op == '|' && at(a).kind == ThingKind::Object && at(a).modelNode != none) {
        return a;
    }
    const auto ref = derived({a, b}, node, type);
    if (at(ref).from.empty() && (at(a).kind == ThingKind::Object || at(b).kind == ThingKind::Object)) {
        at(ref).made = {a, b}; // 2 * arange(9): what stands in the code may be asked for
    }
    at(ref).columns = at(a).columns;
    charge(at(a).columns.size() * at(b).columns.size() / 64);
    addOnce(at(ref).columns, at(b).columns);
    return ref;
}

// os.path and pathlib.Path put names together.
bool Trace::pathParts(TraceCall& site, std::string_view name, Ref& result)
{
    const auto textOf = [this](Ref ref) {
        const auto& thing = at(ref);
        return thing.kind == ThingKind::Text ? std::string(thing.text) : std::string(1, hole);
    };
    const auto pathOf = [&](std::string value) {
        const auto ref = text(value.size() > maxText ? std::string(1, hole) : std::move(value), site.node);
        for (const auto& argument : site.arguments) {
            at(ref).takeData(at(argument.value));
        }
        return ref;
    };
    if (name == "os.path.join" || name == "pathlib.Path" || name == "pathlib.PurePath" || name == "pathlib.PosixPath") {
        std::string out;
        for (const auto& argument : site.arguments) {
            const auto part = textOf(argument.value);
            if (part.starts_with('/')) {
                out.clear();
            }
            out += !out.empty() && !out.ends_with('/') ? "/" : "";
            out += part;
        }
        result = pathOf(out.empty() ? "." : std::move(out));
        at(result).pathLike = name != "os.path.join";
        if (!site.arguments.empty() && site.unit == m_unit) {
            keepFolder(result, site.arguments.front().value, site.arguments.front().node);
        }
        return true;
    }
    if (isOneOf(name,
            {"os.path.abspath", "os.path.realpath", "os.path.expanduser", "os.path.normpath", "os.fspath",
                "os.path.expandvars"})) {
        result = site.value(0, {});
        return true;
    }
    if (name == "os.path.basename" || name == "os.path.dirname") {
        const auto value = textOf(site.value(0, {}));
        const auto slash = value.rfind('/');
        result = pathOf(name == "os.path.basename" ? value.substr(slash + 1)
                : slash == std::string::npos       ? std::string(".")
                                                   : value.substr(0, slash));
        return true;
    }
    return false;
}

// The folder of the process, its environment, what lies in folders.
bool Trace::pathFolders(TraceCall& site, std::string_view name, Ref& result)
{
    const auto textOf = [this](Ref ref) {
        const auto& thing = at(ref);
        return thing.kind == ThingKind::Text ? std::string(thing.text) : std::string(1, hole);
    };
    const auto pathOf = [&](std::string value) {
        const auto ref = text(value.size() > maxText ? std::string(1, hole) : std::move(value), site.node);
        for (const auto& argument : site.arguments) {
            at(ref).takeData(at(argument.value));
        }
        return ref;
    };
    if (name == "os.getcwd" || name == "pathlib.Path.cwd") {
        result = pathOf(".");
        at(result).pathLike = name != "os.getcwd";
        return true;
    }
    if (name.starts_with("tempfile.")) {
        return temporary(site, name, result);
    }
    if (name == "os.chdir") {
        const auto value = textOf(site.value(0, {}));
        if (!has(value, std::string_view(&hole, 1))) {
            m_directory = joinPath(workingFolder(), value);
        }
        return true;
    }
    if (name == "os.environ.get" || name == "os.getenv") {
        const auto fallback = site.value(1, "default");
        result = at(fallback).kind == ThingKind::Text ? fallback : pathOf(std::string(1, hole));
        return true;
    }
    if (name == "glob.glob" || name == "glob.iglob") {
        const auto pattern = site.value(0, "pathname");
        result = make(ThingKind::List, site.node);
        at(result).open = true;
        at(result).items.push_back(pattern);
        return true;
    }
    if (name == "os.listdir" || name == "os.scandir" || name == "os.walk") {
        const auto folderText = textOf(site.value(0, "path"));
        result = make(ThingKind::List, site.node);
        at(result).open = true;
        at(result).items.push_back(pathOf(name == "os.listdir" ? std::string(1, hole) : folderText));
        return true;
    }
    return false;
}

// Names of files that are put together.
bool Trace::paths(TraceCall& site, std::string_view name, Ref& result)
{
    return pathParts(site, name, result) || pathFolders(site, name, result) || makesArchive(site, name, result);
}

// What a path is asked for on disk: opened, read, written, listed.
bool Trace::pathFile(TraceCall& site, Ref receiver, std::string_view name, Ref& result)
{
    const auto& thing = at(receiver);
    const auto value = std::string(thing.text);
    if (isOneOf(name, {"resolve", "absolute", "expanduser", "as_posix", "__str__"})) {
        result = receiver;
        return true;
    }
    if (name == "open") {
        result = openFile(site, receiver, site.value(0, "mode"));
        return true;
    }
    if (name == "read_text" || name == "read_bytes") {
        result = openFile(site, receiver, 0);
        return true;
    }
    if (name == "write_text" || name == "write_bytes") {
        const auto file = object("file", site.node);
        at(file).locators = {thing.text};
        TraceCall inner = site;
        return sequenceMethod(inner, file, "write", result);
    }
    if (name == "glob" || name == "rglob" || name == "iterdir") {
        const auto pattern = name == "iterdir" ? std::string("*") : std::string(at(site.value(0, {})).text);
        const auto item = text(value + '/' + pattern, site.node);
        at(item).pathLike = true;
        result = make(ThingKind::List, site.node);
        at(result).open = true;
        at(result).items = {item};
        return true;
    }
    return false;
}

// Methods and parts of a pathlib.Path.
bool Trace::pathMethod(TraceCall& site, Ref receiver, std::string_view name, Ref& result)
{
    const auto& thing = at(receiver);
    const auto value = std::string(at(receiver).text);
    const auto done = [&](std::string out, bool path) {
        result = text(std::move(out), site.node);
        at(result).pathLike = path;
        at(result).takeData(at(receiver));
        return true;
    };
    const auto slash = value.rfind('/');
    const auto base = value.substr(slash + 1);
    const auto dot = base.rfind('.');
    if (thing.pathLike) {
        if (name == "parent") {
            const bool up = value == "." || value.ends_with("..");
            return done(up                       ? (value == "." ? std::string("..") : value + "/..")
                    : slash == std::string::npos ? std::string(".")
                                                 : value.substr(0, slash),
                true);
        }
        if (name == "name") {
            return done(base, false);
        }
        if (name == "stem") {
            return done(base.substr(0, dot), false);
        }
        if (name == "suffix") {
            return done(dot == std::string::npos ? std::string() : base.substr(dot), false);
        }
        if (name == "joinpath") {
            std::string out = value;
            for (const auto& argument : site.arguments) {
                out += '/';
                out += at(argument.value).kind == ThingKind::Text ? std::string(at(argument.value).text)
                                                                  : std::string(1, hole);
            }
            return done(std::move(out), true);
        }
        if (name == "with_suffix" && at(site.value(0, {})).kind == ThingKind::Text) {
            return done(value.substr(0, value.size() - (dot == std::string::npos ? 0 : base.size() - dot))
                    + std::string(at(site.value(0, {})).text),
                true);
        }
        if (name == "with_name" && at(site.value(0, {})).kind == ThingKind::Text) {
            return done((slash == std::string::npos ? std::string() : value.substr(0, slash + 1))
                    + std::string(at(site.value(0, {})).text),
                true);
        }
        if (name == "with_stem" && at(site.value(0, {})).kind == ThingKind::Text) {
            return done((slash == std::string::npos ? std::string() : value.substr(0, slash + 1))
                    + std::string(at(site.value(0, {})).text)
                    + (dot == std::string::npos ? std::string() : base.substr(dot)),
                true);
        }
        return pathFile(site, receiver, name, result);
    }
    return false;
}

// "{}".format(...) and "".join(...).
bool Trace::formatMethod(TraceCall& site, Ref receiver, std::string_view name, Ref& result)
{
    const auto value = std::string(at(receiver).text);
    const auto done = [&](std::string out, bool path) {
        result = text(std::move(out), site.node);
        at(result).pathLike = path;
        at(result).takeData(at(receiver));
        return true;
    };
    if (name == "format") {
        std::string out;
        std::vector<Ref> parts;
        std::int32_t next = 0;
        const auto close = value.rfind('}');
        const auto lastEnd = close == std::string::npos ? 0 : close;
        for (std::size_t i = 0; i < value.size() && out.size() < maxText; ++i) {
            const bool opens = value[i] == '{' && i < lastEnd && value[i + 1] != '{';
            if (!opens) {
                out += value[i];
                continue;
            }
            const auto end = value.find('}', i);
            auto field = value.substr(i + 1, end - i - 1);
            const auto form = field.find(':') == std::string::npos ? std::string() : field.substr(field.find(':') + 1);
            field = field.substr(0, field.find_first_of(":!"));
            const bool number =
                !field.empty() && std::all_of(field.begin(), field.end(), [](char c) { return c >= '0' && c <= '9'; });
            const auto given = field.empty() ? site.value(next++, {})
                : number && field.size() < 4 ? site.value(std::stoi(field), {})
                                             : site.value(-1, field);
            const bool known = at(given).kind == ThingKind::Text || at(given).kind == ThingKind::Number;
            out += known ? formed(at(given).text, form) : std::string(1, hole);
            parts.push_back(given);
            i = end;
        }
        done(std::move(out), false);
        for (const auto part : parts) {
            at(result).takeData(at(part));
        }
        return true;
    }
    if (name == "join") {
        std::string out;
        const auto& list = at(site.value(0, {}));
        if (!list.isSequence() || list.open) {
            done(std::string(1, hole), false);
            at(result).takeData(list);
            return true;
        }
        const auto all = site.value(0, {});
        for (const auto item : list.items) {
            out += out.empty() ? "" : value;
            out += at(item).kind == ThingKind::Text ? std::string(at(item).text) : std::string(1, hole);
            if (out.size() > maxText) {
                break;
            }
        }
        done(std::move(out), false);
        at(result).takeData(at(all));
        return true;
    }
    return false;
}

// What else changes texts.
bool Trace::plainTextMethod(TraceCall& site, Ref receiver, std::string_view name, Ref& result)
{
    const auto value = std::string(at(receiver).text);
    const auto done = [&](std::string out, bool path) {
        result = text(std::move(out), site.node);
        at(result).pathLike = path;
        at(result).takeData(at(receiver));
        return true;
    };
    if (name == "replace" && at(site.value(0, {})).kind == ThingKind::Text
        && at(site.value(1, {})).kind == ThingKind::Text) {
        std::string out;
        const auto from = at(site.value(0, {})).text;
        const auto to = at(site.value(1, {})).text;
        std::size_t behind = 0;
        for (auto hit = value.find(from); !from.empty() && hit != std::string::npos && out.size() < maxText;
            hit = value.find(from, behind)) {
            out.append(value, behind, hit - behind);
            out += to;
            behind = hit + from.size();
        }
        out.append(value, behind);
        return done(std::move(out), false);
    }
    if (isOneOf(name, {"strip", "lower", "upper", "encode", "decode", "rstrip", "lstrip", "title"})) {
        result = receiver;
        return true;
    }
    if (name == "split" || name == "splitlines") {
        result = make(ThingKind::List, site.node);
        const auto by = at(site.value(0, "sep"));
        const auto whole = at(receiver).text;
        const bool known = name == "split" && by.kind == ThingKind::Text && !by.text.empty()
            && !has(by.text, {&hole, 1}) && !has(whole, {&hole, 1}) && site.arguments.size() == 1
            && at(receiver).made.empty();
        for (std::size_t from = 0; known && from <= whole.size() && at(result).items.size() < maxPieces;) {
            const auto end = std::min(whole.find(by.text, from), whole.size());
            const auto piece = text(std::string(whole.substr(from, end - from)), site.node);
            at(result).items.push_back(piece);
            from = end == whole.size() ? whole.size() + 1 : end + by.text.size();
        }
        at(result).open = !known || at(result).items.size() >= maxPieces;
        if (at(result).items.empty()) {
            at(result).items = {text(std::string(1, hole), site.node)};
        }
        return true;
    }
    return false;
}

bool Trace::textMethod(TraceCall& site, Ref receiver, std::string_view name, Ref& result)
{
    charge(at(receiver).text.size() / 16); // it is copied and searched
    return pathMethod(site, receiver, name, result) || formatMethod(site, receiver, name, result)
        || plainTextMethod(site, receiver, name, result);
}

} // namespace cupel::lineage
