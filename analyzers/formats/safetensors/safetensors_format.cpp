// SPDX-License-Identifier: GPL-3.0-or-later
// safetensors: a length, a header in JSON, the numbers. What its readers refuse and what they overlook is told; the
// header's texts go to all rules, and pickles among the numbers become members.
#include "analyzers/base/json_values.h"
#include "analyzers/base/utf8.h"
#include "analyzers/base/words.h"
#include "analyzers/formats/carried.h"
#include "analyzers/formats/safetensors/safetensors_header.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <unordered_set>

namespace cupel::formats::safetensors {

namespace {

constexpr std::uint64_t prefix = 8; // the length of the header
constexpr std::uint64_t longestHeader = 100'000'000;
constexpr std::uint32_t deepest = 127; // readers refuse more
constexpr std::size_t mostFlaws = 64; // places of carried pieces
constexpr std::string_view pointerHead = "version https://git-lfs";

std::uint64_t lengthAt(ByteView bytes)
{
    std::uint64_t value = 0;
    for (unsigned i = 0; i < prefix; ++i) {
        value |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
    }
    return value;
}

void note(Facts& out, std::string code, std::string message, std::uint64_t at)
{
    out.status = ReadStatus::Partial;
    out.diagnostics.push_back({std::move(code), std::move(message), at, DiagnosticLevel::Incomplete});
}

class Reader {
public:
    Reader(const Artifact& artifact, Budget& budget, Facts& out)
        : m_artifact(artifact)
        , m_bytes(artifact.view())
        , m_budget(budget)
        , m_out(out)
        , m_model(std::make_shared<ModelContent>())
    {
    }

    void run()
    {
        m_model->kind = "safetensors";
        m_out.model = m_model;
        m_out.hasLines = false;
        m_out.coverage.total = m_bytes.size();
        if (!findHeader()) {
            return;
        }
        // A node for each entry only; what stands in it is parsed when its turn comes, and let go of.
        const JsonOutline::Options options{m_header.start, 1, deepest, mostEntries + 1};
        const auto text = m_bytes.substr(0, m_header.end);
        const auto json = JsonOutline::parse(text, m_budget, options);
        checkText(text, json);
        checkBlanks(text);
        if (json.empty() || json.nodes()[0].type != JsonType::Object) {
            flaw("safetensors-json", m_header, "it is no object");
            m_out.coverage.understood = prefix;
            return;
        }
        readMembers(text, json);
        checkLayout();
        m_out.coverage.understood = m_out.status == ReadStatus::Complete ? m_bytes.size() : m_header.end;
        if (m_missing > 0) { // all that is there was looked at
            note(m_out, "safetensors-truncated",
                std::to_string(m_missing) + (m_missing == 1 ? " tensor ends" : " tensors end")
                    + " behind the end of the file; what is missing was not checked",
                m_bytes.size());
        }
    }

private:
    void flaw(std::string_view code, ByteRange place, std::string detail = {}, std::vector<ByteRange> quotes = {})
    {
        m_model->addFlaw(code, place, std::move(detail), std::move(quotes));
    }

    void addRegion(ByteRange range, std::string name, TextForm form)
    {
        if (range.empty()) {
            return;
        }
        Region region;
        region.kind = RegionKind::Metadata;
        region.part = Part::Metadata;
        region.form = form;
        region.bytes = range;
        region.name = std::move(name);
        m_out.regions.push_back(std::move(region));
    }

