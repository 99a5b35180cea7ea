// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/pickle/walker.h"

#include "analyzers/base/byte_scan.h"
#include "analyzers/base/utf8.h"
#include "analyzers/base/words.h"
#include "analyzers/formats/carried.h"
#include "analyzers/formats/pickle/literal.h"
#include "analyzers/formats/pickle/probe.h"
#include "analyzers/formats/pickle/tree.h"
#include "analyzers/model/neighbours.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace cupel::formats::pickle {

namespace {

constexpr std::size_t mostStreams = 1'000; // that are listed
constexpr std::size_t mostRegions = 20'000;
constexpr std::uint64_t mostNested = 100;
constexpr std::string_view torchMagic = "119547037146038801333356"; // 0x1950a86a20f9469cfc6c

// So many letters, digits and signs in a row are not there by chance.
bool holdsWord(ByteView text)
{
    constexpr int shortest = 8;
    int run = 0;
    return std::any_of(text.begin(), text.end(), [&run](char c) {
        run = c > ' ' && c < 0x7F ? run + 1 : 0;
        return run == shortest;
    });
}

// Bytes without zeros in their beginning are taken for text: binary data is not searched for words. Short ones may have
// none by chance: where a quarter of them is neither ASCII nor UTF-8, and no word among them, they are numbers.
bool looksLikeText(ByteView bytes, ByteRange content)
{
    constexpr std::uint64_t longestSample = 512;
    constexpr std::uint64_t few = 32;
    const auto size = std::min<std::uint64_t>(content.size(), longestSample);
    std::uint64_t odd = 0;
    for (std::uint64_t in = 0; in < size; in += sizeof(ByteBlock)) {
        const auto block = blockAt(bytes, content.start + in);
        auto bits = bitsOf(((block < 0x20) & ~isOneOf<'\n', '\r', '\t'>(block)) | (block == 0x7F));
        bits &= size - in < sizeof block ? (std::uint64_t(1) << (size - in)) - 1 : bits;
        for (; bits != 0; bits &= bits - 1) {
            if (++odd * 50 > size) {
                return false;
            }
        }
    }
    if (size >= few) {
        return true;
    }
    const auto text = slice(bytes, content);
    const auto high = std::count_if(text.begin(), text.end(), [](char c) { return (c & 0x80) != 0; });
    return static_cast<std::uint64_t>(high) * 4 <= size || isUtf8(text) || holdsWord(text);
}

// ELF, Windows, Mach-O.
bool isProgram(ByteView bytes)
{
    using namespace std::string_view_literals;
    return bytes.starts_with("\x7f"
                             "ELF"sv)
        || (bytes.starts_with("MZ"sv) && bytes.size() > 64) || bytes.starts_with("\xcf\xfa\xed\xfe"sv)
        || bytes.starts_with("\xca\xfe\xba\xbe"sv);
}

} // namespace

Walker::Walker(const Artifact& artifact, Budget& budget, Facts& out)
    : m_artifact(artifact)
    , m_bytes(artifact.view())
    , m_budget(budget)
    , m_out(out)
    , m_facts(std::make_shared<PickleFacts>())
    , m_recorder(m_bytes, *m_facts)
    , m_signs(m_bytes)
    , m_machine(m_bytes, m_recorder, budget,
          {[this](const Op& op, bool text) { literal(op, text); }, [this](ByteRange texts) { quietTexts(texts); },
              [this](std::uint64_t at) { return m_signs.quietUntil(at); },
              [this](Value object, std::uint64_t at) { return arrayFollows(object, at); }, &m_tensors})
{
}

void Walker::incomplete(std::string_view code, std::string message, std::uint64_t at)
{
    m_out.status = ReadStatus::Partial;
    m_out.diagnostics.push_back({std::string(code), std::move(message), at, DiagnosticLevel::Incomplete});
}

void Walker::addRegion(ByteRange range)
{
    auto& regions = m_out.regions;
    if (!regions.empty()
        && (range.start <= regions.back().bytes.end + Machine::nearText || regions.size() >= mostRegions)) {
        regions.back().bytes.end = std::max(regions.back().bytes.end, range.end);
        return;
    }
    Region region;
    region.bytes = range;
    regions.push_back(std::move(region));
}

void Walker::quietTexts(ByteRange texts)
{
    if (!m_replaying) {
        addRegion(texts);
    }
}

