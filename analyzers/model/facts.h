// SPDX-License-Identifier: GPL-3.0-or-later
// What a format understood of an artifact. Text stays in the file's bytes: a Region only says where it stands and how
// it is written; `RegionReader` (formats/region_text.h) decodes it piece by piece with an offset map.
#pragma once

#include "analyzers/base/bytes.h"
#include "analyzers/base/result.h"
#include "analyzers/model/artifact.h"
#include "analyzers/model/location.h"
#include "analyzers/model/model_content.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cupel {

enum class RegionKind : std::uint8_t {
    Code,
    Markdown,
    Raw,
    Stream,
    Text, // text/plain and other text outputs
    Html,
    Error,
    Json, // JSON-like outputs: plotly, vega, application/json
    Svg,
    JavaScript,
    Latex,
    Attachment,
    Metadata,
    WidgetState,
    Image, // recognised by its magic: not text, skipped
    Salvaged, // string literals of a notebook that is not valid JSON, or of keys nobody knows
    PlainText, // a whole text file
    Name, // what a container calls a member, or a comment beside it
    Template, // Jinja text that a program fills in: a chat template
};
[[nodiscard]] std::string_view toString(RegionKind kind);

// How the bytes of a region write its text.
enum class TextForm : std::uint8_t {
    Plain, // as they are
    JsonString, // inside the quotes of one JSON string
    JsonStringList, // a JSON array of strings, joined without separator
    JsonValue, // any JSON: shown as it stands with the escapes of its strings undone
    Commented, // behind a comment sign on every line, which is no part of it: "# MAGIC ", "# "
    Markup, // inside HTML: tags left out, entities undone
};

struct Region {
    RegionKind kind = RegionKind::PlainText;
    Part part = Part::None;
    TextForm form = TextForm::Plain;
    ByteRange bytes; // in the *text* of the artifact, see Facts::text
    std::int32_t cell = -1; // 0-based among all cells, -1: none
    std::int32_t codeCell = -1;
    std::int32_t output = -1;
    std::string name; // MIME type, stream name, attachment name or metadata key; may be empty
};

enum class DiagnosticLevel : std::uint8_t { Note, Incomplete };

struct Diagnostic {
    std::string code; // "json-truncated", stable
    std::string message; // one plain sentence; never holds bytes of the file
    std::uint64_t offset = 0;
    DiagnosticLevel level = DiagnosticLevel::Incomplete; // Incomplete: something was not looked at
};

enum class ReadStatus : std::uint8_t { Complete, Partial, Unreadable };
[[nodiscard]] std::string_view toString(ReadStatus status);

struct Coverage {
    std::uint64_t understood = 0; // bytes
    std::uint64_t total = 0;
};

// A member of a container, to be queued by the scan. Made by the format that opened it.
struct ChildArtifact {
    std::string name; // path inside the container
    SharedBytes bytes;
    std::shared_ptr<const Neighbours> beside = nullptr; // may be null
};

// Each format declares its own part in its folder and derives it from this.
struct FormatFacts {
    virtual ~FormatFacts() = default;
};

// A UTF-8 copy of a file that is written in another encoding, with the way back to the bytes on disk.
struct TranscodedText {
    virtual ~TranscodedText() = default;
    std::string utf8;
    [[nodiscard]] virtual ByteRange toFile(ByteRange text) const = 0;
    [[nodiscard]] virtual ByteRange fromFile(ByteRange file) const = 0;
};

// A flaw of the file's form that is a finding in itself; rules/malformed turns it into one.
struct FormFlaw {
    std::string code; // "duplicate-key", "conflict-marker", "nbformat-4.5-without-ids" ...
    ByteRange bytes; // in the text
    std::string detail; // argument for the message: a key name, a number; never a value of the file
    std::int32_t cell = -1;
    std::uint32_t count = 1; // how often, when the same flaw repeats
    std::vector<ByteRange> others = {}; // places of the repetitions, the first of them
};

struct Facts {
    std::string_view format; // a row of formats.def: "notebook", "python", "text" ...
    ReadStatus status = ReadStatus::Complete;
    bool scannable = true; // false: nothing a rule could judge (an image)
    bool hasLines = true; // false: bytes that nobody reads by line
    std::vector<Region> regions;
    std::vector<FormFlaw> flaws;
    std::vector<Diagnostic> diagnostics;
    Coverage coverage;
    std::vector<ChildArtifact> children;
    // Set while a format parses for a scan: gives the name to show for a member whose name stands at `place`. A secret
    // in it is masked: names go into paths, and paths into every output.
    std::function<std::string(std::string name, ByteRange place)> nameChild;
    // Set while a format parses for a scan: takes each member as soon as it is unpacked, so that not all are held at
    // once. Members then stay in `children` by name, without bytes.
    std::function<void(const ChildArtifact&)> takeChild;
    std::shared_ptr<const FormatFacts> own;
    std::shared_ptr<const ModelContent> model; // null: no model
    std::shared_ptr<const TranscodedText> transcoded; // null: the file is UTF-8 (or bytes) already

    // The bytes that regions point into: the file itself, or its UTF-8 copy.
    [[nodiscard]] ByteView text(const Artifact& artifact) const
    {
        return transcoded ? ByteView(transcoded->utf8) : artifact.view();
    }
    [[nodiscard]] ByteRange toFile(ByteRange text) const { return transcoded ? transcoded->toFile(text) : text; }
    [[nodiscard]] ByteRange fromFile(ByteRange file) const { return transcoded ? transcoded->fromFile(file) : file; }
};

} // namespace cupel