    // The bytes that the length names, or those that are there.
    bool findHeader()
    {
        const ByteRange whole{0, std::min<std::uint64_t>(prefix, m_bytes.size())};
        if (m_bytes.starts_with(pointerHead)) {
            flaw("pointer", whole);
            addRegion({0, m_bytes.size()}, "pointer", TextForm::Plain);
            m_out.coverage.understood = m_bytes.size();
            return false;
        }
        if (m_bytes.size() < prefix) {
            flaw("safetensors-length", whole, "the file is too short for one");
            note(m_out, "safetensors-header", "There is no header", 0);
            addRegion({0, m_bytes.size()}, "header", TextForm::Plain);
            return false;
        }
        const auto length = lengthAt(m_bytes);
        const auto left = m_bytes.size() - prefix;
        if (length > longestHeader) {
            flaw("safetensors-length", whole, std::to_string(length) + " bytes, more than readers take");
        } else if (length > left) {
            flaw("safetensors-length", whole, std::to_string(length) + " bytes, more than there are");
        } else if (length < 2) {
            flaw("safetensors-length", whole, std::to_string(length) + " bytes, too few for a header");
        }
        if (length > left || length > longestHeader || length < 2) {
            note(m_out, "safetensors-header", "The length of the header is wrong", 0);
        }
        m_trusted = m_out.status == ReadStatus::Complete;
        m_header = {prefix, prefix + std::min({length, left, longestHeader})};
        if (length < 2) {
            addRegion({prefix, m_bytes.size()}, "header", TextForm::Plain);
            return false;
        }
        if (m_bytes[prefix] != '{') {
            flaw("safetensors-json", {prefix, prefix + 1}, "it does not begin with a brace");
        }
        return true;
    }

    // Blanks between the parts of a header hold nothing, so nobody looks at them: writers put one between two parts, a
    // line break with an indent, or blanks up to a border behind the last.
    void checkBlanks(ByteView text)
    {
        constexpr std::size_t usual = 16;
        const auto odd = [this](ByteView run) {
            const bool end = run.data() + run.size() == m_bytes.data() + m_header.end;
            const auto indent = run.substr(run.starts_with('\n') ? 1 : 0);
            return !(end || run.starts_with('\n')) || indent.find_first_not_of(indent.front()) != ByteView::npos
                || (end && indent.front() != ' ');
        };
        std::uint64_t sum = 0;
        ByteRange first;
        bool inText = false;
        for (auto at = m_header.start; at < m_header.end && m_budget.spend(1);) {
            const char c = text[at];
            if (inText || (c != ' ' && c != '\t' && c != '\n' && c != '\r')) {
                at += inText && c == '\\' ? 2 : 1;
                inText = inText != (c == '"');
                continue;
            }
            const auto end = std::min<std::uint64_t>(text.find_first_not_of(" \t\r\n", at), m_header.end);
            const ByteRange run{at, end};
            if (run.size() > usual && odd(slice(text, run))) {
                first = sum == 0 ? run : first;
                sum += run.size();
                m_model->keepLeftover(run);
            }
            at = end;
        }
        if (sum > 0) {
            flaw("safetensors-blanks", first, std::to_string(sum));
        }
    }

    void checkText(ByteView text, const JsonOutline& json)
    {
        if (!isUtf8(slice(text, m_header))) {
            flaw("safetensors-json", m_header, "it is not UTF-8");
        }
        if (!json.valid()) {
            const auto at = std::min(json.troubles().front().offset, m_header.end - 1);
            flaw("safetensors-json", {at, at + 1}, "it is not JSON from byte " + std::to_string(at) + " on");
            note(m_out, "safetensors-json", "The header is not JSON throughout", at);
        }
        if (json.stoppedEarly()) {
            note(m_out, "stopped", "The header was not read to its end", json.stoppedAt());
        }
        for (const auto range : json.strayText()) {
            addRegion(range, "header", TextForm::Plain);
        }
    }

    void readMembers(ByteView text, const JsonOutline& json)
    {
        const auto& nodes = json.nodes();
        std::vector<Key> keys;
        auto textFrom = m_header.start;
        for (auto child = nodes[0].firstChild; child != 0 && m_budget.spend(64); child = nodes[child].nextSibling) {
            const auto& node = nodes[child];
            if (json.stoppedEarly() && nodes[child].nextSibling == 0) {
                m_layoutKnown = false; // the last was not read to its end: nothing can be said of it
                break;
            }
            auto name = jsonKey(text, node);
            const ByteRange place = node.key.empty() ? ByteRange{node.value.start, node.value.start + 1} : node.key;
            keys.push_back({std::hash<std::string>()(name), child});
            const JsonOutline::Options options{node.value.start, 1, deepest, mostNodes};
            const auto inner = JsonOutline::parse(text.substr(0, node.value.end), m_budget, options);
            if (inner.stoppedEarly()) {
                note(m_out, "stopped", "An entry of the header was not read to its end", inner.stoppedAt());
            }
            if (name == "__metadata__") {
                addRegion({textFrom, node.key.start - 1}, "header", TextForm::JsonValue);
                metadata(text, inner, node);
                textFrom = node.value.end;
            } else {
                tensor(text, inner, std::move(name), place);
            }
        }
        addRegion({textFrom, m_header.end}, "header", TextForm::JsonValue);
        tellDuplicates(text, json, keys);
    }

