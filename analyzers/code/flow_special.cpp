// SPDX-License-Identifier: GPL-3.0-or-later
// Well-known functions whose result can be told without running them: ways round a name, strings put together,
// encodings.
#include "analyzers/base/encodings.h"
#include "analyzers/base/json_text.h"
#include "analyzers/code/flow.h"
#include "analyzers/code/string_formats.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <unordered_map>

namespace cupel::code {

namespace {

constexpr std::size_t maxConstant = 64 << 10;
constexpr std::size_t maxName = 64; // a name that is put together hides something, a long text does not

std::string rot13(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        const char base = c >= 'a' && c <= 'z' ? 'a' : c >= 'A' && c <= 'Z' ? 'A' : '\0';
        out.push_back(base != 0 ? static_cast<char>(base + (c - base + 13) % 26) : c);
    }
    return out;
}

std::string replaced(std::string_view text, std::string_view from, std::string_view to)
{
    std::string out;
    if (from.empty()) {
        return std::string(text);
    }
    for (std::size_t at = 0; at < text.size() && out.size() <= maxConstant;) {
        const auto hit = text.find(from, at);
        out += text.substr(at, hit == std::string_view::npos ? hit : hit - at);
        if (hit == std::string_view::npos) {
            break;
        }
        out += to;
        at = hit + from.size();
    }
    return out;
}

std::string mapped(std::string_view text, bool upper)
{
    std::string out(text);
    for (auto& c : out) {
        if (upper && c >= 'a' && c <= 'z') {
            c = static_cast<char>(c - 32);
        } else if (!upper && c >= 'A' && c <= 'Z') {
            c = static_cast<char>(c + 32);
        }
    }
    return out;
}

std::string stripped(std::string_view text)
{
    constexpr std::string_view blanks = " \t\r\n\f\v";
    const auto first = text.find_first_not_of(blanks);
    return first == std::string_view::npos ? std::string()
                                           : std::string(text.substr(first, text.find_last_not_of(blanks) - first + 1));
}

std::int64_t integerOf(std::string_view text)
{
    std::int64_t value = -1;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

enum class Special : std::uint8_t {
    GetAttribute,
    Import,
    Text,
    Character,
    Bytes,
    Reversed,
    Variables,
    Partial,
    Base64,
    Base32,
    Hex,
    Codecs,
    Inflate,
    Passed,
    Compile
};

const std::unordered_map<std::string_view, Special>& specials()
{
    static const std::unordered_map<std::string_view, Special> table{{"builtins.getattr", Special::GetAttribute},
        {"operator.attrgetter()", Special::Passed}, {"builtins.__import__", Special::Import},
        {"importlib.import_module", Special::Import}, {"importlib.__import__", Special::Import},
        {"builtins.str", Special::Text}, {"builtins.chr", Special::Character}, {"builtins.unichr", Special::Character},
        {"builtins.bytes", Special::Bytes}, {"builtins.bytearray", Special::Bytes},
        {"builtins.reversed", Special::Reversed}, {"builtins.vars", Special::Variables},
        {"functools.partial", Special::Partial}, {"base64.b64decode", Special::Base64},
        {"base64.urlsafe_b64decode", Special::Base64}, {"base64.standard_b64decode", Special::Base64},
        {"base64.decodebytes", Special::Base64}, {"base64.decodestring", Special::Base64},
        {"binascii.a2b_base64", Special::Base64}, {"base64.b32decode", Special::Base32},
        {"binascii.unhexlify", Special::Hex}, {"binascii.a2b_hex", Special::Hex}, {"base64.b16decode", Special::Hex},
        {"builtins.bytes.fromhex", Special::Hex}, {"builtins.bytearray.fromhex", Special::Hex},
        {"codecs.decode", Special::Codecs}, {"zlib.decompress", Special::Inflate},
        {"gzip.decompress", Special::Inflate}, {"builtins.list", Special::Passed}, {"builtins.tuple", Special::Passed},
        {"textwrap.dedent", Special::Passed}, {"builtins.compile", Special::Compile}};
    return table;
}

} // namespace

Value Flow::special(const CallSite& site, bool& known)
{
    const auto& arguments = site.arguments;
    if (site.receiver.isString() || site.receiver.kind == ValueKind::Template) {
        return textMethod(site, known);
    }
    if (site.function.path == 0 || arguments.empty()) {
        return {};
    }
    // Few paths are special: the last name decides before the text is built.
    static const auto names = [] {
        std::unordered_map<std::string_view, int> list;
        for (const auto& [path, kind] : specials()) {
            list.emplace(path.substr(path.rfind('.') + 1), 0);
        }
        return list;
    }();
    if (!names.contains(m_paths.name(site.function.path))) {
        return {};
    }
    const auto path = m_paths.text(site.function.path);
    const auto entry = specials().find(path);
    if (entry == specials().end()) {
        return {};
    }
    const auto& first = arguments[0].value;
    known = true;
    Value value;
    mergeTaint(value, first);
    switch (entry->second) {
    case Special::GetAttribute:
        if (arguments.size() > 1 && arguments[1].value.kind == ValueKind::Text && first.path != 0) {
            value.path = m_paths.attribute(first.path, arguments[1].value.text);
            value.hidden = arguments[1].value.hidden;
            const auto from = first.origin;
            if (from.valid() && syntax(from.unit)[from.node].kind == NodeKind::Call) {
                value.origin = from;
            }
            m_observer.onRead(value.path, site.place);
            return value;
        }
        break;
    case Special::Import:
        if (first.kind == ValueKind::Text) {
            value.path = m_paths.root(first.text);
            m_observer.onImport(first.text, {}, site.place);
            // __import__("os.path") gives os, import_module gives the whole.
            if (path != "importlib.import_module") {
                value.path = m_paths.root(first.text.substr(0, first.text.find('.')));
            }
            return value;
        }
        break;
    case Special::Text:
    case Special::Passed:
    case Special::Compile:
        if (first.kind == ValueKind::Number) {
            return constant(ValueKind::Text, std::string(first.text), site.place.node);
        }
        return first;
    case Special::Character:
        if (first.kind == ValueKind::Number) {
            if (const auto number = characterNumber(first.text)) {
                std::string out;
                appendUtf8(out, *number);
                return constant(ValueKind::Text, out, site.place.node, true);
            }
        }
        break;
    case Special::Bytes: {
        std::string out;
        if (first.isString()) {
            auto same = first;
            same.kind = ValueKind::Bytes;
            return same;
        }
        if (first.isList() && generatedText(first, out)) {
            return constant(ValueKind::Bytes, out, site.place.node, true);
        }
        break;
    }
    case Special::Reversed:
        if (first.isString()) {
            std::string out(first.text.rbegin(), first.text.rend());
            return constant(ValueKind::Text, out, site.place.node, true);
        }
        break;
    case Special::Variables:
        value.path = m_paths.attribute(first.path, "__dict__");
        return value;
    case Special::Partial:
        return first;
    default:
        return decoder(site, path, known);
    }
    known = false;
    return {};
}

// base64.b64decode(constant) and its kin.
Value Flow::decoder(const CallSite& site, std::string_view name, bool& known)
{
    const auto& first = site.arguments[0].value;
    std::optional<std::string> out;
    if (first.isString()) {
        const auto kind = specials().at(name);
        if (kind == Special::Base64) {
            out = decodeBase64(first.text);
        } else if (kind == Special::Base32) {
            out = decodeBase32(first.text);
        } else if (kind == Special::Hex) {
            out = decodeHex(first.text);
        } else if (kind == Special::Inflate) {
            out = inflate(first.text, maxConstant, m_budget);
        } else if (kind == Special::Codecs && site.arguments.size() > 1) {
            const auto codec = site.arguments[1].value.text;
            out = codec.starts_with("rot")    ? std::optional(rot13(first.text))
                : codec.starts_with("hex")    ? decodeHex(first.text)
                : codec.starts_with("base64") ? decodeBase64(first.text)
                                              : std::nullopt;
        }
    }
    if (!out || out->empty() || out->size() > maxConstant) {
        known = false;
        return {};
    }
    const bool text = specials().at(name) == Special::Codecs;
    auto value = constant(text ? ValueKind::Text : ValueKind::Bytes, std::move(*out), site.place.node, true);
    mergeTaint(value, first);
    return value;
}

// Methods of a constant string, and of strings with unknown parts.
Value Flow::textMethod(const CallSite& site, bool& known)
{
    const auto method = m_paths.name(site.function.path);
    const auto& of = site.receiver;
    const auto& arguments = site.arguments;
    known = true;
    if (method == "format" && arguments.empty()) {
        return of;
    }
    if (method == "format" && (of.kind == ValueKind::Text || of.kind == ValueKind::Template)) {
        auto value = formatted(of, arguments, false);
        value.origin = startOfAddress(of, site.place);
        return value;
    }
    if (method == "join" && !arguments.empty()) {
        return joined(site, known);
    }
    const auto same = [&](std::string text, bool hidden) {
        auto value = of.isString() ? constant(of.kind, std::move(text), site.place.node, hidden || of.hidden) : of;
        mergeTaint(value, of);
        for (const auto& argument : arguments) {
            mergeTaint(value, argument.value);
        }
        return value;
    };
    if (method == "replace" && arguments.size() >= 2 && arguments[0].value.isString()
        && arguments[1].value.isString()) {
        return same(replaced(of.text, arguments[0].value.text, arguments[1].value.text), true);
    }
    if (method == "lower" || method == "upper") {
        return same(mapped(of.text, method == "upper"), false);
    }
    if (method == "strip" || method == "lstrip" || method == "rstrip") {
        return arguments.empty() ? same(stripped(of.text), false) : same(std::string(of.text), false);
    }
    if (method == "encode" || method == "decode") {
        auto value = of;
        if (!arguments.empty() && arguments[0].value.text.starts_with("rot")) {
            return same(rot13(of.text), true);
        }
        if (!arguments.empty() && arguments[0].value.text == "hex") {
            const auto out = decodeHex(of.text);
            return same(out ? *out : std::string(of.text), true);
        }
        value.kind = of.kind == ValueKind::Template ? of.kind : method == "encode" ? ValueKind::Bytes : ValueKind::Text;
        return value;
    }
    known = false;
    return {};
}

// "sep".join([...]), "".join(reversed(x)), "".join(chr(c) for c in [...]), "".join(map(chr, [...]))
Value Flow::joined(const CallSite& site, bool& known)
{
    const auto& list = site.arguments[0].value;
    Value value;
    mergeTaint(value, list);
    value.origin = site.place;
    value.path = list.path;
    if (list.isString()) {
        value = list; // joined with nothing in between, or one letter after the other
        return value;
    }
    const auto inside = elements(list);
    std::string out;
    if (!inside.empty() && valueOf(inside.front()).kind != ValueKind::Number) {
        value.kind = ValueKind::Text;
        bool first = true;
        bool harmless = true;
        for (const auto& element : inside) {
            const auto& part = valueOf(element);
            out += first ? std::string_view() : site.receiver.text;
            first = false;
            out += part.isString() || part.kind == ValueKind::Template ? part.text : std::string_view("\1");
            value.kind = part.isString() ? value.kind : ValueKind::Template;
            harmless = harmless && (part.isConstant() || part.harmless);
            if (out.size() > maxConstant) {
                break;
            }
        }
        value.hidden = value.kind == ValueKind::Text && out.size() <= maxName;
        value.harmless = harmless && value.kind == ValueKind::Template;
        value.text = keep(std::move(out));
        return value;
    }
    if (generatedText(list, out)) {
        return constant(ValueKind::Text, std::move(out), site.place.node, true);
    }
    value.kind = ValueKind::Template;
    value.text = keep("\1");
    known = true;
    return value;
}

// Characters by number: [115, 107], (chr(c) for c in [...]), map(chr, [...]), also with one constant taken away or
// mixed in (c - 3, c ^ 42).
bool Flow::generatedText(const Value& list, std::string& out)
{
    auto numbers = elements(list);
    char op = 0;
    std::int64_t mix = 0;
    if (numbers.empty() && list.origin.valid()) {
        const auto& syntaxOf = syntax(list.origin.unit);
        const auto node = list.origin.node;
        for (auto inner = node; inner < syntaxOf[node].stop && !list.isList(); ++inner) {
            if (++m_looked > maxLooked) {
                return false;
            }
            const auto& entry = syntaxOf[inner];
            const auto& value = valueOf(list.origin.unit, inner);
            if ((entry.kind == NodeKind::List || entry.kind == NodeKind::Tuple) && numbers.empty()) {
                numbers = elements(value);
            } else if (entry.kind == NodeKind::Identifier && value.isList() && numbers.empty()) {
                numbers = elements(value);
            } else if (entry.kind == NodeKind::BinaryOperator && op == 0) {
                const auto right = syntaxOf.child(inner, NodeField::Right);
                if (right != Syntax::none && valueOf(list.origin.unit, right).kind == ValueKind::Number) {
                    op = entry.op[0];
                    mix = integerOf(valueOf(list.origin.unit, right).text);
                }
            }
        }
        const auto text = textOf(list.origin).substr(0, 64);
        if (text.find("chr") == std::string_view::npos) {
            return false;
        }
    }
    for (const auto& number : numbers) {
        const auto& value = valueOf(number);
        const auto plain = value.kind == ValueKind::Number ? characterNumber(value.text) : std::nullopt;
        if (!plain) {
            return false;
        }
        auto code = static_cast<std::int64_t>(*plain);
        code = op == '^' ? code ^ mix : op == '-' ? code - mix : op == '+' ? code + mix : code;
        if (code < 0 || code > 0x10FFFF) {
            return false;
        }
        appendUtf8(out, static_cast<char32_t>(code));
    }
    return !numbers.empty();
}

Value Flow::formatted(const Value& format, const std::vector<Argument>& arguments, bool percent)
{
    Value value;
    mergeTaint(value, format);
    std::vector<FormatArgument> filled;
    bool complete = format.kind != ValueKind::Template;
    bool harmless = complete || format.harmless;
    for (const auto& argument : arguments) {
        FormatArgument entry;
        entry.name = argument.name;
        const auto& part = argument.value;
        if (part.isString() || part.kind == ValueKind::Number || part.kind == ValueKind::Template) {
            entry.value = std::string(part.text);
            complete = complete && part.kind != ValueKind::Template;
        } else {
            complete = false;
            entry.value = "\1";
        }
        harmless = harmless && (part.isConstant() || part.harmless);
        mergeTaint(value, part);
        filled.push_back(std::move(entry));
    }
    auto text = percent ? fillPercent(format.text, filled, maxConstant) : fillBraces(format.text, filled, maxConstant);
    value.kind = complete && text ? ValueKind::Text : ValueKind::Template;
    const bool hides =
        std::any_of(arguments.begin(), arguments.end(), [](const Argument& a) { return a.value.hidden; });
    value.hidden = format.hidden || hides || (complete && text && text->size() <= maxName);
    value.harmless = harmless && value.kind == ValueKind::Template;
    value.text = keep(text ? std::move(*text) : std::string(format.text));
    return value;
}

} // namespace cupel::code
