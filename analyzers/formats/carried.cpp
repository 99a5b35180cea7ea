// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/carried.h"

#include "analyzers/formats/pickle/probe.h"

#include <array>
#include <memory>

namespace cupel::formats {

namespace {

using namespace std::string_view_literals;

struct Magic {
    std::string_view bytes;
    Carried kind;
    std::string_view what;
};
// Four bytes at least: numbers begin like anything shorter.
constexpr std::array magics{
    Magic{"\x7F"
          "ELF"sv,
        Carried::Program, "a program for Linux (ELF)"},
    Magic{"\xCF\xFA\xED\xFE"sv, Carried::Program, "a program for macOS (Mach-O)"},
    Magic{"\xCE\xFA\xED\xFE"sv, Carried::Program, "a program for macOS (Mach-O)"},
    Magic{"#!/bin/"sv, Carried::Program, "a script"},
    Magic{"#!/usr/"sv, Carried::Program, "a script"},
    Magic{"\0asm\1\0\0\0"sv, Carried::Program, "a program of WebAssembly"},
    Magic{"dex\n035\0"sv, Carried::Program, "a program for Android (DEX)"},
    Magic{"PK\3\4"sv, Carried::Archive, "a zip file"},
    Magic{"7z\xBC\xAF\x27\x1C"sv, Carried::Archive, "a 7z file"},
    Magic{"\xFD"
          "7zXZ\0"sv,
        Carried::Archive, "an xz file"},
    Magic{"Rar!\x1A\x07"sv, Carried::Archive, "a RAR file"},
};

// "MZ" alone is two bytes of any numbers: the header it points to has to be there.
bool isWindowsProgram(ByteView bytes)
{
    constexpr std::uint64_t pointer = 0x3C;
    if (!bytes.starts_with("MZ"sv) || bytes.size() < pointer + 4) {
        return false;
    }
    std::uint64_t at = 0;
    for (unsigned i = 0; i < 4; ++i) {
        at |= std::uint64_t{static_cast<unsigned char>(bytes[pointer + i])} << (8 * i);
    }
    return at < bytes.size() && bytes.substr(at, 4) == "PE\0\0"sv;
}

// Only what runs to its end or names something: numbers can begin with PROTO too.
bool isPickle(ByteView bytes)
{
    constexpr std::uint64_t enough = 2'000;
    if (bytes.size() < 4) {
        return false;
    }
    const bool marked = bytes[0] == '\x80' && static_cast<unsigned char>(bytes[1]) <= 5;
    const bool named = bytes[0] == 'c' || bytes[0] == '(';
    if (!marked && !named) {
        return false;
    }
    const auto found = pickle::probe(bytes.substr(0, 1 << 16), 0, enough);
    return (found.names && found.calls && found.opcodes >= 4) || (marked && found.stopped && found.opcodes >= 5);
}

} // namespace

bool mayBePickle(ByteView bytes)
{
    const auto found = pickle::probe(bytes.substr(0, 1 << 16), 0, 1'000);
    return found.names || found.opcodes >= 1'000 || (found.stopped && found.opcodes >= 2);
}

CarriedPiece carriedAt(ByteView bytes)
{
    for (const auto& magic : magics) {
        if (bytes.starts_with(magic.bytes)) {
            return {magic.kind, magic.what};
        }
    }
    if (isWindowsProgram(bytes)) {
        return {Carried::Program, "a program for Windows (PE)"};
    }
    return isPickle(bytes) ? CarriedPiece{Carried::Pickle, "a pickle"} : CarriedPiece{};
}

bool hasTemplateTags(std::string_view text)
{
    const auto pair = [text](std::string_view open, std::string_view close) {
        const auto at = text.find(open);
        return at != std::string_view::npos && text.find(close, at) != std::string_view::npos;
    };
    return pair("{{", "}}") || pair("{%", "%}");
}

bool giveMember(const Artifact& artifact, ByteRange range, std::string name, Budget& budget, Facts& out)
{
    return giveMember(artifact, artifact.bytes.part(range), range.start, std::move(name), budget, out);
}

bool giveMember(
    const Artifact& artifact, SharedBytes bytes, std::uint64_t at, std::string name, Budget& budget, Facts& out)
{
    if (artifact.depth >= budget.limits().containerDepth || out.children.size() >= budget.limits().entries
        || !budget.inflate(bytes.view().size()) || (artifact.depth > 0 && !budget.nestedMember())) {
        out.status = ReadStatus::Partial;
        out.diagnostics.push_back({"member-too-large", "A piece inside is more than the limit and was not looked at",
            at, DiagnosticLevel::Incomplete});
        return false;
    }
    ChildArtifact child{std::move(name), std::move(bytes)};
    if (out.takeChild) {
        out.takeChild(child);
        child.bytes.reset();
    }
    out.children.push_back(std::move(child));
    return true;
}

} // namespace cupel::formats