    struct Key {
        std::size_t hash;
        std::uint32_t node;
    };

    // Names are not kept: those of equal hashes are read again.
    void tellDuplicates(ByteView text, const JsonOutline& json, std::vector<Key>& keys)
    {
        const auto name = [&](const Key& key) { return jsonKey(text, json.nodes()[key.node]); };
        std::sort(keys.begin(), keys.end(), [&](const Key& a, const Key& b) {
            if (a.hash != b.hash || a.node == b.node) {
                return a.hash < b.hash;
            }
            const auto order = name(a).compare(name(b));
            return order != 0 ? order < 0 : a.node < b.node;
        });
        std::vector<std::uint32_t> again;
        for (std::size_t i = 1; i < keys.size(); ++i) {
            if (keys[i].hash == keys[i - 1].hash && name(keys[i]) == name(keys[i - 1])) {
                again.push_back(keys[i].node);
            }
        }
        std::sort(again.begin(), again.end());
        for (const auto at : again) {
            const auto& node = json.nodes()[at];
            const ByteRange place = node.key.empty() ? ByteRange{node.value.start, node.value.start + 1} : node.key;
            flaw("safetensors-duplicate", place,
                "\u201c" + toDisplay(jsonKey(text, node), 80) + "\u201d stands there twice", {place});
        }
    }

    // `json`: of its value alone.
    void metadata(ByteView text, const JsonOutline& json, const JsonNode& entry)
    {
        const auto& nodes = json.nodes();
        addRegion({entry.key.start - 1, entry.value.end}, "metadata", TextForm::JsonValue);
        if (entry.type != JsonType::Object || json.empty()) {
            flaw("safetensors-metadata", entry.value);
            return;
        }
        std::unordered_set<std::string> seen;
        for (auto child = nodes[0].firstChild; child != 0 && m_budget.spend(64); child = nodes[child].nextSibling) {
            const auto& item = nodes[child];
            auto key = jsonKey(text, item, 200);
            if (item.type != JsonType::String) {
                flaw("safetensors-metadata", item.value);
            }
            if (!seen.insert(key).second) {
                flaw("safetensors-duplicate", item.key.empty() ? item.value : item.key, "a key of the metadata does");
            }
            const bool string = item.type == JsonType::String;
            if (string && hasTemplateTags(json.string(text, child, 1 << 20))) {
                addRegion({item.value.start + 1, item.value.end - 1}, toDisplay(key, 200), TextForm::JsonString);
                m_out.regions.back().kind = RegionKind::Template;
            }
            const auto value = string ? json.string(text, child, ModelContent::longestValue)
                                      : std::string(slice(text, item.value).substr(0, ModelContent::longestValue));
            const ByteRange inside{item.value.start + (string ? 1 : 0), item.value.end - (string ? 1 : 0)};
            if (m_model->metadata.size() < ModelContent::mostFields) {
                m_model->metadata.push_back(
                    {toDisplay(key, 200), toDisplay(value, ModelContent::longestValue), inside});
            }
        }
    }