void Walker::literal(const Op& op, bool text)
{
    if (m_replaying) {
        return;
    }
    if (text || looksLikeText(m_bytes, op.text)) {
        addRegion(op.text);
    }
    const bool plain = op.code == Code::BinUnicode || op.code == Code::ShortBinUnicode || op.code == Code::BinUnicode8;
    const bool escaped = op.code == Code::String || op.code == Code::Unicode;
    if (plain ? m_signs.mayStandIn(op.text) : escaped || mayHoldNested(m_bytes, op.text)) {
        addNested(op, text);
    }
}

void Walker::giveMember(std::string name, std::string bytes, ByteRange place)
{
    if (m_artifact.depth >= m_budget.limits().containerDepth) {
        incomplete("container-depth", "Pickles are nested too deeply; the innermost were not opened", place.start);
        return;
    }
    if (bytes.size() > m_budget.limits().memberBytes || !m_budget.inflate(bytes.size())
        || m_out.children.size() >= m_budget.limits().entries) {
        incomplete("member-too-large", "A nested pickle is larger than the limit and was not looked at", place.start);
        return;
    }
    ChildArtifact child{std::move(name), std::make_shared<const std::string>(std::move(bytes))};
    if (m_out.takeChild) {
        m_out.takeChild(child);
        child.bytes.reset();
    }
    m_out.children.push_back(std::move(child));
}

void Walker::addNested(const Op& op, bool text)
{
    for (auto& nested : nestedIn(m_bytes, op, text, m_budget)) {
        m_recorder.oddity("nested", nested.place, nested.form);
        if (++m_nestedCount > mostNested) {
            if (m_nestedCount == mostNested + 1) {
                incomplete("too-many-members", "There are more nested pickles than the limit", nested.place.start);
            }
            return;
        }
        giveMember("nested-" + std::to_string(nested.place.start) + ".pkl", std::move(nested.bytes), nested.place);
    }
}

// What stands where joblib's arrays have their numbers, and what it fills in before them.
void Walker::addArray(Value object, const ArrayBytes& array)
{
    m_tensors.array(m_machine.values(), object, array);
    if (m_facts->raw.size() < PickleFacts::mostRaw) {
        m_facts->raw.push_back({array.padding.start, array.bytes.end});
    } else {
        m_facts->rawCut = true;
    }
    constexpr char filling = '\xff';
    const auto filled = slice(m_bytes, array.padding).substr(array.padding.empty() ? 0 : 1);
    if (filled.find_first_not_of(filling) != ByteView::npos) {
        m_recorder.oddity("array-padding", array.padding, std::to_string(filled.size()));
    }
    const auto piece = carriedAt(slice(m_bytes, array.bytes));
    if (piece.kind == Carried::Nothing) {
        return;
    }
    const auto& start = array.bytes.start;
    const auto pickle = piece.kind == Carried::Pickle;
    m_tensors.flaw(piece.kind == Carried::Program ? "carried-program"
            : pickle                              ? "carried-pickle"
                                                  : "carried-archive",
        {start, std::min(array.bytes.end, start + 16)}, std::string(piece.what));
    if (piece.kind != Carried::Program && ++m_carriedCount <= mostNested) {
        formats::giveMember(
            m_artifact, array.bytes, (pickle ? "tensor-" : "archive-") + std::to_string(start), m_budget, m_out);
    }
}

std::uint64_t Walker::arrayFollows(Value object, std::uint64_t at)
{
    const auto array = arrayAfter(m_machine.values(), object, at);
    if (!array) {
        return 0;
    }
    if (array->odd && !m_replaying) {
        m_recorder.oddity("array-size", {at > 0 ? at - 1 : at, at});
    }
    if (array->unknown) {
        return 0;
    }
    m_arraysInStream = true;
    if (m_plainReading) {
        return 0;
    }
    if (!array->objects) {
        if (!m_replaying) {
            addArray(object, *array);
        }
        return array->bytes.end;
    }
    // pickle.load() on the same file: a stream of its own in the middle of this one. Its end is where this one goes on.
    Machine inner(m_bytes, m_recorder, m_budget, {[this](const Op& op, bool text) { literal(op, text); }, {}, {}, {}});
    const auto end = inner.run(at, false);
    if (!m_replaying) {
        PickleStream stream;
        stream.bytes.start = at;
        stream.inside = true;
        record(inner, stream, end);
    }
    return end.kind == StreamEnd::Kind::Stop ? end.at : 0;
}

