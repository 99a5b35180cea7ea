// SPDX-License-Identifier: GPL-3.0-or-later
// Jupyter notebooks, nbformat 1 to 4.5 and later, and every broken thing that is named .ipynb.
#include "analyzers/base/utf8.h"
#include "analyzers/formats/notebook/notebook_cells.h"
#include "analyzers/formats/transcode.h"

#include <algorithm>
#include <memory>

namespace cupel::formats::notebook {

namespace {

using Kind = JsonTrouble::Kind;

std::string_view code(Kind kind)
{
    switch (kind) {
    case Kind::Empty:
        return "json-empty";
    case Kind::UnexpectedText:
        return "json-unexpected-text";
    case Kind::MissingSeparator:
        return "json-missing-separator";
    case Kind::TrailingComma:
        return "json-trailing-comma";
    case Kind::UnterminatedString:
        return "json-unterminated-string";
    case Kind::ControlCharacter:
        return "json-control-character";
    case Kind::BadEscape:
        return "json-bad-escape";
    case Kind::MismatchedBracket:
        return "json-mismatched-bracket";
    case Kind::Truncated:
        return "json-truncated";
    case Kind::TrailingText:
        return "json-trailing-text";
    case Kind::TooDeep:
        return "json-too-deep";
    case Kind::NotANumber:
        return "json-not-a-number";
    }
    return "json-unexpected-text";
}

std::string_view sentence(Kind kind)
{
    switch (kind) {
    case Kind::Empty:
        return "The file holds no JSON value";
    case Kind::UnexpectedText:
        return "Text that is not JSON stands between the values";
    case Kind::MissingSeparator:
        return "A comma or colon is missing";
    case Kind::TrailingComma:
        return "A comma stands before a closing bracket";
    case Kind::UnterminatedString:
        return "A string is not closed on its line";
    case Kind::ControlCharacter:
        return "A string holds a raw control character";
    case Kind::BadEscape:
        return "A string holds an escape that JSON does not have";
    case Kind::MismatchedBracket:
        return "Brackets do not match";
    case Kind::Truncated:
        return "The file ends inside a value";
    case Kind::TrailingText:
        return "More text follows the notebook";
    case Kind::TooDeep:
        return "Values are nested too deeply";
    case Kind::NotANumber:
        return "NaN or Infinity is written where JSON has no such number";
    }
    return {};
}

// `another`: the file is no notebook at all, and that it is no JSON goes without saying.
void report(const JsonOutline& json, std::uint64_t size, bool another, NotebookFacts& own, Facts& out)
{
    for (const auto& trouble : json.troubles()) {
        const auto name = std::string(code(trouble.kind));
        // A file that ends too early has its trouble behind its last byte: an empty range there.
        const ByteRange place{std::min(trouble.offset, size), std::min(trouble.offset + 1, size)};
        if (!another || (trouble.kind != Kind::Empty && trouble.kind != Kind::UnexpectedText)) {
            out.flaws.push_back({name, place, std::to_string(trouble.count), -1, trouble.count});
        }
        if (trouble.kind == Kind::NotANumber) {
            continue; // every notebook program reads it
        }
        own.salvaged = true;
        out.status = ReadStatus::Partial;
        const auto offset = out.toFile({trouble.offset, trouble.offset}).start;
        auto text = std::string(sentence(trouble.kind)) + " (byte " + std::to_string(offset) + ")";
        if (trouble.count > 1) {
            text += ", " + std::to_string(trouble.count) + " times";
        }
        out.diagnostics.push_back(
            {name, text + "; what could be read was checked", offset, DiagnosticLevel::Incomplete});
    }
}

void addStray(ByteRange range, Facts& out)
{
    Region region;
    region.kind = RegionKind::Salvaged;
    region.part = Part::Source;
    region.form = TextForm::JsonValue;
    region.bytes = range;
    out.regions.push_back(region);
}

// What else is named .ipynb: a saved web page, a Git LFS pointer. Whether it is one of them.
bool checkWhatItIs(ByteView text, std::uint64_t start, Facts& out)
{
    const auto head = text.substr(start, 4'096);
    const auto first = head.find_first_not_of(" \t\r\n");
    const auto body = first == ByteView::npos ? ByteView{} : head.substr(first);
    const ByteRange place{start, std::min<std::uint64_t>(text.size(), start + 1)};
    if (body.starts_with('<')) {
        out.flaws.push_back({"html-not-notebook", place, {}, -1, 1});
    } else if (body.starts_with("version https://git-lfs")) {
        out.flaws.push_back({"lfs-pointer", place, {}, -1, 1});
    } else {
        return false;
    }
    return true;
}

// A merge that was never finished.
void checkConflict(ByteView text, const JsonOutline& json, Facts& out)
{
    for (const auto& range : json.strayText()) {
        const auto stray = slice(text, range);
        if (stray.starts_with("<<<<<<<") || stray.starts_with(">>>>>>>") || stray.starts_with("=======")
            || stray.find("\n<<<<<<<") != ByteView::npos) {
            out.flaws.push_back({"conflict-marker", {range.start, std::min(range.end, range.start + 7)}, {}, -1, 1});
            break;
        }
    }
}

} // namespace

int sniff(ByteView head, std::uint64_t size, std::string_view fileName)
{
    const bool named = fileName.ends_with(".ipynb");
    const auto encoding = detectEncoding(head);
    const auto wide = transcode(head, encoding);
    if (wide) {
        head = wide->utf8;
    } else {
        head.remove_prefix(std::min<std::size_t>(encoding.markSize, head.size()));
    }
    const auto first = head.find_first_not_of(" \t\r\n");
    if (first != ByteView::npos && head[first] == '{') {
        const bool cells = head.find("\"cells\"") != ByteView::npos || head.find("\"worksheets\"") != ByteView::npos;
        const bool typed = head.find("\"cell_type\"") != ByteView::npos || head.find("\"nbformat\"") != ByteView::npos;
        if (cells && typed) {
            return 92;
        }
    }
    return named || (size == 0 && named) ? 70 : 0;
}

void parse(const Artifact& artifact, Budget& budget, Facts& out)
{
    const auto start = openText(artifact, out);
    const auto text = out.text(artifact);
    auto own = std::make_shared<NotebookFacts>();
    JsonOutline::Options options;
    options.start = start;
    options.maxDepth = budget.limits().jsonDepth;
    const auto json = JsonOutline::parse(text, budget, options);
    if (!json.empty()) {
        NotebookWalker(text, json, *own, out).walk();
    }
    for (const auto& range : json.strayText()) {
        addStray(range, out);
    }
    report(json, text.size(), checkWhatItIs(text, start, out), *own, out);
    checkConflict(text, json, out);
    if (artifact.path.find(".ipynb_checkpoints/") != std::string::npos
        || artifact.fileName().ends_with("-checkpoint.ipynb")) {
        out.flaws.push_back({"checkpoint-copy", {start, std::min<std::uint64_t>(text.size(), start + 1)}, {}, -1, 1});
    }
    if (json.stoppedEarly()) {
        // Whatever was not understood is still searched, as it stands.
        addStray({json.stoppedAt(), text.size()}, out);
        out.status = ReadStatus::Partial;
        out.diagnostics.push_back(
            {"stopped", "Reading stopped early at a limit", json.stoppedAt(), DiagnosticLevel::Incomplete});
    }
    const auto total = artifact.view().size();
    const auto unread = text.size() - std::min<std::uint64_t>(json.understood() + start, text.size());
    out.coverage = {unread == 0 ? total : total - std::min<std::uint64_t>(unread, total), total};
    out.own = std::move(own);
}

} // namespace cupel::formats::notebook