    void tensor(ByteView text, const JsonOutline& json, std::string name, ByteRange place)
    {
        auto entry = readEntry(text, json);
        const auto shown = toDisplay(name, 80);
        const bool odd = std::any_of(
            name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\x7F'; });
        if (name.empty() || odd) {
            flaw("safetensors-name", place);
        }
        if (entry.moreFields) {
            flaw("safetensors-field", place, shown, {place});
        }
        const auto buffer = m_bytes.size() - m_header.end;
        if (entry.flaw.empty() && m_trusted && entry.offsets.end > buffer) {
            entry.flaw = "safetensors-offsets";
            entry.why = "it ends behind the end of the file";
            ++m_missing;
        }
        ModelTensor tensor{shown, toDisplay(entry.dtype, 40), std::move(entry.shape), {}, {}};
        if (!entry.flaw.empty()) {
            flaw(entry.flaw, place, "\u201c" + shown + "\u201d: " + std::string(entry.why), {place});
            m_layoutKnown = false;
        } else if (m_trusted) {
            tensor.bytes = {m_header.end + entry.offsets.start, m_header.end + entry.offsets.end};
            m_pieces.push_back(entry.offsets);
            look(tensor);
        }
        m_model->add(std::move(tensor));
    }

    // What the numbers begin like.
    void look(const ModelTensor& tensor)
    {
        const auto piece = carriedAt(slice(m_bytes, tensor.bytes));
        if (piece.kind == Carried::Nothing) {
            return;
        }
        const auto code = piece.kind == Carried::Program ? "carried-program"
            : piece.kind == Carried::Pickle              ? "carried-pickle"
                                                         : "carried-archive";
        flaw(code, {tensor.bytes.start, std::min(tensor.bytes.end, tensor.bytes.start + 16)}, std::string(piece.what));
        if (++m_carried <= mostFlaws && piece.kind != Carried::Program) {
            giveMember(m_artifact, tensor.bytes,
                (piece.kind == Carried::Pickle ? "tensor-" : "archive-") + std::to_string(tensor.bytes.start), m_budget,
                m_out);
        }
    }

    // Tensors lie side by side from the first byte of the buffer to its last.
    void checkLayout()
    {
        if (!m_trusted) {
            return;
        }
        std::sort(m_pieces.begin(), m_pieces.end());
        std::uint64_t at = 0;
        for (const auto& piece : m_pieces) {
            const auto place = m_header.end + piece.start;
            if (piece.start > at && m_layoutKnown) {
                m_model->addLeftover("safetensors-hole", {m_header.end + at, place});
            } else if (piece.start < at && !piece.empty()) {
                flaw("safetensors-overlap", {place, m_header.end + std::min(at, piece.end)});
            }
            at = std::max(at, piece.end);
        }
        const auto buffer = m_bytes.size() - m_header.end;
        if (at < buffer && m_layoutKnown) {
            m_model->addLeftover("safetensors-trailing", {m_header.end + at, m_bytes.size()});
            note(m_out, "trailing-bytes", counted(buffer - at, "byte belongs", "bytes belong") + " to no tensor",
                m_header.end + at);
        }
    }

    const Artifact& m_artifact;
    ByteView m_bytes;
    Budget& m_budget;
    Facts& m_out;
    std::shared_ptr<ModelContent> m_model;
    ByteRange m_header;
    std::vector<ByteRange> m_pieces;
    std::size_t m_carried = 0;
    std::size_t m_missing = 0; // tensors that end behind the end of the file
    bool m_trusted = false; // the length of the header is what it says
    bool m_layoutKnown = true; // every entry could be read
};

} // namespace

int sniff(ByteView head, std::uint64_t size, std::string_view fileName)
{
    const int byName = fileName.ends_with(".safetensors") ? 45 : 0;
    if (head.size() < prefix + 2 || head[prefix] != '{') {
        return byName;
    }
    const auto length = lengthAt(head);
    if (length <= size - prefix && length >= 2 && length <= longestHeader) {
        return 90;
    }
    // The length lies, but it is one: text has no such bytes before its first brace.
    const bool binary = std::any_of(head.begin(), head.begin() + prefix,
        [](char c) { return static_cast<unsigned char>(c) < 0x09 || static_cast<unsigned char>(c) >= 0x80; });
    const bool said =
        head.find("\"data_offsets\"") != ByteView::npos || head.find("\"__metadata__\"") != ByteView::npos;
    return binary && said ? 88 : byName;
}

void parse(const Artifact& artifact, Budget& budget, Facts& out)
{
    Reader(artifact, budget, out).run();
}

} // namespace cupel::formats::safetensors