// `stream`: where it begins, and how it was read.
void Walker::record(const Machine& machine, PickleStream stream, const StreamEnd& end)
{
    ++m_facts->streamCount;
    m_facts->opcodeCount += machine.opcodes();
    // Of very many the first are listed, and those with something new or wrong in them: they are what hides in a crowd.
    const auto causes =
        m_facts->globals.size() + m_facts->calls.size() + m_facts->changes.size() + m_facts->oddities.size();
    const bool news = std::exchange(m_causes, causes) != causes || end.kind != StreamEnd::Kind::Stop;
    if (m_facts->streams.size() >= mostStreams + (news ? mostStreams : 0)) {
        return;
    }
    stream.bytes.end = std::max(stream.bytes.start, end.at);
    stream.protocol = machine.protocol();
    stream.opcodes = machine.opcodes();
    stream.stopped = end.kind == StreamEnd::Kind::Stop;
    stream.problem = end.problem;
    stream.problemAt = stream.stopped ? 0 : end.at;
    m_facts->streams.push_back(stream);
}

void Walker::describe(const Machine& machine)
{
    auto text = ShownText{
        m_facts->streamCount == 1 ? "result = " : "result_" + std::to_string(m_facts->streamCount) + " = ", {}};
    append(text, show(machine.values(), machine.result()));
    m_recorder.line(
        std::move(text), m_facts->streams.empty() ? 0 : m_facts->streams.back().bytes.start, m_facts->streamCount < 50);
    if (m_facts->streamCount <= 20) {
        addTree(machine.values(), machine.result(), *m_facts);
    }
}

// pickle.load() knows nothing of joblib's arrays: it takes their bytes for opcodes. Those of real numbers make it fail,
// and where they happen to name something, it is nothing that has a name in Python.
bool Walker::namesInArrays(std::uint64_t start)
{
    PickleFacts scratch;
    Recorder recorder(m_bytes, scratch);
    Machine plain(m_bytes, recorder, m_budget, {});
    plain.run(start, false);
    const auto isName = [](std::string_view text) {
        text = text.ends_with("\u2026") ? text.substr(0, text.size() - 3) : text; // cut
        return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
        });
    };
    return std::any_of(scratch.globals.begin(), scratch.globals.end(), [&](const PickleGlobal& name) {
        const auto isKnown = [&name](const PickleGlobal& one) { return one.path() == name.path(); };
        return (!name.resolved || (isName(name.module) && isName(name.name)))
            && std::none_of(m_facts->globals.begin(), m_facts->globals.end(), isKnown);
    });
}

void Walker::again(PickleStream found, bool dropsFrames)
{
    m_replaying = true;
    m_tensors.pause(true);
    const auto other = m_machine.run(found.bytes.start, dropsFrames);
    m_tensors.pause(false);
    found.framedReading = true;
    record(m_machine, found, other);
    m_replaying = false;
}

StreamEnd Walker::stream(std::uint64_t start)
{
    m_arraysInStream = false;
    const auto end = m_machine.run(start, false);
    m_isCut = end.kind == StreamEnd::Kind::Truncated;
    PickleStream found;
    found.bytes.start = start;
    record(m_machine, found, end);
    if (end.kind == StreamEnd::Kind::Stop) {
        describe(m_machine);
        const auto result = m_machine.result();
        m_isOldTorch = m_isOldTorch
            || (m_facts->streamCount == 1 && result.tag() == Tag::BigInt
                && bigNumberText(m_bytes, result.payload()) == torchMagic);
    }
    if (m_machine.straddled()) {
        m_recorder.oddity("frame-straddle", {start, std::min<std::uint64_t>(start + 1, m_bytes.size())});
        again(found, true);
    }
    if (m_arraysInStream && namesInArrays(start)) {
        m_recorder.oddity("array-program", {start, std::min<std::uint64_t>(start + 1, m_bytes.size())});
        m_plainReading = true;
        again(found, false);
        m_plainReading = false;
    }
    return end;
}

bool Walker::streamFollows(std::uint64_t at) const
{
    const auto result = probe(m_bytes.substr(at, 1 << 16), 0, 1'000);
    const bool protocol = m_bytes[at] == '\x80';
    return (result.stopped && result.opcodes >= 2) || (result.names && result.calls)
        || (protocol && (result.opcodes >= 2 || result.outOfBytes)) || result.opcodes >= 1'000;
}

// joblib.load ends with the first stream; only a program of its own would go on.
void Walker::behindJoblib(std::uint64_t at)
{
    const bool joblib = m_tensors.arrays() > 0 || m_artifact.fileName().ends_with(".joblib");
    if (joblib && !m_isOldTorch && m_facts->streamCount == 1) {
        m_recorder.oddity("trailing-load", {at, m_bytes.size()}, std::to_string(m_bytes.size() - at));
    }
}

// Behind an end or a failure at `at`. Padding may hide a stream of protocol 0, which has no beginning of its own.
std::uint64_t Walker::nextStream(std::uint64_t at, bool stopped) const
{
    constexpr std::string_view padding("\0 \t\r\n", 5);
    const auto size = m_bytes.size();
    const auto candidate = std::min<std::uint64_t>(nextCandidate(m_bytes, at + (stopped ? 0 : 1), m_budget), size);
    const auto behind = std::min<std::uint64_t>(m_bytes.find_first_not_of(padding, at), size);
    if (behind > at && behind < candidate) {
        const auto result = probe(m_bytes.substr(behind, 1 << 16), 0, 1'000);
        return result.names ? behind : candidate;
    }
    return candidate;
}

// Behind the end of a stream.
Padding Walker::tellBetween(ByteRange place)
{
    const auto bytes = slice(m_bytes, place);
    const auto padding = paddingOf(bytes);
    m_recorder.oddity(padding == Padding::Zeros ? "trailing-zeros"
            : padding == Padding::Blanks        ? "trailing-blanks"
            : isProgram(bytes)                  ? "trailing-program"
                                                : "trailing",
        place, std::to_string(place.size()));
    return padding;
}

void Walker::run()
{
    m_out.coverage.total = m_bytes.size();
    m_out.own = m_facts;
    std::uint64_t at = 0;
    std::uint64_t gaps = 0;
    while (at < m_bytes.size() || m_facts->streamCount == 0) {
        const auto end = stream(at);
        m_understood += std::min<std::uint64_t>(end.at, m_bytes.size()) - at;
        if (end.kind == StreamEnd::Kind::Interrupted || m_budget.stopped()) {
            gaps += m_bytes.size() - std::min<std::uint64_t>(end.at, m_bytes.size());
            break;
        }
        at = std::min<std::uint64_t>(end.at, m_bytes.size());
        if (end.kind == StreamEnd::Kind::Stop) {
            const auto raw = torchStorages(at);
            m_understood += raw - at;
            at = raw;
        }
        if (at < m_bytes.size() && end.kind == StreamEnd::Kind::Stop && streamFollows(at)) {
            behindJoblib(at);
            continue;
        }
        if (at >= m_bytes.size()) {
            break;
        }
        const auto next = nextStream(at, end.kind == StreamEnd::Kind::Stop);
        const auto padding = end.kind == StreamEnd::Kind::Stop ? tellBetween({at, next}) : Padding::None;
        const bool last = next == m_bytes.size();
        (last && padding != Padding::None ? m_understood : gaps) += next - at;
        at = next;
    }
    finish(gaps);
}

// "__torch__.net.Layer" stands in code/__torch__/net.py of the archive that data.pkl lies in; torch compiles that text
// and imports nothing. What the code does is judged with the code.
void Walker::noteBrought()
{
    const auto name = m_artifact.memberName();
    const std::string root(name.substr(0, name.rfind('/') + 1));
    for (auto& global : m_facts->globals) {
        if (!m_artifact.beside || (global.module != "__torch__" && !global.module.starts_with("__torch__."))) {
            continue;
        }
        auto path = global.module;
        std::replace(path.begin(), path.end(), '.', '/');
        path.insert(0, root + "code/");
        const auto outer = path.substr(0, std::max(path.rfind('/'), root.size() + 4)); // of a class in a class
        global.brought = m_artifact.beside->find(path + ".py") || m_artifact.beside->find(outer + ".py");
    }
}

void Walker::finish(std::uint64_t gaps)
{
    noteBrought();
    m_out.coverage.understood = std::min<std::uint64_t>(m_understood, m_bytes.size());
    tellTensors();
    for (const auto& stream : m_facts->streams) {
        if (!stream.stopped && !stream.framedReading) {
            const auto at = std::min<std::uint64_t>(stream.problemAt, m_bytes.size());
            m_recorder.oddity(
                "broken", {at, std::min<std::uint64_t>(at + 1, m_bytes.size())}, std::string(stream.problem));
        }
    }
    if (gaps > 0) {
        incomplete("pickle-gap", counted(gaps, "byte belongs", "bytes belong") + " to no stream that can be read", 0);
    } else if (m_bytes.empty()) {
        incomplete("pickle-empty", "The file is empty", 0);
    } else if (m_isCut) {
        incomplete("pickle-truncated", "The last stream has no end; what is missing was not checked", m_bytes.size());
    }
    if (m_facts->causesCut) {
        incomplete("pickle-causes", "There are more different calls than are told apart", 0);
    }
}

} // namespace cupel::formats::pickle
